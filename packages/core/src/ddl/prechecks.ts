import type { DdlContext } from '../driver.js';
import type { Change } from '../model/change.js';
import { type FoldName, displayName, objectKey, sameObject } from '../model/names.js';
import type { Precheck } from '../model/plan.js';
import type { Column, ForeignKey, Index, IndexPart, ObjectName, PrimaryKey, Table } from '../model/schema.js';
import { describeObject } from '../plan/describe.js';

/** What the standard queries need to know of a database. */
export interface PrecheckDialect {
  readonly fold: FoldName;
  quote(name: string): string;
  /** A table's qualified, quoted name. */
  table(name: ObjectName): string;
  /** An index part as an operand of `group by`. */
  indexKey(part: IndexPart): string;
}

/** The prechecks of changes that put rows at risk on every database, in SQL that every database speaks. */
export function standardPrechecks(change: Change, context: DdlContext, dialect: PrecheckDialect): Precheck[] {
  const object = describeObject(change);
  switch (change.kind) {
    case 'drop-table':
      return [
        {
          kind: 'data-loss',
          object,
          sql: `select count(*) as "count" from ${dialect.table(originalTable(change.table, context, dialect.fold))}`,
          message: 'rows would be lost with the table',
          remedy: "move them first, or allow it: allow: ['data-loss']",
        },
      ];
    case 'drop-column':
      return change.column.generated === undefined
        ? [
            {
              kind: 'data-loss',
              object,
              sql: countWhere(change.table, `${dialect.quote(change.column.name)} is not null`, context, dialect),
              message: 'rows hold a value that would be lost with the column',
              remedy: `if it is a rename, write previousName: '${change.column.name}' on the new property; else allow it: allow: ['data-loss']`,
            },
          ]
        : [];
    case 'add-column':
      return isRequired(change.column)
        ? [
            {
              kind: 'may-fail',
              object,
              sql: countWhere(change.table, undefined, context, dialect),
              message: 'rows exist that would have no value in the new column, which may not be null',
              remedy: 'give the property a default, or make it nullable',
            },
          ]
        : [];
    case 'alter-column':
      return change.attributes.includes('nullable') && !change.to.nullable
        ? [
            {
              kind: 'may-fail',
              object,
              sql: countWhere(change.table, `${dialect.quote(change.to.name)} is null`, context, dialect),
              message: 'rows hold null, which the column would no longer allow',
              remedy: 'fill them first, or make the property nullable',
            },
          ]
        : [];
    case 'set-primary-key':
      return change.to === undefined || hasNumberedColumn(change.table, change.to.columns, context, dialect.fold)
        ? []
        : keyPrechecks(object, change.table, change.to, context, dialect);
    case 'add-unique':
      return [
        duplicates(
          object,
          change.table,
          change.unique.columns.map((column) => dialect.quote(column)),
          undefined,
          context,
          dialect,
        ),
      ];
    case 'add-index':
      return change.index.unique ? [duplicateKeys(object, change.table, change.index, context, dialect)] : [];
    case 'add-foreign-key':
      return [orphans(object, change.table, change.foreignKey, context, dialect)];
    case 'add-check':
      return [
        {
          kind: 'may-fail',
          object,
          sql: countWhere(change.table, `not (${change.check.expression})`, context, dialect),
          message: `rows do not meet the condition ${change.check.expression}`,
          remedy: 'correct them first, or change the condition',
        },
      ];
    default:
      return [];
  }
}

function isRequired(column: Column): boolean {
  return (
    !column.nullable &&
    column.default === undefined &&
    column.generated === undefined &&
    column.identity === undefined &&
    column.autoincrement !== true
  );
}

/** Rows of a key column that the database numbers itself are never duplicates. */
function hasNumberedColumn(
  table: ObjectName,
  columns: readonly string[],
  { target, actual }: DdlContext,
  fold: FoldName,
): boolean {
  const existing = actual.tables.find((candidate) => sameObject(candidate, table, fold));
  const wanted = target.tables.find((candidate) => sameObject(candidate, table, fold));
  const isNew = (name: string): boolean =>
    !(existing?.columns ?? []).some((column) => fold(column.name) === fold(name));
  return (wanted?.columns ?? []).some(
    (column) =>
      columns.some((name) => fold(name) === fold(column.name)) &&
      isNew(column.name) &&
      (column.autoincrement === true || column.identity !== undefined),
  );
}

function keyPrechecks(
  object: string,
  table: ObjectName,
  { columns }: PrimaryKey,
  context: DdlContext,
  dialect: PrecheckDialect,
): Precheck[] {
  const keys = columns.map((column) => dialect.quote(column));
  return [
    duplicates(object, table, keys, undefined, context, dialect),
    {
      kind: 'may-fail',
      object,
      sql: countWhere(table, keys.map((key) => `${key} is null`).join(' or '), context, dialect),
      message: 'rows hold null in a column of the new primary key',
      remedy: 'fill them first',
    },
  ];
}

function duplicateKeys(
  object: string,
  table: ObjectName,
  index: Index,
  context: DdlContext,
  dialect: PrecheckDialect,
): Precheck {
  return duplicates(
    object,
    table,
    index.parts.map((part) => dialect.indexKey(part)),
    index.where,
    context,
    dialect,
  );
}

