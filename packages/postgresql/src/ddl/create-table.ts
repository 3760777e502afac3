import type {
  Check,
  Column,
  Exclusion,
  ForeignKey,
  ObjectName,
  PrimaryKey,
  ReferentialAction,
  Table,
  UniqueConstraint,
} from '@dovetail/core/driver';
import { withoutEnclosing } from '../enclosing.js';
import { canonicalType } from '../type-name.js';
import { quoteIdentifier, quoteIdentifiers, quoteName, quoteString } from './quote.js';

/** The statement that creates a table with its columns and constraints, but for those of `separateUniques`. */
export function createTableSql(table: Table, { temporary = false } = {}): string {
  const { unlogged = false, partitionBy, tablespace } = table.options;
  const persistence = temporary ? 'temporary ' : unlogged ? 'unlogged ' : '';
  const members = [...table.columns.map(columnSql), ...constraintsSql(table)].map((member) => `\n  ${member}`);
  return [
    `create ${persistence}table ${quoteName(table)} (${members.join(',')}\n)`,
    partitionBy === undefined ? '' : ` partition by ${partitionBy}`,
    tablespace === undefined ? '' : ` tablespace ${quoteIdentifier(tablespace)}`,
  ].join('');
}

function constraintsSql(table: Table): string[] {
  const { primaryKey, uniques, foreignKeys, checks, exclusions } = table;
  const separate = separateUniques(table);
  return [
    ...(primaryKey === undefined ? [] : [primaryKeySql(primaryKey)]),
    ...uniques.filter((unique) => !separate.includes(unique)).map(uniqueSql),
    ...foreignKeys.map(foreignKeySql),
    ...checks.map(checkSql),
    ...exclusions.map(exclusionSql),
  ];
}

/**
 * The unique constraints over the columns of the primary key, or of another one before them. `create table` makes one
 * constraint of such, `alter table` does not (`transformIndexConstraints` of parse_utilcmd.c).
 */
export function separateUniques({ primaryKey, uniques }: Table): readonly UniqueConstraint[] {
  return uniques.filter(({ columns }, position) =>
    [...(primaryKey === undefined ? [] : [primaryKey]), ...uniques.slice(0, position)].some(
      (other) => other.columns.join('\0') === columns.join('\0'),
    ),
  );
}

/** A column as it stands in `create table` and `alter table ... add column`. */
export function columnSql(column: Column): string {
  return [
    quoteIdentifier(column.name),
    column.autoincrement === true ? serialType(column.type) : column.type,
    column.collation !== undefined && `collate ${quoteIdentifier(column.collation)}`,
    column.generated &&
      `generated always as (${column.generated.expression}) ${column.generated.stored ? 'stored' : 'virtual'}`,
    column.identity !== undefined && `generated ${column.identity} as identity`,
    column.default !== undefined && `default ${defaultSql(column.default)}`,
    !column.nullable && 'not null',
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * The grammar takes an expression without `not`, `in` and the like here (`b_expr` of gram.y), unless it is in
 * parentheses. A number, a word, a call without arguments and a constant with its type can do without.
 */
export function defaultSql(expression: string): string {
  return plainDefault.test(expression) ? expression : `(${withoutEnclosing(expression)})`;
}

const plainDefault = /^(?:-?[\d.]+|[a-z_]+(?:\(\))?|'(?:[^'\\]|'')*'(?:::[\w ]+(?:\[\])?)?)$/iu;

/** The type whose column owns a sequence (postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL). */
function serialType(type: string): string {
  switch (canonicalType(type)) {
    case 'smallint':
      return 'smallserial';
    case 'bigint':
      return 'bigserial';
    default:
      return 'serial';
  }
}

export function primaryKeySql({ name, columns }: PrimaryKey): string {
  return `${named(name)}primary key ${quoteIdentifiers(columns)}`;
}

export function uniqueSql({ name, columns, deferrable, nullsNotDistinct, include }: UniqueConstraint): string {
  return [
    `${named(name)}unique`,
    nullsNotDistinct === true && 'nulls not distinct',
    quoteIdentifiers(columns),
    include !== undefined && include.length > 0 && `include ${quoteIdentifiers(include)}`,
    deferrable !== undefined && `deferrable ${deferrable}`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function foreignKeySql({
  name,
  columns,
  references,
  onDelete,
  onDeleteColumns,
  onUpdate,
  match,
  deferrable,
}: ForeignKey): string {
  const target = `${quoteName(references.table)} ${quoteIdentifiers(references.columns)}`;
  return [
    `${named(name)}foreign key ${quoteIdentifiers(columns)} references ${target}`,
    match !== undefined && ` match ${match}`,
    actionSql('delete', onDelete),
    onDeleteColumns !== undefined && ` ${quoteIdentifiers(onDeleteColumns)}`,
    actionSql('update', onUpdate),
    deferrable !== undefined && ` deferrable ${deferrable}`,
  ]
    .filter(Boolean)
    .join('');
}

function actionSql(event: 'delete' | 'update', action: ReferentialAction): string {
  return action === 'no action' ? '' : ` on ${event} ${action}`;
}

export function checkSql({ name, expression, enforced, noInherit }: Check): string {
  const kind = `${noInherit === true ? ' no inherit' : ''}${enforced === false ? ' not enforced' : ''}`;
  return `${named(name)}check (${expression})${kind}`;
}

export function exclusionSql({ name, definition }: Exclusion): string {
  return `${named(name)}exclude ${definition}`;
}

function named(name: string | undefined): string {
  return name === undefined ? '' : `constraint ${quoteIdentifier(name)} `;
}

export function tableCommentSql(table: ObjectName, comment: string | undefined): string {
  return `comment on table ${quoteName(table)} is ${comment === undefined ? 'null' : quoteString(comment)}`;
}
