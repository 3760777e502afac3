import type { Comparison, Driver } from '../driver.js';
import { applyChanges } from '../model/apply-changes.js';
import type { Change } from '../model/change.js';
import { objectKey, type TableNames } from '../model/names.js';
import type { PlanOptions } from '../model/plan.js';
import type { ObjectName, Schema } from '../model/schema.js';

/** The differences that the options want carried out. */
export function wantedChanges(
  changes: readonly Change[],
  actual: Schema,
  driver: Pick<Driver, 'ddl' | 'comparison'>,
  { safe, dropTables }: PlanOptions,
): readonly Change[] {
  if (safe) return safeChanges(changes, actual, driver);
  const wanted = dropTables ? changes : changes.filter(({ kind }) => kind !== 'drop-table');
  return withoutEnumsInUse(wanted, actual, driver.comparison);
}

/** An enum type stays that a column has by its `columnType`, or in a table that stays although no entity describes it. */
function withoutEnumsInUse(changes: readonly Change[], actual: Schema, comparison: Comparison): readonly Change[] {
  if (!changes.some(({ kind }) => kind === 'drop-enum')) return changes;
  const { tables } = applyChanges(actual, changes, comparison);
  const types = [...new Set(tables.flatMap(({ columns }) => columns.map(({ type }) => type)))];
  return changes.filter(
    (change) => change.kind !== 'drop-enum' || !types.some((type) => isOfEnum(type, change.enum, comparison)),
  );
}

function isOfEnum(type: string, { schema, name }: ObjectName, { mentions }: Comparison): boolean {
  return mentions(type, name) && (schema === undefined || mentions(type, schema));
}

/** Nothing goes that holds rows or values, nor what stands on a column that stays although no property has it. */
function safeChanges(
  changes: readonly Change[],
  actual: Schema,
  { ddl, comparison }: Pick<Driver, 'ddl' | 'comparison'>,
): readonly Change[] {
  const target = applyChanges(actual, changes, comparison);
  const context = { before: actual, actual, target, renames: [] };
  const kept = keptColumns(changes, comparison);
  return changes.filter(
    (change) =>
      !isDropOfContent(change) &&
      !isBound(change, kept, comparison) &&
      ddl.prechecks(change, context).every(({ kind }) => kind === 'may-fail'),
  );
}

function isDropOfContent({ kind }: Change): boolean {
  return kind === 'drop-table' || kind === 'drop-column' || kind === 'drop-enum' || kind === 'drop-namespace';
}

type ColumnsOfTable = (table: ObjectName) => readonly string[];

function keptColumns(changes: readonly Change[], names: TableNames): ColumnsOfTable {
  const dropped = changes.filter((change) => change.kind === 'drop-column');
  return (table) =>
    dropped
      .filter((change) => objectKey(change.table, names) === objectKey(table, names))
      .map(({ column }) => column.name);
}

/** Whether something would be dropped that stands on one of the columns. */
function isBound(change: Change, columnsOf: ColumnsOfTable, { foldName, mentions }: Comparison): boolean {
  switch (change.kind) {
    case 'drop-index': {
      const { parts, where } = change.index;
      const texts = [
        ...parts.flatMap((part) => ('column' in part ? [] : [part.expression])),
        ...(where ? [where] : []),
      ];
      return isAbout(
        change.table,
        parts.flatMap((part) => ('column' in part ? [part.column] : [])),
        texts,
      );
    }
    case 'drop-unique':
      return isAbout(change.table, change.unique.columns, []);
    case 'drop-foreign-key':
      return isAbout(change.table, change.foreignKey.columns, []);
    case 'drop-check':
      return isAbout(change.table, [], [change.check.expression]);
    case 'drop-exclusion':
      return isAbout(change.table, [], [change.exclusion.definition]);
    default:
      return false;
  }

  function isAbout(table: ObjectName, names: readonly string[], texts: readonly string[]): boolean {
    return columnsOf(table).some(
      (column) =>
        names.some((name) => foldName(name) === foldName(column)) || texts.some((text) => mentions(text, column)),
    );
  }
}