function duplicates(
  object: string,
  table: ObjectName,
  keys: readonly string[],
  where: string | undefined,
  context: DdlContext,
  dialect: PrecheckDialect,
): Precheck {
  const conditions = [...(where === undefined ? [] : [`(${where})`]), ...keys.map((key) => `${key} is not null`)];
  const groups =
    `select count(*) as "rows" from ${rowsOf(table, context, dialect)} where ${conditions.join(' and ')}` +
    ` group by ${keys.join(', ')} having count(*) > 1`;
  return {
    kind: 'may-fail',
    object,
    sql: `select coalesce(sum("rows"), 0) as "count" from (${groups}) as "duplicates"`,
    message: `rows share ${keys.length === 1 ? 'a value' : 'values'} that would have to be unique`,
    remedy: 'make them distinct first',
  };
}

function orphans(
  object: string,
  table: ObjectName,
  { columns, references }: ForeignKey,
  context: DdlContext,
  dialect: PrecheckDialect,
): Precheck {
  const child = columns.map((column) => `"child".${dialect.quote(column)}`);
  const joined = child.map((column, index) => `"parent".${dialect.quote(references.columns[index] ?? '')} = ${column}`);
  const isNew = !context.actual.tables.some((existing) => sameObject(existing, references.table, dialect.fold));
  const missing = isNew
    ? []
    : [
        `not exists (select 1 from ${rowsOf(references.table, context, dialect, 'parent')} where ${joined.join(' and ')})`,
      ];
  const conditions = [...child.map((column) => `${column} is not null`), ...missing];
  return {
    kind: 'may-fail',
    object,
    sql: `select count(*) as "count" from ${rowsOf(table, context, dialect, 'child')} where ${conditions.join(' and ')}`,
    message: `rows reference rows of "${displayName(references.table)}" that do not exist`,
    remedy: 'correct or delete them first',
  };
}

/** Counts the rows of a table, seen as the plan will leave it, that meet a condition. */
export function countWhere(
  table: ObjectName,
  condition: string | undefined,
  context: DdlContext,
  dialect: PrecheckDialect,
): string {
  return `select count(*) as "count" from ${rowsOf(table, context, dialect)}${condition === undefined ? '' : ` where ${condition}`}`;
}

/**
 * The rows of a table as they are now, under the names and with the columns that they are going to have: prechecks run
 * before the first statement, but speak of what comes after it.
 */
function rowsOf(name: ObjectName, context: DdlContext, dialect: PrecheckDialect, alias?: string): string {
  const { fold, quote } = dialect;
  const original = originalTable(name, context, fold);
  const actual = context.actual.tables.find((table) => sameObject(table, name, fold));
  const target = context.target.tables.find((table) => sameObject(table, name, fold));
  const as = alias === undefined ? '' : ` as ${quote(alias)}`;
  if (actual === undefined || target === undefined || !isReshaped(actual, target, context, fold)) {
    return `${dialect.table(original)}${as}`;
  }

  const plain = target.columns.filter((column) => column.generated === undefined);
  const kept = actual.columns.filter(
    (column) => !target.columns.some(({ name: other }) => fold(other) === fold(column.name)),
  );
  const selected = [...plain, ...kept].map(
    (column) => `${valueOf(column, actual, context, dialect)} as ${quote(column.name)}`,
  );
  const inner = `(select ${selected.join(', ')} from ${dialect.table(original)}) as ${quote(alias ?? name.name)}`;
  const generated = target.columns.flatMap((column) =>
    column.generated === undefined ? [] : [`(${column.generated.expression}) as ${quote(column.name)}`],
  );
  return generated.length === 0
    ? inner
    : `(select *, ${generated.join(', ')} from ${inner}) as ${quote(alias ?? name.name)}`;
}

function isReshaped(actual: Table, target: Table, { renames }: DdlContext, fold: FoldName): boolean {
  return (
    renames.some((rename) => rename.kind === 'rename-column' && sameObject(rename.table, actual, fold)) ||
    target.columns.some((column) => {
      const existing = actual.columns.find(({ name }) => fold(name) === fold(column.name));
      return existing === undefined || existing.generated?.expression !== column.generated?.expression;
    })
  );
}

function valueOf(column: Column, actual: Table, context: DdlContext, { fold, quote }: PrecheckDialect): string {
  const exists = actual.columns.some(({ name }) => fold(name) === fold(column.name));
  return exists ? quote(originalColumn(actual, column.name, context, fold)) : (column.default ?? 'null');
}

/** The name of a table before the plan's renames. */
export function originalTable(name: ObjectName, { renames }: DdlContext, fold: FoldName): ObjectName {
  return renames
    .toReversed()
    .reduce<ObjectName>(
      (current, rename) =>
        rename.kind === 'rename-table' &&
        objectKey({ schema: rename.table.schema, name: rename.to }, fold) === objectKey(current, fold)
          ? rename.table
          : current,
      name,
    );
}

/** The name of a column before the plan's renames; `table` bears its new name. */
export function originalColumn(table: ObjectName, column: string, { renames }: DdlContext, fold: FoldName): string {
  return renames
    .toReversed()
    .reduce(
      (current, rename) =>
        rename.kind === 'rename-column' && sameObject(rename.table, table, fold) && fold(rename.to) === fold(current)
          ? rename.from
          : current,
      column,
    );
}
