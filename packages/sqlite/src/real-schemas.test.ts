import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Schema } from '@dovetail/core/driver';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from './connection.js';
import { createIndexSql } from './ddl/create-index.js';
import { createTableSql } from './ddl/create-table.js';
import { createTriggerSql } from './ddl/create-trigger.js';
import { createViewSql } from './ddl/create-view.js';
import { introspect } from './introspect.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fixtures = '../../../test/fixtures/sqlite';

test.each([
  { name: 'chinook', file: '../../../examples/chinook/chinook.sql', tables: 11, views: 0, indexes: 11, triggers: 0 },
  { name: 'hydra', file: `${fixtures}/hydra/schema.sql`, tables: 16, views: 0, indexes: 38, triggers: 0 },
  { name: 'northwind', file: `${fixtures}/northwind/schema.sql`, tables: 13, views: 16, indexes: 0, triggers: 0 },
  { name: 'sakila-jooq', file: `${fixtures}/sakila-jooq/schema.sql`, tables: 16, views: 5, indexes: 24, triggers: 30 },
  {
    name: 'temporal-visibility',
    file: `${fixtures}/temporal-visibility/schema.sql`,
    tables: 1,
    views: 0,
    indexes: 58,
    triggers: 3,
  },
])('$name comes back whole from the DDL that is rendered of it', async ({ name: _, file, ...counts }) => {
  const original = join(folder, 'original.db');
  createDatabase(original, readFileSync(new URL(file, import.meta.url), 'utf8'));
  const schema = await introspectFile(original);

  expect(countObjects(schema)).toEqual(counts);
  expect(schema.tables.flatMap(({ unmodelled }) => unmodelled)).toEqual([]);

  const copy = join(folder, 'copy.db');
  createDatabase(copy, render(schema).join(';\n'));
  expect(await introspectFile(copy)).toEqual(schema);
});

/**
 * Creates the database as a SQLite library does that takes `"$.path"` for a string: better-sqlite3's refuses that in a
 * statement, and reads it from a file.
 */
function createDatabase(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(`begin; ${sql.replace(/"(\$\.\w+)"/g, "'$1'")}; commit`);
  if (sql.includes('"$.')) {
    database.unsafeMode().pragma('writable_schema = on');
    const texts = database.prepare<[], { rowid: number; sql: string }>(
      'select rowid, sql from sqlite_schema where sql is not null',
    );
    const update = database.prepare('update sqlite_schema set sql = ? where rowid = ?');
    for (const { rowid, sql: text } of texts.all()) update.run(text.replace(/'(\$\.\w+)'/g, '"$1"'), rowid);
  }
  database.close();
}

async function introspectFile(dbName: string): Promise<Schema> {
  const connection = await connect({ dbName });
  const schema = await introspect(connection, { namespaces: [] });
  await connection.close();
  return schema;
}

function countObjects({ tables, views }: Schema): Record<string, number> {
  const count = (list: 'indexes' | 'triggers'): number => tables.reduce((sum, table) => sum + table[list].length, 0);
  return { tables: tables.length, views: views.length, indexes: count('indexes'), triggers: count('triggers') };
}

function render({ tables, views }: Schema): readonly string[] {
  return [
    ...tables.map((table) => createTableSql(table)),
    ...tables.flatMap((table) => table.indexes.map((index) => createIndexSql(table, index))),
    ...tables.flatMap((table) => table.triggers.map((trigger) => createTriggerSql(table, trigger))),
    ...views.map(createViewSql),
  ];
}
