import type { DdlContext } from '../driver.js';
import { type AlterColumn, becomesGenerated, becomesRequired, type Change } from '../model/change.js';
import { needsValue } from '../model/columns.js';
import { describeObject } from '../model/describe-object.js';
import { displayName, type TableNames } from '../model/names.js';
import type { Precheck } from '../model/plan.js';
import type { Column, ForeignKey, IndexPart, ObjectName, PrimaryKey } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { precheckFuture, precheckPresent, precheckRows, rowsThat } from './make-precheck.js';
import { originalColumn } from './original-names.js';
import { convertedColumns, futureRows, type RowsDialect } from './rows.js';

/** What the standard queries need to know of a database. */
export interface PrecheckDialect extends RowsDialect {
  /** An index part as an operand of `partition by`. */
  indexKey(part: IndexPart): string;
}

/** The prechecks of changes that put rows at risk on every database, in SQL that every database speaks. */
export function standardPrechecks(change: Change, context: DdlContext, dialect: PrecheckDialect): Precheck[] {
  const { quote, names } = dialect;
  const object = describeObject(change);

  switch (change.kind) {
    case 'drop-table':
      return [
        precheckPresent(
          {
            kind: 'destroys-rows',
            object,
            table: change.table,
            message: {
              one: 'row would be lost with the table',
              other: 'rows would be lost with the table',
            },
            remedy: `${howToKeep(change.table, context, names)}; else move them first, or allow it: allow: ['data-loss']`,
          },
          context,
          dialect,
        ),
      ];
    case 'drop-column':
      if (change.column.generated !== undefined) return [];
      return [
        lostValues(
          change.table,
          change.column.name,
          'would be lost with the column',
          `if it is a rename, write previousName: '${change.column.name}' on the new property; else allow it: allow: ['data-loss']`,
        ),
      ];
    case 'add-column':
      // One with a backfill comes nullable, and is looked at where it becomes required.
      if (!needsValue(change.column)) return [];
      return [
        precheckPresent(
          {
            kind: 'may-fail',
            object,
            table: change.table,
            message: rowsThat('exist', 'that would have no value in the new column, which may not be null'),
            remedy:
              "give the property a default, or a value for these rows: backfill: 'an SQL expression'; or make it nullable",
          },
          context,
          dialect,
        ),
      ];
    case 'alter-column':
      return [
        ...(becomesGenerated(change)
          ? [
              lostValues(
                change.table,
                change.from.name,
                'would be lost, for the column becomes a generated one',
                "give the generated column another name, or allow it: allow: ['data-loss']",
              ),
            ]
          : []),
        ...(becomesRequired(change) ? [nulls(change)] : []),
      ];
    case 'set-primary-key':
      return change.to === undefined ? [] : primaryKeyPrechecks(change.table, change.to);
    case 'add-unique':
      return [duplicates(change.table, change.unique.columns.map(quote), change.unique)];
    case 'add-index':
      return change.index.unique
        ? [duplicates(change.table, change.index.parts.map(dialect.indexKey), change.index)]
        : [];
    case 'add-foreign-key':
      // A ring of tables is created before its foreign keys, and none of them has rows yet.
      return isNew(change.table) ? [] : [orphans(change.table, change.foreignKey)];
    case 'add-check':
      return change.check.enforced === false ? [] : [violators(change.table, change.check.expression)];
    default:
      return [];
  }

  function lostValues(table: ObjectName, name: string, what: string, remedy: string): Precheck {
    const condition = `${quote(originalColumn(table, name, context, names))} is not null`;
    const message = rowsThat('hold', `a value that ${what}`);
    return precheckPresent({ kind: 'destroys-values', object, table, condition, message, remedy }, context, dialect);
  }

  function mayFail(
    table: ObjectName,
    condition: string,
    { message, remedy }: Pick<Precheck, 'message' | 'remedy'>,
  ): Precheck {
    return precheckFuture({ kind: 'may-fail', object, table, condition, message, remedy }, context, dialect);
  }

  function nulls({ table, to }: AlterColumn): Precheck {
    return mayFail(
      table,
      `${quote(to.name)} is null`,
      to.backfill === undefined
        ? { message: rowsThat('hold', 'null, which the column would no longer allow'), remedy: backfillRemedy(to) }
        : {
            message: rowsThat('hold', 'null even after the backfill, which the column does not allow'),
            remedy: "let the property's backfill give every row a value, or make the property nullable",
          },
    );
  }

  function violators(table: ObjectName, expression: string): Precheck {
    return mayFail(table, `not (${expression})`, {
      message: {
        one: `row does not meet the condition ${expression}`,
        other: `rows do not meet the condition ${expression}`,
      },
      remedy: 'correct them first, or change the condition',
    });
  }

  function primaryKeyPrechecks(table: ObjectName, { columns }: PrimaryKey): Precheck[] {
    if (isNumberedAnew(table, columns)) return [];
    const keys = columns.map(quote);
    return [
      duplicates(table, keys),
      mayFail(table, keys.map((key) => `${key} is null`).join(' or '), {
        message: rowsThat('hold', 'null in a column of the new primary key'),
        remedy: 'fill them first',
      }),
    ];
  }

  /** Rows of a new column that the database numbers itself are never duplicates. */
  function isNumberedAnew(table: ObjectName, columns: readonly string[]): boolean {
    const isOneOf = (columnNames: readonly string[], name: string): boolean =>
      columnNames.some((other) => names.foldName(other) === names.foldName(name));
    const existing = (findTable(context.actual, table, names)?.columns ?? []).map(({ name }) => name);
    return (findTable(context.target, table, names)?.columns ?? []).some(
      ({ name, autoincrement, identity }) =>
        (autoincrement === true || identity !== undefined) && isOneOf(columns, name) && !isOneOf(existing, name),
    );
  }

  function duplicates(
    table: ObjectName,
    keys: readonly string[],
    { where, nullsNotDistinct = false }: Pick<DuplicateRules, 'where' | 'nullsNotDistinct'> = {},
  ): Precheck {
    const { from, key } = futureRows(table, context, dialect);
    const conditions = [
      ...(where === undefined ? [] : [`(${where})`]),
      ...(nullsNotDistinct ? [] : keys.map((part) => `${part} is not null`)),
    ];
    const selected = [
      ...key.map(({ expression }, index) => `${expression} as ${quote(`part_${index + 1}`)}`),
      `count(*) over (partition by ${keys.join(', ')}) as ${quote('alike')}`,
    ];
    const groups =
      `select ${selected.join(', ')} from ${from}` +
      (conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`);
    return precheckRows(
      {
        kind: 'may-fail',
        object,
        table,
        condition: `${quote('alike')} > 1`,
        needs: convertedColumns(table, [...keys, where ?? ''], context, dialect),
        message: rowsThat('share', `${keys.length === 1 ? 'a value' : 'values'} that would have to be unique`),
        remedy: 'make them distinct first',
      },
      {
        from: `(${groups}) as ${quote('duplicates')}`,
        key: key.map(({ name }, index) => ({ name, expression: quote(`part_${index + 1}`) })),
      },
      dialect,
    );
  }

  /** A table that is new has no rows yet, neither such that reference others nor such that are referenced. */
  function isNew(table: ObjectName): boolean {
    return findTable(context.actual, table, names) === undefined;
  }

  /** A foreign key with a null in it references nothing, and is an error only where it has to match in full. */
  function orphans(table: ObjectName, { columns, references, match }: ForeignKey): Precheck {
    const [child, parent] = [quote('child'), quote('parent')];
    const keys = columns.map((column) => `${child}.${quote(column)}`);
    const matches = keys.map((key, index) => `${parent}.${quote(references.columns[index] ?? '')} = ${key}`);
    const isHeld = keys.map((key) => `${key} is not null`);
    const candidates = (): string => futureRows(references.table, context, dialect, 'parent').from;
    const isOrphan = [
      ...isHeld,
      ...(isNew(references.table) ? [] : [`not exists (select 1 from ${candidates()} where ${matches.join(' and ')})`]),
    ].join(' and ');
    const isMixed = `(${isHeld.join(' or ')}) and not (${isHeld.join(' and ')})`;
    return precheckRows(
      {
        kind: 'may-fail',
        object,
        table,
        condition: match === 'full' && keys.length > 1 ? `${isOrphan} or ${isMixed}` : isOrphan,
        needs: [
          ...convertedColumns(table, columns.map(quote), context, dialect),
          ...convertedColumns(references.table, references.columns.map(quote), context, dialect),
        ],
        message: rowsThat('reference', `rows of "${displayName(references.table)}" that do not exist`),
        remedy: 'correct or delete them first',
      },
      futureRows(table, context, dialect, 'child'),
      dialect,
    );
  }
}

/** A table is renamed within its namespace alone. */
function howToKeep({ schema, name }: ObjectName, { target }: DdlContext, { foldTableName: fold }: TableNames): string {
  const elsewhere = target.tables.find((table) => fold(table.name) === fold(name) && table.schema !== schema);
  if (elsewhere === undefined) return `if it is a rename, write previousName: '${name}' on the new entity`;
  return `if it moves to ${displayName(elsewhere)}, move the table in the database before the update`;
}

/** Which rows have to be unique, and how. */
interface DuplicateRules {
  readonly where?: string | undefined;
  /** Null counts as a value like others. */
  readonly nullsNotDistinct?: boolean | undefined;
}

/** A default is for new rows; what it means for those that exist, only their owner knows. */
function backfillRemedy({ default: value }: Column): string {
  const expression = value === undefined ? "'an SQL expression'" : JSON.stringify(value);
  return `fill them first, or with the update: backfill: ${expression}; or make the property nullable`;
}
