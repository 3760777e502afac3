import { Entity, Property } from '@dovetail/core';
import { expect } from 'vitest';
import type { TestSite } from '../databases/index.js';
import { library } from '../fixtures/library.js';

type Site = Pick<TestSite, 'init' | 'connection'>;

class Heading {
  @Property({ type: 'string' }) declare heading: string;
}
Entity({ tableName: 'headings', view: true, expression: 'select heading from book' })(Heading);

const { before, after: tables } = library();
/** The entities that the update leads to. */
export const after = [...tables, Heading];

/** A database as it is before the update. */
export async function prepare(site: Site): Promise<void> {
  const orm = await site.init({ entities: before });
  await orm.schema.createSchema();
  await site.connection.execute(`insert into author (name) values ('Ada'), ('Bob')`);
  await site.connection.execute(`insert into book (title, author_id) values ('One', 1), ('Two', 2), ('Three', 2)`);
}

/** Updates once more, and looks for every row. */
export async function expectConverged(site: Site): Promise<void> {
  const orm = await site.init({ entities: after });
  await orm.schema.updateSchema();
  expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  const rows = 'select heading, full_name from book join writer on writer.id = author_id order by book.id';
  expect(await site.connection.query(rows)).toEqual([
    { heading: 'One', full_name: 'Ada' },
    { heading: 'Two', full_name: 'Bob' },
    { heading: 'Three', full_name: 'Bob' },
  ]);
}
