import {
  type Column,
  type Connection,
  DovetailError,
  diffTables,
  findTable,
  groupBy,
  objectKey,
  type ObjectName,
  type PlannedUpdate,
  type Schema,
  type Table,
  type View,
  withReaders,
} from '@dovetail/core/driver';
import { columnsAfter } from './columns-after.js';
import { comparison } from './comparison.js';
import { codeOf } from './connection.js';
import { mapTexts, type PlacedText, textsOf } from './expression-texts.js';
import { constantType } from './type-name.js';
import { readScratch, readTableKeys, type Scratch, type ScratchInput } from './scratch.js';

const keyOf = (name: ObjectName): string => objectKey(name, comparison);

/** Each table takes a few locks, and the server has room for a limited number of them (`max_locks_per_transaction`). */
const batchSize = 500;

/**
 * The desired schema as PostgreSQL itself would print it. What already reads like the catalog is left as it is; of the
 * rest, scratch copies are made and read back, in one batch and in a transaction that is rolled back. Where none may be
 * made, on a read-only replica or without the privilege, texts are compared as they are.
 */
export async function canonicalise(
  connection: Connection,
  desired: Schema,
  actual: Schema,
  update?: PlannedUpdate,
): Promise<Schema> {
  const written = canonicaliseOffline(desired);
  const columnsOf = (table: Table): readonly Column[] =>
    update === undefined ? table.columns : columnsAfter(table, actual, update);
  return settle(connection, written, actual, (schema) => printAll(connection, schema, actual, columnsOf));
}

type ColumnsOf = ScratchInput['columnsOf'];

const ownColumns: ColumnsOf = ({ columns }) => columns;

/** The desired schema as far as PostgreSQL need not be asked how it prints it. */
export function canonicaliseOffline(desired: Schema): Schema {
  return { ...desired, tables: desired.tables.map(asPrinted) };
}

async function printAll(connection: Connection, schema: Schema, actual: Schema, columnsOf: ColumnsOf): Promise<Schema> {
  const views = schema.views.filter((view) => !isSettledView(view, actual));
  const mayBeRenamed = actual.tables.some((table) => findTable(schema, table, comparison) === undefined);
  const tables = schema.tables.filter((table) => !isSettled(table, actual, mayBeRenamed));
  const scratch = await readAll(connection, { desired: schema, tables, views, columnsOf }, actual);
  return {
    ...schema,
    tables: schema.tables.map((table) => scratch.tables.get(table) ?? table),
    views: schema.views.map((view) => scratch.views.get(view) ?? view),
  };
}

/**
 * What PostgreSQL prints of an expression, it may print in another way when it is given that back: `name in ('a', 'b')`
 * of a varchar comes out with one cast of the array at first, and later, as after a dump and restore, with a cast of
 * each element. So where texts still differ, those of both sides are given back once more. When they meet, the actual
 * text stands for both; else the text as it is written, so that an update and a creation end in the same.
 */
async function settle(
  connection: Connection,
  written: Schema,
  actual: Schema,
  print: (schema: Schema) => Promise<Schema>,
): Promise<Schema> {
  const printed = await print(written);
  const settled = new Set(written.tables);
  const differing = printed.tables.filter((table) => {
    if (settled.has(table)) return false;
    const existing = findTable(actual, table, comparison);
    return existing !== undefined && diffTables(existing, table, comparison).length > 0;
  });
  const views = printed.views.filter((view) => find(actual.views, view) !== undefined && !isSettledView(view, actual));
  if (differing.length === 0 && views.length === 0) return printed;

  const wanted = await print(printed);
  const existing = await printActual(connection, actual, differing, views);
  return {
    ...wanted,
    tables: wanted.tables.map((table) => existing.tables(table, findTable(written, table, comparison) ?? table)),
    views: wanted.views.map((view) => existing.views(view, find(written.views, view) ?? view)),
  };
}

/** What puts the actual text in the place of one that PostgreSQL prints alike, and the written one in that of others. */
interface Settlement {
  tables(wanted: Table, written: Table): Table;
  views(wanted: View, written: View): View;
}

async function printActual(
  connection: Connection,
  actual: Schema,
  differing: readonly Table[],
  differingViews: readonly View[],
): Promise<Settlement> {
  const tables = differing.flatMap((table) => findTable(actual, table, comparison) ?? []);
  const views = differingViews.flatMap((view) => find(actual.views, view) ?? []);
  const scratch = await attempt(connection, { desired: actual, tables, views, columnsOf: ownColumns }).catch(
    ignoreRefusal,
  );
  const originals = new Map(
    tables.map((table) => [keyOf(table), originalsOf(scratch.tables.get(table) ?? table, table)]),
  );
  return {
    tables: (wanted, written) => {
      const known = originals.get(keyOf(wanted));
      return known === undefined ? wanted : replaceTexts(wanted, known, textsOf(written));
    },
    views: (wanted, written) => {
      const original = find(views, wanted);
      if (original === undefined) return wanted;
      const isSame = scratch.views.get(original)?.definition === wanted.definition;
      return { ...wanted, definition: (isSame ? original : written).definition };
    },
  };
}

