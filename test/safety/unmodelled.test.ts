import { type EntityClass, explain } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { failureOf, type Given, given } from '../conformance/given.js';
import { matching } from '../conformance/matching.js';
import { databases } from '../databases/index.js';

const item = (members: Members): EntityClass => entity('Item', { id, ...members });
const before = { note: text({ nullable: true }), size: integer({ nullable: true }) };

/** What each database can do to the column `note` of the table `item` and the model can't express, and its name. */
const additions: Readonly<Record<string, { readonly sql: string; readonly name: RegExp }>> = {
  SQLite: { sql: '', name: /on conflict/ },
  PostgreSQL: { sql: 'alter table item alter column note set storage external', name: /storage of column "note"/ },
  MySQL: {
    sql: 'alter table item modify note varchar(255) column_format fixed',
    name: /column_format of column "note"; fixed of column "note"/i,
  },
  MariaDB: { sql: 'alter table item modify note varchar(255) compressed', name: /compressed.* of column "note"/i },
};

/** SQLite can only say it when the table is made. */
const sqliteTable =
  'create table item (id integer primary key on conflict replace autoincrement not null, note text, size integer)';

describe.each(databases)('what no entity can describe, on $name', (database) => {
  const { sql, name } = additions[database.driver.name] ?? { sql: '', name: /./ };
  const isRebuilding = database.driver.name === 'SQLite';

  async function givenAddition(): Promise<Given> {
    const site = await given(database, [item(before)]);
    if (isRebuilding) await site.execute('drop table item', sqliteTable);
    else await site.execute(sql);
    await site.insert('item', { id: 1, note: 'a', size: 1 });
    return site;
  }

  test('is found', async () => {
    const site = await givenAddition();
    expect((await site.table('item')).unmodelled.join('; ')).toMatch(name);
  });

  test('stays while the table changes around it', async () => {
    const site = await givenAddition();
    await site.become([item({ ...before, added: integer({ nullable: true }) })]);
    expect((await site.table('item')).unmodelled.join('; ')).toMatch(name);
  });

  test('keeps its table from being dropped, and says so in the plan', async () => {
    const site = await givenAddition();
    await site.execute('delete from item');
    const orm = await site.init([entity('Other', { id })]);
    const plan = await orm.schema.plan({ assumeRenames: false });

    expect(plan.steps.flatMap(({ refusal }) => refusal ?? [])).toEqual([
      { kind: 'unmodelled', object: 'item', message: matching(name) },
    ]);
    expect(explain(plan)).toMatch(name);
    const error = await failureOf(() => orm.schema.apply(plan));
    expect(error.code).toBe('unmodelled-feature');
    expect(error.problems).toMatchObject([{ where: 'item', what: matching(name) }]);
    expect(await site.hasTable('item')).toBe(true);

    await site.become([entity('Other', { id })], { allow: ['data-loss'], assumeRenames: false });
    expect(await site.hasTable('item')).toBe(false);
  });

  if (database.driver.name.startsWith('PostgreSQL')) {
    test('outlives the change of the column that it is about', async () => {
      const site = await givenAddition();
      await site.become([item({ ...before, note: text() })]);
      expect((await site.table('item')).unmodelled.join('; ')).toMatch(name);
    });
    return;
  }

  test('keeps what states its column anew from being done', async () => {
    const site = await givenAddition();
    const error = await site.refuses([item({ ...before, note: text({ length: 300, check: "note <> ''" }) })]);
    expect(error.code).toBe('unmodelled-feature');
    expect(error.problems).toMatchObject([{ where: 'item', what: matching(name) }]);
  });
});
