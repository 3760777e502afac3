import type { AlterColumn, Column, ColumnAttribute, ObjectName, Statement } from '@dovetail/core/driver';
import { readTypeName } from '../type-name.js';
import { conversionSql } from './casts.js';
import { columnSql, defaultSql } from './create-table.js';
import { rewriteHazards } from './hazards.js';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';
import {
  createSequenceSql,
  dropSequenceSql,
  firstNumber,
  identityOptions,
  isNumbered,
  rememberNextSql,
  retypeSequenceSql,
  serialSequence,
  startNumberingSql,
} from './sequences.js';

/** The statements that turn a column into another, in an order in which each finds what it needs. */
export function alterColumnStatements({ table, from, to, attributes }: AlterColumn): Statement[] {
  const differs = (...names: readonly ColumnAttribute[]): boolean => names.some((name) => attributes.includes(name));
  const statement = (sql: string, what: string): Statement => ({
    sql,
    description: `${what} of "${table.name}"."${to.name}".`,
  });
  const alter = (column: Column, action: string): string =>
    `alter table ${quoteName(table)} alter column ${quoteIdentifier(column.name)} ${action}`;
  const retyped = differs('type', 'collation');
  const first = firstNumber(to, isNumbered(from));

  return [
    ...(isNumbered(from) && isNumbered(to) && (from.identity === undefined) !== (to.identity === undefined)
      ? [statement(rememberNextSql(table, from), 'Remembers the next number')]
      : []),
    ...(differs('autoincrement') && from.autoincrement === true
      ? [
          statement(alter(to, 'drop default'), 'Drops the default'),
          statement(dropSequenceSql(table, to), 'Drops the sequence'),
        ]
      : []),
    ...(differs('identity') && from.identity !== undefined && to.identity === undefined
      ? [statement(alter(to, 'drop identity'), 'Drops the identity')]
      : []),
    ...storeStatements(table, from, to),
    ...(differs('generated')
      ? [statement(alter(to, 'drop expression'), 'Keeps the values, but no longer computes those')]
      : []),
    ...(retyped ? [retypeStatement(table, from, to, differs('default'))] : []),
    ...(retyped && to.autoincrement === true && from.autoincrement === true
      ? [statement(retypeSequenceSql(table, to), 'Changes the type of the sequence')]
      : []),
    ...(differs('default') && !(retyped && to.default !== undefined)
      ? [statement(alter(to, defaultAction(to)), 'Changes the default')]
      : []),
    ...(differs('nullable')
      ? [
          statement(
            alter(to, to.nullable ? 'drop not null' : 'set not null'),
            to.nullable ? 'Allows null values' : 'Refuses null values',
          ),
        ]
      : []),
    ...(differs('identity') && to.identity !== undefined
      ? identityStatements(table, from, to, first, statement, alter)
      : []),
    ...(differs('autoincrement') && to.autoincrement === true
      ? createSequenceSql(table, to, first, from.sequence).map((sql) =>
          statement(sql, 'Makes a sequence number new rows'),
        )
      : []),
    ...(differs('comment') ? [statement(columnCommentSql(table, to), 'Changes the comment')] : []),
  ];
}

/**
 * Only a stored column keeps its values when it is no longer computed
 * (postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-EXPRESSION), and none becomes a stored one.
 */
function storeStatements(table: ObjectName, from: Column, to: Column): Statement[] {
  const { generated } = from;
  if (generated === undefined || !isKept(from, to)) return [];
  const stored: Column = { ...from, generated: { ...generated, stored: true } };
  const actions = [`drop column ${quoteIdentifier(from.name)}`, `add column ${columnSql(stored)}`];
  return [
    {
      sql: `alter table ${quoteName(table)} ${actions.join(', ')}`,
      description: `Stores the values of "${table.name}"."${from.name}", which were computed when they were read.`,
      hazards: rewriteHazards(table),
    },
    ...completeColumn(table, from),
  ];
}

