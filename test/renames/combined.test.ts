import { Entity, type EntityClass, Index, ManyToOne, Property, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, type MemberDecorator, text } from '../conformance/entity.js';
import { type Given, given } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const previousName = 'old';
const nullable = { nullable: true } as const;
const country = entity('Country', { id });
const region = entity('Region', { id });

interface Case {
  readonly what: string;
  /** `item.old` before the update, and `item.renamed` after it. */
  readonly before: MemberDecorator;
  readonly after: MemberDecorator;
  readonly decorators?: readonly ClassDecorator[];
  /** The value, and what it is afterwards where that is not the same. */
  readonly value: string | number | null;
  readonly valueAfter?: string | number;
  /** What only holds when the other change was made as well. */
  verify(site: Given): Promise<void>;
}

const refusedTwice = (site: Given): Promise<void> =>
  site.rejects('insert into item (id, renamed) select 2, renamed from item');

const cases: readonly Case[] = [
  {
    what: 'a longer type',
    before: text({ length: 10 }),
    after: text({ previousName, length: 40 }),
    value: 'short',
    verify: (site) => site.execute(`insert into item (id, renamed) values (2, '${'x'.repeat(40)}')`),
  },
  {
    what: 'another type',
    before: text(),
    after: integer({ previousName }),
    value: '42',
    valueAfter: 42,
    verify: async (site) => expect((await site.column('item', 'renamed')).type).toMatch(/^int/),
  },
  {
    what: 'not null',
    before: text(nullable),
    after: text({ previousName }),
    value: 'kept',
    verify: (site) => site.rejects('insert into item (id, renamed) values (2, null)'),
  },
  {
    what: 'not null and a backfill',
    before: text(nullable),
    after: text({ previousName, backfill: "'filled'" }),
    value: null,
    valueAfter: 'filled',
    verify: (site) => site.rejects('insert into item (id, renamed) values (2, null)'),
  },
  {
    what: 'null',
    before: text(),
    after: text({ previousName, ...nullable }),
    value: 'kept',
    verify: (site) => site.execute('insert into item (id, renamed) values (2, null)'),
  },
  {
    what: 'a default',
    before: text(),
    after: text({ previousName, default: 'new' }),
    value: 'kept',
    async verify(site) {
      await site.execute('insert into item (id) values (2)');
      expect(await site.values('item', 'renamed')).toEqual(['kept', 'new']);
    },
  },
  {
    what: 'an index',
    before: text({ length: 20 }),
    after: text({ previousName, length: 20 }),
    decorators: [Index({ name: 'by_renamed', properties: ['renamed', 'id'] })],
    value: 'kept',
    async verify(site) {
      const { indexes } = await site.table('item');
      expect(indexes.map(({ name, parts }) => ({ name, parts: parts.length }))).toEqual([
        { name: 'by_renamed', parts: 2 },
      ]);
    },
  },
  {
    what: 'a unique key',
    before: text({ length: 20 }),
    after: text({ previousName, length: 20 }),
    decorators: [Unique({ properties: 'renamed' })],
    value: 'kept',
    verify: refusedTwice,
  },
  {
    what: 'a unique key in the place of an index',
    before: text({ length: 20, index: true }),
    after: text({ previousName, length: 20, unique: true }),
    value: 'kept',
    verify: refusedTwice,
  },
  {
    what: 'a check',
    before: integer({ check: 'old > 0' }),
    after: integer({ previousName, check: 'renamed > 5' }),
    value: 7,
    verify: (site) => site.rejects('insert into item (id, renamed) values (2, 3)'),
  },
  {
    what: 'a foreign key',
    before: integer(),
    after: ManyToOne(() => country, { previousName, joinColumn: 'renamed' }),
    value: 5,
    verify: (site) => site.rejects('insert into item (id, renamed) values (2, 6)'),
  },
  {
    what: 'a foreign key to another table, with another action',
    before: ManyToOne(() => region, { joinColumn: 'old', nullable: true }),
    after: ManyToOne(() => country, { previousName, joinColumn: 'renamed', nullable: true, deleteRule: 'set null' }),
    value: 5,
    async verify(site) {
      await site.execute('delete from country');
      expect(await site.values('item', 'renamed')).toEqual([null]);
    },
  },
  {
    what: 'type, nullability, default and index at once',
    before: text(nullable),
    after: Property({ previousName, type: t.bigint, default: 7, index: true }),
    value: '42',
    valueAfter: 42,
    async verify(site) {
      await site.execute('insert into item (id) values (2)');
      expect((await site.values('item', 'renamed')).map(Number)).toEqual([42, 7]);
    },
  },
];

describe.each(databases)('a renamed column on $name', (database) => {
  test.each(cases)('keeps its values together with $what', async (example) => {
    const { before, after, decorators = [], value, valueAfter = value, verify } = example;
    const site = await given(database, [country, region, entity('Item', { id, old: before })]);
    await site.insert('country', { id: 5 });
    await site.insert('region', { id: 5 });
    await site.insert('item', { id: 1, old: value });

    const { steps } = await site.become([country, region, entity('Item', { id, renamed: after }, ...decorators)]);

    expect(steps.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toContain('rename-column');
    const values = await site.values('item', 'renamed');
    expect(typeof valueAfter === 'number' ? values.map(Number) : values).toEqual([valueAfter]);
    await verify(site);
  });

  test('of a renamed table keeps its values together with all of it', async () => {
    const before = entity('Item', { id, old: text(nullable), gone: text(nullable) });
    const site = await given(database, [country, before]);
    await site.insert('country', { id: 5 });
    await site.insert('item', { id: 1, old: '5', gone: null });

    const after = entity(
      'Thing',
      { id, renamed: ManyToOne(() => country, { previousName: 'old', joinColumn: 'renamed', index: true }) },
      Entity({ previousName: 'item' }),
    );
    await site.become([country, after]);

    expect(await site.rows('thing')).toEqual([{ id: 1, renamed: 5 }]);
    await site.rejects('insert into thing (id, renamed) values (2, 6)');
  });
});

describe.each(databases)('tables on $name', (database) => {
  const named = (name: string, column: string, previousName: string): EntityClass =>
    entity(name, { id, [column]: text() }, Entity({ previousName }));

  test('are renamed along a chain of names, and keep their rows', async () => {
    const site = await given(database, [entity('One', { id, a: text() }), entity('Two', { id, b: text() })]);
    await site.insert('one', { id: 1, a: 'first' });
    await site.insert('two', { id: 2, b: 'second' });
    const after = [named('Two', 'a', 'one'), named('Three', 'b', 'two')];

    await site.become(after);

    expect(await site.rows('two')).toEqual([{ id: 1, a: 'first' }]);
    expect(await site.rows('three')).toEqual([{ id: 2, b: 'second' }]);
    await site.alreadyIs(after);
  });
});
