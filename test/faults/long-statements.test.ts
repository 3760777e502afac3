import type { EntityClass, StatementProgress } from '@dovetail/core';
import { Index } from '@dovetail/core';
import { expect, test } from 'vitest';
import { entity, id, integer, text } from '../conformance/entity.js';
import { type Given, given } from '../conformance/given.js';
import { mariadb, mysql, postgresql } from '../databases/index.js';

/** Updates the database, and gives what is told of the statement in the middle of it. */
async function progressOf(site: Given, entities: readonly EntityClass[]): Promise<readonly StatementProgress[]> {
  const orm = await site.init(entities);
  const told: StatementProgress[] = [];
  await orm.schema.updateSchema({
    onProgress: ({ kind, statement }) => {
      if (kind === 'advanced' && statement !== undefined) told.push(statement);
    },
  });
  await site.alreadyIs(entities);
  return told;
}

test.each(postgresql)('$name tells how far it is with an index', async (database) => {
  const book = (...indexes: readonly ReturnType<typeof Index>[]): EntityClass =>
    entity('Book', { id, title: text({ length: 2000 }) }, ...indexes);
  const site = await given(database, [book()]);
  await site.execute(
    `create function slowly(number integer) returns integer immutable language plpgsql as
      'begin perform pg_sleep(0.08); return number; end'`,
    `insert into book select n, repeat('x', 1900) from generate_series(1, 40) as n`,
  );
  const slow = Index({ name: 'slow', expression: 'slowly(id)' });

  const told = await progressOf(site, [book(slow)]);

  expect(told[0]?.phase).toContain('building index');
  expect(told.some(({ done }) => done !== undefined && done > 0 && done < 1)).toBe(true);
});

test.each([mysql, mariadb])('$name tells how far it is with a table that it copies', async (database) => {
  const book = (check?: string): EntityClass => entity('Book', { id, pages: integer({ check }) });
  const site = await given(database, [book()]);
  await site.execute(
    `insert into book with recursive n (n) as (select 1 union all select n + 1 from n where n < 100) select n, n from n`,
  );

  const told = await progressOf(site, [book("sha2(repeat('x', 4000000 + pages), 512) <> ''")]);

  expect(told[0]?.phase).toContain('copy to tmp table');
  expect(told.some(({ done }) => done !== undefined && done > 0 && done < 1)).toBe(true);
});
