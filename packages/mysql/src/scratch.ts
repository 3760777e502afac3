import {
  type Column,
  type Connection,
  displayName,
  DovetailError,
  type Index,
  messageOf,
  objectKey,
  type Table,
  type TableOptions,
} from '@dovetail/core/driver';
import { type Definition, readDefinition, readSettings, readUnconverted } from './catalog.js';
import { comparison } from './comparison.js';
import { codeOf } from './connection.js';
import { createTableSql } from './ddl/create-table.js';
import { quoteIdentifier } from './ddl/quote.js';
import type { Flavour } from './flavour.js';
import { readTable } from './introspect.js';

/** How many temporary tables are made at once. */
const batchSize = 50;

/**
 * Each table as the server shows it once it is made, which a temporary table of the session tells: it is seen by nobody
 * else, and neither making nor dropping one commits (refman/9.7/en/create-temporary-table.html). Where the user or the
 * server does not allow one, the tables stay as they are written.
 *
 * @throws DovetailError `invalid-metadata` where the server refuses a table.
 */
export async function asServerShows(
  connection: Connection,
  tables: readonly Table[],
  existing: ReadonlyMap<string, Table>,
  flavour: Flavour,
): Promise<ReadonlyMap<Table, Table>> {
  const shown = new Map<Table, Table>();
  if (tables.length === 0) return shown;
  const settings = await readSettings(connection, flavour.syntax.unstatedRule);
  for (let start = 0; start < tables.length; start += batchSize) {
    const batch = tables.slice(start, start + batchSize);
    const scratches = batch.map((table, index) => {
      const counterpart = existing.get(objectKey(table, comparison));
      return scratchOf(table, counterpart, `dovetail_scratch_${index + 1}`);
    });
    const definitions = await show(connection, scratches, batch, flavour);
    definitions.forEach((definition, index) => {
      const table = batch[index];
      if (table === undefined) return;
      shown.set(table, merge(table, readTable(definition, { ...settings, schema: table.schema }, flavour)));
    });
  }
  return shown;
}

/**
 * The table without what a temporary one can't have: foreign keys, partitions, full-text and spatial indexes. Its checks
 * are unnamed, for their names are taken. What it does not state it inherits where its counterpart did.
 */
function scratchOf(table: Table, counterpart: Table | undefined, name: string): Table {
  const { charset, collation } = table.options;
  const isStated = charset !== undefined || collation !== undefined;
  const inherited = isStated || counterpart === undefined ? table.options : counterpart.options;
  return {
    ...table,
    schema: undefined,
    name,
    indexes: table.indexes.filter(isPlain),
    foreignKeys: [],
    checks: table.checks.map((check) => ({ ...check, name: undefined })),
    comment: undefined,
    options: { engine: table.options.engine, charset: inherited.charset, collation: inherited.collation },
  };
}

function isPlain({ type }: Index): boolean {
  return type !== 'fulltext' && type !== 'spatial';
}

async function show(
  connection: Connection,
  scratches: readonly Table[],
  tables: readonly Table[],
  flavour: Flavour,
): Promise<readonly Definition[]> {
  const names = scratches.map(({ name }) => quoteIdentifier(name));
  const cleanup = `drop temporary table if exists ${names.join(', ')}`;
  const create = scratches.map((scratch) => createTableSql(scratch, flavour.syntax, 'temporary table'));
  const read = names.map((name) => `show create table ${name}`);
  try {
    const rows = await readUnconverted(connection, [cleanup, ...create, ...read, cleanup]);
    return rows.flatMap(readDefinition);
  } catch (cause) {
    await readUnconverted(connection, [cleanup]);
    if (isForbidden(cause)) return [];
    throw await explainRefusal(connection, scratches, tables, flavour, cause);
  }
}

/** No privilege, or a server that is only read from. */
function isForbidden(error: unknown): boolean {
  const forbidden = ['ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_OPTION_PREVENTS_STATEMENT'];
  return forbidden.includes(codeOf(error) ?? '');
}

/** Makes the tables one by one, to say which of them it is. */
async function explainRefusal(
  connection: Connection,
  scratches: readonly Table[],
  tables: readonly Table[],
  { name, syntax }: Flavour,
  cause: unknown,
): Promise<unknown> {
  for (const [index, scratch] of scratches.entries()) {
    const table = tables[index];
    try {
      await connection.query(createTableSql(scratch, syntax, 'temporary table'));
      await connection.query(`drop temporary table ${quoteIdentifier(scratch.name)}`);
    } catch (error) {
      const what = messageOf(error);
      const where = table === undefined ? scratch.name : displayName(table);
      const problem = { where, what, remedy: 'Correct what the entity says of it.' };
      return new DovetailError('invalid-metadata', `${name} refuses a table.`, [problem], { cause: error });
    }
  }
  return cause;
}

/** What the server shows, with what it was not told and what it can't tell. */
function merge(table: Table, shown: Table): Table {
  const stated = new Map(table.columns.map((column) => [column.name, column]));
  return {
    ...table,
    columns: shown.columns.map((column) => mergeColumn(stated.get(column.name), column)),
    primaryKey: shown.primaryKey,
    indexes: [...shown.indexes, ...table.indexes.filter((index) => !isPlain(index))],
    checks: shown.checks.map((check, index) => ({ ...check, name: table.checks[index]?.name })),
    options: mergeOptions(table.options, shown.options),
  };
}

function mergeColumn(column: Column | undefined, shown: Column): Column {
  const { previousName, previousNameAsStated, backfill, ignoreSchemaChanges } = column ?? {};
  return { ...shown, previousName, previousNameAsStated, backfill, ignoreSchemaChanges };
}

/** Only what the entity states is compared. */
function mergeOptions(stated: TableOptions, shown: TableOptions): TableOptions {
  return {
    ...stated,
    ...(stated.engine !== undefined && { engine: shown.engine }),
    ...(stated.charset !== undefined && { charset: shown.charset }),
    ...(stated.collation !== undefined && { collation: shown.collation }),
  };
}
