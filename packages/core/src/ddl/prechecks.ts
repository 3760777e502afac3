import type { DdlContext } from '../driver.js';
import { becomesGenerated, type Change } from '../model/change.js';
import { needsValue } from '../model/columns.js';
import { displayName } from '../model/names.js';
import type { Precheck } from '../model/plan.js';
import type { ForeignKey, IndexPart, ObjectName, PrimaryKey } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { describeObject } from '../plan/describe.js';
import { originalColumn, originalTable, rowsOf, type RowsDialect } from './rows.js';

/** What the standard queries need to know of a database. */
export interface PrecheckDialect extends RowsDialect {
  /** An index part as an operand of `group by`. */
  indexKey(part: IndexPart): string;
}

/** The prechecks of changes that put rows at risk on every database, in SQL that every database speaks. */
export function standardPrechecks(change: Change, context: DdlContext, dialect: PrecheckDialect): Precheck[] {
  const { quote, fold } = dialect;
  const object = describeObject(change);
  const count = (table: ObjectName, condition?: string): string => countWhere(table, condition, context, dialect);

  switch (change.kind) {
    case 'drop-table':
      return [
        {
          kind: 'data-loss',
          object,
          sql: `select count(*) as "count" from ${dialect.table(originalTable(change.table, context, fold))}`,
          message: 'rows would be lost with the table',
          remedy: "move them first, or allow it: allow: ['data-loss']",
        },
      ];
    case 'drop-column':
      if (change.column.generated !== undefined) return [];
      return [
        {
          kind: 'data-loss',
          object,
          sql: count(change.table, `${quote(change.column.name)} is not null`),
          message: 'rows hold a value that would be lost with the column',
          remedy: `if it is a rename, write previousName: '${change.column.name}' on the new property; else allow it: allow: ['data-loss']`,
        },
      ];
    case 'add-column':
      if (!needsValue(change.column)) return [];
      return [
        {
          kind: 'may-fail',
          object,
          sql: count(change.table),
          message: 'rows exist that would have no value in the new column, which may not be null',
          remedy: 'give the property a default, or make it nullable',
        },
      ];
    case 'alter-column':
      return [
        ...(becomesGenerated(change) ? [lostValues(change)] : []),
        ...(isRequired(change) ? [nulls(change)] : []),
      ];
    case 'set-primary-key':
      return change.to === undefined ? [] : primaryKeyPrechecks(change.table, change.to);
    case 'add-unique':
      return [duplicates(change.table, change.unique.columns.map(quote))];
    case 'add-index':
      if (!change.index.unique) return [];
      return [duplicates(change.table, change.index.parts.map(dialect.indexKey), change.index.where)];
    case 'add-foreign-key':
      return [orphans(change.table, change.foreignKey)];
    case 'add-check':
      return [
        {
          kind: 'may-fail',
          object,
          sql: count(change.table, `not (${change.check.expression})`),
          message: `rows do not meet the condition ${change.check.expression}`,
          remedy: 'correct them first, or change the condition',
        },
      ];
    default:
      return [];
  }

  function lostValues({ table, from }: AlterColumn): Precheck {
    const column = quote(originalColumn(table, from.name, context, fold));
    return {
      kind: 'data-loss',
      object,
      sql: `select count(*) as "count" from ${dialect.table(originalTable(table, context, fold))} where ${column} is not null`,
      message: 'rows hold a value that would be lost, for the column becomes a generated one',
      remedy: "give the generated column another name, or allow it: allow: ['data-loss']",
    };
  }

  function nulls({ table, to }: AlterColumn): Precheck {
    return {
      kind: 'may-fail',
      object,
      sql: count(table, `${quote(to.name)} is null`),
      message: 'rows hold null, which the column would no longer allow',
      remedy: 'fill them first, or make the property nullable',
    };
  }

  function primaryKeyPrechecks(table: ObjectName, { columns }: PrimaryKey): Precheck[] {
    if (isNumberedAnew(table, columns)) return [];
    const keys = columns.map(quote);
    return [
      duplicates(table, keys),
      {
        kind: 'may-fail',
        object,
        sql: count(table, keys.map((key) => `${key} is null`).join(' or ')),
        message: 'rows hold null in a column of the new primary key',
        remedy: 'fill them first',
      },
    ];
  }

  /** Rows of a new column that the database numbers itself are never duplicates. */
  function isNumberedAnew(table: ObjectName, columns: readonly string[]): boolean {
    const isOneOf = (names: readonly string[], name: string): boolean =>
      names.some((other) => fold(other) === fold(name));
    const existing = (findTable(context.actual, table, fold)?.columns ?? []).map(({ name }) => name);
    return (findTable(context.target, table, fold)?.columns ?? []).some(
      ({ name, autoincrement, identity }) =>
        (autoincrement === true || identity !== undefined) && isOneOf(columns, name) && !isOneOf(existing, name),
    );
  }

  function duplicates(table: ObjectName, keys: readonly string[], where?: string): Precheck {
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

  /** A foreign key with a null in it references nothing. */
  function orphans(table: ObjectName, { columns, references }: ForeignKey): Precheck {
    const [child, parent] = [quote('child'), quote('parent')];
    const keys = columns.map((column) => `${child}.${quote(column)}`);
    const matches = keys.map((key, index) => `${parent}.${quote(references.columns[index] ?? '')} = ${key}`);
    const candidates = (): string => rowsOf(references.table, context, dialect, 'parent');
    // A table that is new has no rows yet that could be referenced.
    const isParentNew = findTable(context.actual, references.table, fold) === undefined;
    const conditions = [
      ...keys.map((key) => `${key} is not null`),
      ...(isParentNew ? [] : [`not exists (select 1 from ${candidates()} where ${matches.join(' and ')})`]),
    ];
    return {
      kind: 'may-fail',
      object,
      sql: `select count(*) as "count" from ${rowsOf(table, context, dialect, 'child')} where ${conditions.join(' and ')}`,
      message: `rows reference rows of "${displayName(references.table)}" that do not exist`,
      remedy: 'correct or delete them first',
    };
  }
}

type AlterColumn = Extract<Change, { kind: 'alter-column' }>;

function isRequired({ attributes, to }: AlterColumn): boolean {
  return attributes.includes('nullable') && !to.nullable;
}

/** Counts the rows of a table, seen as the plan will leave it, that meet a condition. */
export function countWhere(
  table: ObjectName,
  condition: string | undefined,
  context: DdlContext,
  dialect: RowsDialect,
): string {
  const where = condition === undefined ? '' : ` where ${condition}`;
  return `select count(*) as "count" from ${rowsOf(table, context, dialect)}${where}`;
}
