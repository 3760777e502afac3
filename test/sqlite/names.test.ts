import { Entity, type EntityClass, Index, ManyToOne, PrimaryKey, Property, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, type Members } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { sqlite } from '../databases/sqlite.js';
import { becomeByRebuilding } from './site.js';

const hostileNames = [
  'with space',
  'with "double" quotes',
  "with 'single' quotes",
  'with `back` quotes and [brackets]',
  'select',
  'order',
  'Größe — 名前 🦆',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'a;b--c/*d*/',
  '%_\\',
  ' ',
  '1st',
  'rowid_',
  `${'long_'.repeat(20)}name`,
];

/** A table, a column, an index, a unique key and a foreign key, all of one name or made of it. */
function named(name: string, type: 'text' | 'integer'): readonly EntityClass[] {
  const members: Members = {
    id: PrimaryKey({ type: t.integer, name: `${name} id` }),
    value: Property({ type, name }),
  };
  const decorators: readonly ClassDecorator[] = [
    Entity({ tableName: name }),
    Index({ name: `${name} index`, properties: 'value', where: 'true' }),
    Unique({ name: `${name} unique`, properties: ['id', 'value'] }),
  ];
  const target = entity('Target', members, ...decorators);
  const source = entity('Source', {
    id: PrimaryKey({ type: t.integer }),
    target: ManyToOne(() => target, {
      joinColumn: `${name} key`,
      foreignKeyName: `${name} reference`,
      deleteRule: 'cascade',
    }),
  });
  return [target, source];
}

describe.each(hostileNames)('the name %s', (name) => {
  test('is created, quiet, rebuilt and dropped', async () => {
    const site = await given(sqlite, named(name, 'text'));
    await site.insert(name, { [`${name} id`]: 1, [name]: '7' });
    await site.insert('source', { id: 1, [`${name} key`]: 1 });

    await becomeByRebuilding(1, site, named(name, 'integer'));

    expect(await site.connection.query(`select count(*) as rows from source`)).toEqual([{ rows: 1 }]);
    expect(await site.table(name)).toMatchObject({
      name,
      indexes: [{ name: `${name} index` }, { name: `${name} unique` }],
    });
    await site.become([entity('Nothing', { id: PrimaryKey({ type: t.integer }) })], { allow: ['data-loss'] });
  });

  test('is taken and given up by renaming', async () => {
    const target = (tableName: string, previousName: string): readonly EntityClass[] => [
      entity(
        'Target',
        {
          id: PrimaryKey({ type: t.integer, name: `${tableName} id`, previousName: `${previousName} id` }),
          value: Property({ type: t.string, name: tableName, previousName }),
        },
        Entity({ tableName, previousName }),
      ),
    ];
    const site = await given(sqlite, target('plain', 'older'));
    await site.insert('plain', { 'plain id': 1, plain: '7' });

    await site.become(target(name, 'plain'));
    const quoted = sqlite.driver.ddl.quoteIdentifier(name);
    expect(await site.connection.query(`select ${quoted} as value from ${quoted}`)).toEqual([{ value: '7' }]);

    await site.become(target('plain', name));
    expect(await site.rows('plain')).toEqual([{ 'plain id': 1, plain: '7' }]);
  });
});
