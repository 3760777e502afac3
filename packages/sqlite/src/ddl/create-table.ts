import {
  type Check,
  type Column,
  type ForeignKey,
  type PrimaryKey,
  type ReferentialAction,
  type Table,
  textOf,
  type UniqueConstraint,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { isLiteral, tokenize } from '../lexer.js';
import { parenthesised, quoteIdentifier, quoteIdentifiers } from './quote.js';

/**
 * The statement that creates a table with its columns and constraints; its indexes and triggers are statements of
 * their own.
 *
 * @param name the name to create it under, where that is not the table's own: a rebuild starts with another one.
 */
export function createTableSql(table: Table, name: string = table.name): string {
  const members = [
    ...table.columns.map((column) => columnSql(column, inlineKey(table, column))),
    ...tableConstraints(table),
  ];
  return `create table ${quoteIdentifier(name)} (\n  ${members.join(',\n  ')}\n)${storage(table)}`;
}

/** A column as it stands in `create table` and `alter table ... add column`. */
export function columnSql(column: Column, primaryKey?: PrimaryKey): string {
  return [
    quoteIdentifier(column.name),
    column.type,
    primaryKey && `${named(primaryKey.name)}primary key`,
    column.autoincrement && 'autoincrement',
    !column.nullable && 'not null',
    column.default !== undefined && `default ${defaultSql(column.default)}`,
    column.collation && `collate ${quoteIdentifier(column.collation)}`,
    column.generated &&
      `generated always as ${parenthesised(column.generated.expression)} ${column.generated.stored ? 'stored' : 'virtual'}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The check as it stands in `create table` and `alter table ... add`. */
function checkSql({ name, expression }: Check): string {
  return `${named(name)}check ${parenthesised(expression)}`;
}

/** The single integer of a primary key is written with its column, the only place where it can be numbered by itself. */
function inlineKey({ primaryKey }: Table, column: Column): PrimaryKey | undefined {
  const [only, ...others] = primaryKey?.columns ?? [];
  const isInline = only === column.name && others.length === 0 && comparison.sameType(column.type, 'integer');
  return isInline ? primaryKey : undefined;
}

function tableConstraints(table: Table): readonly string[] {
  const { primaryKey } = table;
  const isInline = table.columns.some((column) => inlineKey(table, column) !== undefined);
  return [
    ...(primaryKey === undefined || isInline ? [] : [primaryKeySql(primaryKey)]),
    ...table.uniques.map(uniqueSql),
    ...table.foreignKeys.map(foreignKeySql),
    ...table.checks.map(checkSql),
  ];
}

function primaryKeySql({ name, columns }: PrimaryKey): string {
  return `${named(name)}primary key ${quoteIdentifiers(columns)}`;
}

function uniqueSql({ name, columns }: UniqueConstraint): string {
  return `${named(name)}unique ${quoteIdentifiers(columns)}`;
}

function foreignKeySql(foreignKey: ForeignKey): string {
  const { name, columns, ...reference } = foreignKey;
  return `${named(name)}foreign key ${quoteIdentifiers(columns)} ${targetSql(reference)}`;
}

/** The foreign key of a single column as it stands behind the column, the only way to add one to a table in place. */
export function referencesSql({ name, ...reference }: ForeignKey): string {
  return `${named(name)}${targetSql(reference)}`;
}

function targetSql({
  references,
  onDelete,
  onUpdate,
  match,
  deferrable,
}: Omit<ForeignKey, 'name' | 'columns'>): string {
  const columns = references.columns.length === 0 ? '' : ` ${quoteIdentifiers(references.columns)}`;
  return [
    `references ${quoteIdentifier(references.table.name)}${columns}`,
    actionSql('delete', onDelete),
    actionSql('update', onUpdate),
    match && ` match ${match}`,
    deferrable && ` deferrable ${deferrable}`,
  ]
    .filter(Boolean)
    .join('');
}

function actionSql(event: 'delete' | 'update', action: ReferentialAction): string {
  return action === 'no action' ? '' : ` on ${event} ${action}`;
}

function named(name: string | undefined): string {
  return name === undefined ? '' : `constraint ${quoteIdentifier(name)} `;
}

/** SQLite asks for parentheses around every default but literals (sqlite.org/lang_createtable.html#dfltval). */
function defaultSql(expression: string): string {
  const tokens = tokenize(expression);
  return isLiteral(tokens) ? textOf(expression, tokens) : parenthesised(expression);
}

function storage({ options }: Table): string {
  const settings = [options.strict === true && 'strict', options.withoutRowid === true && 'without rowid'];
  const text = settings.filter(Boolean).join(', ');
  return text === '' ? '' : ` ${text}`;
}