/**
 * Several texts may be printed alike, so the one of the object of the same name comes first. A default that is null is
 * printed as none, so that the texts can't always be told by their places.
 */
function replaceTexts(table: Table, known: Originals, written: readonly PlacedText[]): Table {
  const places = textsOf(table).length === written.length ? written : [];
  return mapTexts(table, (text, { owner, position }) => {
    const originals = known.get(text) ?? [];
    const original = originals.find((candidate) => candidate.owner === owner) ?? originals[0];
    return (original ?? places[position])?.text ?? text;
  });
}

/** By what is printed of them. */
type Originals = ReadonlyMap<string, readonly PlacedText[]>;

function originalsOf(printed: Table, original: Table): Originals {
  const texts = textsOf(printed);
  return groupBy(textsOf(original), ({ position, text }) => texts[position]?.text ?? text);
}

/** What exists was made under conditions that may be gone; without a copy, its texts stand as they are. */
function ignoreRefusal(error: unknown): Scratch {
  if (error instanceof DovetailError && error.code === 'invalid-metadata') return nothing;
  throw error;
}

const nothing: Scratch = { tables: new Map(), views: new Map() };

function find<Item extends ObjectName>(items: readonly Item[], name: ObjectName): Item | undefined {
  return items.find((item) => keyOf(item) === keyOf(name));
}

/** What can be told from the text alone: a serial type, a constant without its type, the kind of partitions. */
function asPrinted(table: Table): Table {
  const { partitionBy } = table.options;
  return {
    ...table,
    columns: table.columns.map((column) => withTypedDefault(withSequence(column))),
    options: partitionBy === undefined ? table.options : { ...table.options, partitionBy: printPartition(partitionBy) },
  };
}

function printPartition(stated: string): string {
  return stated.trim().replace(/^(?:range|list|hash)\s*(?=\()/iu, (kind) => `${kind.trim().toUpperCase()} `);
}

/** A column of a serial type is one of the plain type that takes its values from a sequence. */
function withSequence(column: Column): Column {
  switch (column.type.toLowerCase()) {
    case 'smallserial':
      return { ...column, type: 'smallint', autoincrement: true };
    case 'serial':
      return { ...column, type: 'integer', autoincrement: true };
    case 'bigserial':
      return { ...column, type: 'bigint', autoincrement: true };
    default:
      return column;
  }
}

/** A bare text is a constant of the column's type, and printed with it. */
function withTypedDefault(column: Column): Column {
  return column.default !== undefined && /^'(?:[^'\\]|'')*'$/u.test(column.default)
    ? { ...column, default: `${column.default}::${constantType(column.type)}` }
    : column;
}

/** A table that does not differ, or that there is nothing to compare with: it is neither there nor could be renamed. */
function isSettled(table: Table, actual: Schema, mayBeRenamed: boolean): boolean {
  const existing = findTable(actual, table, comparison);
  return existing === undefined ? !mayBeRenamed : diffTables(existing, table, comparison).length === 0;
}

function isSettledView(view: View, actual: Schema): boolean {
  return find(actual.views, view)?.definition === view.definition;
}

async function readAll(
  connection: Connection,
  { desired, tables, views, columnsOf }: ScratchInput,
  actual: Schema,
): Promise<Scratch> {
  // A view may read any table that is new or changes, so these must all be there at once.
  const shadows = views.length === 0 ? tables : await unsettled(connection, desired, actual);
  const copied = views.length === 0 ? views : withReaders(views, desired.views, shadows, comparison.mentions);
  const size = views.length === 0 ? batchSize : Math.max(shadows.length, 1);
  const read = { tables: new Map<Table, Table>(), views: new Map<View, View>() };
  for (let start = 0; start < Math.max(shadows.length, views.length > 0 ? 1 : 0); start += size) {
    const batch = await attempt(connection, {
      desired,
      tables: shadows.slice(start, start + size),
      views: copied,
      columnsOf: views.length === 0 ? ownColumns : columnsOf,
    });
    for (const [table, canonical] of batch.tables) read.tables.set(table, canonical);
    for (const [view, canonical] of batch.views) read.views.set(view, canonical);
  }
  return read;
}

/** The tables that differ, and those that the database has not: `actual` may be a snapshot, or what renames lead to. */
async function unsettled(connection: Connection, { tables }: Schema, actual: Schema): Promise<readonly Table[]> {
  const existing = await readTableKeys(connection, tables);
  return tables.filter((table) => {
    if (!existing.has(keyOf(table))) return true;
    const counterpart = findTable(actual, table, comparison);
    return counterpart === undefined || diffTables(counterpart, table, comparison).length > 0;
  });
}

async function attempt(connection: Connection, input: ScratchInput): Promise<Scratch> {
  try {
    return await readScratch(connection, input);
  } catch (error) {
    // Read-only, or not permitted (postgresql.org/docs/current/errcodes-appendix.html).
    if (['25006', '42501'].includes(codeOf(error) ?? '')) return nothing;
    throw error;
  }
}