/** What a new column gets besides its definition: its comment, and what it had before it was made anew. */
export function completeColumn(table: ObjectName, column: Column): Statement[] {
  const { name, comment, restoration = [] } = column;
  return [
    ...(comment === undefined
      ? []
      : [{ sql: columnCommentSql(table, column), description: `Comments the column "${name}".` }]),
    ...restoration.map((sql) => ({ sql, description: `Completes the column "${name}" of "${table.name}".` })),
  ];
}

/** Whether a virtual column becomes one that holds the values: it is dropped, and comes back. */
export function isKept(from: Column, to: Column): boolean {
  return from.generated?.stored === false && to.generated === undefined;
}

function defaultAction(column: Column): string {
  return column.default === undefined ? 'drop default' : `set default ${defaultSql(column.default)}`;
}

export function columnCommentSql(table: ObjectName, { name, comment }: Column): string {
  const text = comment === undefined || comment === '' ? 'null' : quoteString(comment);
  return `comment on column ${quoteName(table)}.${quoteIdentifier(name)} is ${text}`;
}

/**
 * A default is in the way of a type that it can't be cast to, so it is dropped first and set again, in one statement
 * (postgresql.org/docs/current/sql-altertable.html). What can't be assigned is cast.
 */
function retypeStatement(table: ObjectName, from: Column, to: Column, newDefault: boolean): Statement {
  const column = quoteIdentifier(to.name);
  const collation = to.collation === undefined ? '' : ` collate ${quoteIdentifier(to.collation)}`;
  const using =
    isSameBase(from.type, to.type) && !isBits(to.type) ? '' : ` using ${conversionSql(column, from.type, to.type)}`;
  const kept = newDefault ? to.default : (to.default ?? from.default);
  const actions = [
    ...(from.default === undefined ? [] : ['drop default']),
    `type ${to.type}${collation}${using}`,
    ...(kept === undefined ? [] : [`set default ${defaultSql(kept)}`]),
  ];
  return {
    sql: `alter table ${quoteName(table)} ${actions.map((action) => `alter column ${column} ${action}`).join(', ')}`,
    description: `Changes the type of "${table.name}"."${to.name}" from ${from.type} to ${to.type}.`,
    hazards: isFree(from.type, to.type) && from.collation === to.collation ? [] : rewriteHazards(table),
  };
}

export function isSameBase(from: string, to: string): boolean {
  const [a, b] = [readTypeName(from), readTypeName(to)];
  return a === undefined || b === undefined ? from === to : a.base === b.base && a.array === b.array;
}

/** Bits of another length are not assigned, but cast (postgresql.org/docs/current/datatype-bit.html). */
function isBits(type: string): boolean {
  return readTypeName(type)?.base.startsWith('bit') ?? false;
}

/** Changes that PostgreSQL makes in the catalog alone (postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES). */
function isFree(from: string, to: string): boolean {
  const [a, b] = [readTypeName(from), readTypeName(to)];
  if (a?.base !== 'character varying' || a.array || b === undefined || b.array) return false;
  if (b.base === 'text') return true;
  return b.base === a.base && (b.modifiers === undefined || Number(b.modifiers) >= Number(a.modifiers));
}

function identityStatements(
  table: ObjectName,
  from: Column,
  to: Column,
  first: string,
  statement: (sql: string, what: string) => Statement,
  alter: (column: Column, action: string) => string,
): Statement[] {
  if (from.identity !== undefined) {
    return [statement(alter(to, `set generated ${to.identity ?? ''}`), 'Changes the identity')];
  }
  return [
    statement(
      alter(to, `add generated ${to.identity ?? ''} as identity${identityOptions(from.sequence)}`),
      'Adds an identity',
    ),
    statement(startNumberingSql(table, serialSequence(table, to), first), 'Starts the numbering after the highest'),
    ...(from.sequence?.restoration ?? []).map((sql) => statement(sql, 'Completes the sequence')),
  ];
}
