import {
  type Column,
  type Connection,
  diffTables,
  type ForeignKey,
  objectKey,
  type PlannedUpdate,
  type ReferentialAction,
  sameNames,
  sameObject,
  type Schema,
  type Table,
  tablesByName,
  type Trigger,
} from '@dovetail/core/driver';
import { withoutReachedStarts } from './autoincrement-start.js';
import { canonicalType } from './column-type.js';
import { comparison } from './comparison.js';
import { bytesOf, canonicalDefault, splitDefault } from './default-text.js';
import type { Flavour, Syntax } from './flavour.js';
import { withForeignKeyIndexes } from './foreign-key-indexes.js';
import { trimSql } from './lexer.js';
import { readTriggerBody } from './parse/trigger.js';
import { asServerShows } from './scratch.js';
import { canonicalViews } from './view-equality.js';

/**
 * The desired schema as the server would show it. What can be said of a type or a literal without the server is said
 * first; a table that then still differs from what stands in the database is made as a temporary one and read back.
 */
export async function canonicalise(
  connection: Connection,
  desired: Schema,
  actual: Schema,
  flavour: Flavour,
  update?: PlannedUpdate,
): Promise<Schema> {
  const existing = tablesByName(actual, comparison);
  const withoutServer = withoutServerOn(flavour);
  const tables = desired.tables.map((stated) => {
    const counterpart = existing.get(objectKey(stated, comparison));
    const table = withoutServer(stated, counterpart);
    const isSettled = counterpart !== undefined && diffTables(counterpart, table, comparison).length === 0;
    return { table, isSettled };
  });
  const open = tables.flatMap(({ table, isSettled }) => (isSettled ? [] : [table]));
  const shown = await asServerShows(connection, open, existing, flavour);
  const canonical = tables.map(({ table }) => shown.get(table) ?? table);
  return {
    ...desired,
    tables: await withoutReachedStarts(connection, canonical, existing),
    views: await canonicalViews(connection, desired, actual, flavour, update),
  };
}

/** The desired schema with the indexes that the server adds, and the types and literals that it need not be asked for. */
export function canonicaliseOffline(desired: Schema, flavour: Flavour): Schema {
  const withoutServer = withoutServerOn(flavour);
  return { ...desired, tables: desired.tables.map((table) => withoutServer(table, undefined)) };
}

interface Canonical {
  readonly beside: Table | undefined;
  readonly table: Table;
}

/** A table never changes once it is made, so that an answer stays true beside the same existing one. */
const answers = new WeakMap<Flavour, WeakMap<Table, Canonical>>();

function withoutServerOn(flavour: Flavour): (stated: Table, existing: Table | undefined) => Table {
  const canonicalColumn = columnCanonicaliser(flavour);
  const known = answers.get(flavour) ?? new WeakMap<Table, Canonical>();
  answers.set(flavour, known);
  return (stated, existing) => {
    const answer = known.get(stated);
    if (answer !== undefined && answer.beside === existing) return answer.table;
    const table = canonicalTable(stated, existing, canonicalColumn);
    known.set(stated, { beside: existing, table });
    return table;
  };
}

function canonicalTable(
  stated: Table,
  existing: Table | undefined,
  canonicalColumn: (column: Column) => Column,
): Table {
  const table = withForeignKeyIndexes(stated);
  return {
    ...table,
    columns: table.columns.map(canonicalColumn),
    foreignKeys: table.foreignKeys.map((foreignKey) => withRulesOf(foreignKey, existing)),
    triggers: table.triggers.map(canonicalTrigger),
  };
}

/** A schema has few types and defaults in many columns, so what was found of each is kept. */
function columnCanonicaliser({ syntax }: Flavour): (column: Column) => Column {
  const typeOf = remembering(canonicalType);
  const defaultsOf = remembering((type: string) =>
    remembering((stated: string) => statedDefault(stated, type, syntax)),
  );
  return (column) => {
    const type = typeOf(column.type);
    if (column.default === undefined) return type === column.type ? column : { ...column, type };
    const { text, extra = column.extra } = defaultsOf(type)(column.default);
    const isAlike = type === column.type && text === column.default && extra === column.extra;
    return isAlike ? column : { ...column, type, default: text, extra };
  };
}

/** What a default says, and what it says besides: `now() on update now()`, as programs for MikroORM have it. */
function statedDefault(
  stated: string,
  type: string,
  { showsByteDefaults }: Syntax,
): { readonly text: string | undefined; readonly extra: string | undefined } {
  const { value, onUpdate } = splitDefault(stated);
  const text = canonicalDefault(value, type);
  const bytes = showsByteDefaults ? undefined : bytesOf(text, type);
  return {
    text: bytes === undefined ? (text.toLowerCase() === 'null' ? undefined : text) : `unhex('${bytes}')`,
    extra: onUpdate === undefined ? undefined : `on update ${canonicalDefault(onUpdate, type)}`,
  };
}

function remembering<Result>(find: (text: string) => Result): (text: string) => Result {
  const found = new Map<string, { readonly result: Result }>();
  return (text) => {
    const known = found.get(text) ?? { result: find(text) };
    found.set(text, known);
    return known.result;
  };
}

/** `restrict` does what `no action` does (refman/9.7/en/create-table-foreign-keys.html), so it may stay in its place. */
function withRulesOf(foreignKey: ForeignKey, existing: Table | undefined): ForeignKey {
  const { foldName } = comparison;
  const counterpart = existing?.foreignKeys.find(
    ({ columns, references }) =>
      sameNames(columns, foreignKey.columns, foldName) &&
      sameObject(references.table, foreignKey.references.table, comparison),
  );
  if (counterpart === undefined) return foreignKey;
  return {
    ...foreignKey,
    onDelete: sameRule(foreignKey.onDelete, counterpart.onDelete),
    onUpdate: sameRule(foreignKey.onUpdate, counterpart.onUpdate),
  };
}

function sameRule(wanted: ReferentialAction, existing: ReferentialAction): ReferentialAction {
  return wanted === 'no action' && existing === 'restrict' ? existing : wanted;
}

function canonicalTrigger(trigger: Trigger): Trigger {
  return { ...trigger, body: readTriggerBody(trimSql(trigger.body)) };
}
