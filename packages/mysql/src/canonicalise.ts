import {
  type Column,
  type Connection,
  diffTables,
  type ForeignKey,
  objectKey,
  type ReferentialAction,
  sameNames,
  sameObject,
  type Schema,
  type Table,
  tablesByName,
  type Trigger,
} from '@dovetail/core/driver';
import { canonicalType } from './column-type.js';
import { comparison } from './comparison.js';
import { canonicalDefault } from './default-text.js';
import type { Flavour } from './flavour.js';
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
): Promise<Schema> {
  const existing = tablesByName(actual, comparison.foldName);
  const canonicalColumn = columnCanonicaliser();
  const tables = desired.tables.map((table) =>
    withoutServer(table, existing.get(objectKey(table, comparison.foldName)), canonicalColumn),
  );
  const open = tables.filter((table) => {
    const counterpart = existing.get(objectKey(table, comparison.foldName));
    return counterpart === undefined || diffTables(counterpart, table, comparison).length > 0;
  });
  const shown = await asServerShows(connection, open, existing, flavour);
  return {
    ...desired,
    tables: tables.map((table) => shown.get(table) ?? table),
    views: await canonicalViews(connection, desired, actual),
  };
}

function withoutServer(stated: Table, existing: Table | undefined, canonicalColumn: (column: Column) => Column): Table {
  const table = withForeignKeyIndexes(stated);
  return {
    ...table,
    columns: table.columns.map(canonicalColumn),
    foreignKeys: table.foreignKeys.map((foreignKey) => withRulesOf(foreignKey, existing)),
    triggers: table.triggers.map(canonicalTrigger),
  };
}

/** A schema has few types and defaults in many columns, so what was found of each is kept. */
function columnCanonicaliser(): (column: Column) => Column {
  const typeOf = remembering(canonicalType);
  const defaultsOf = remembering((type: string) =>
    remembering((stated: string) => {
      const text = canonicalDefault(stated, type);
      return text.toLowerCase() === 'null' ? undefined : text;
    }),
  );
  return (column) => {
    const type = typeOf(column.type);
    return { ...column, type, default: column.default === undefined ? undefined : defaultsOf(type)(column.default) };
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
      sameObject(references.table, foreignKey.references.table, foldName),
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
