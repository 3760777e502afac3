import type { Column, ObjectName, Sequence } from '@dovetail/core/driver';
import { canonicalType } from '../type-name.js';
import { dynamicSql } from './dynamic-sql.js';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';

/** What counts as another sequence did bears its name as well, by which it is granted. */
export function identityOptions(sequence: Sequence | undefined): string {
  return sequence === undefined ? '' : ` (sequence name ${sequence.name} ${sequence.options})`;
}

/** The sequence that a column owns, as an expression. */
export function serialSequence(table: ObjectName, { name }: Column): string {
  return `pg_get_serial_sequence(${quoteString(quoteName(table))}, ${quoteString(name)})`;
}

export function isNumbered({ autoincrement, identity }: Column): boolean {
  return autoincrement === true || identity !== undefined;
}

/** A setting of the transaction, in which one sequence hands its next number on to another. */
const nextNumber = 'dovetail.next_number';

/** Rows that are gone had numbers as well, which nothing but the sequence knows. */
export function rememberNextSql(table: ObjectName, column: Column): string {
  return `select set_config('${nextNumber}', nextval(${serialSequence(table, column)})::text, true)`;
}

/** The number that the next row gets: after the highest, and after all that were given before. */
export function firstNumber({ name }: Column, goesOn: boolean): string {
  const afterHighest = `coalesce(max(${quoteIdentifier(name)}), 0) + 1`;
  return goesOn
    ? `greatest(${afterHighest}, nullif(current_setting('${nextNumber}', true), '')::bigint)`
    : afterHighest;
}

export function startNumberingSql(table: ObjectName, sequence: string, first: string): string {
  return `select setval(${sequence}, ${first}, false) from ${quoteName(table)}`;
}

export function createSequenceSql(
  table: ObjectName,
  column: Column,
  first: string,
  former: Sequence | undefined,
): string[] {
  const sequence = former?.name ?? quoteName({ schema: table.schema, name: sequenceName(table, column) });
  const [owner, name] = [quoteName(table), quoteIdentifier(column.name)];
  return [
    `create sequence ${sequence} as ${canonicalType(column.type)}${former === undefined ? '' : ` ${former.options}`} owned by ${owner}.${name}`,
    `alter table ${owner} alter column ${name} set default nextval(${quoteString(sequence)})`,
    startNumberingSql(table, quoteString(sequence), first),
    ...(former?.restoration ?? []),
  ];
}

/** As PostgreSQL itself names the sequence of a serial column, where that fits. */
function sequenceName(table: ObjectName, { name }: Column): string {
  const limit = 63 - '_seq'.length;
  let base = `${table.name}_${name}`;
  while (Buffer.byteLength(base) > limit) base = base.slice(0, -1);
  return `${base}_seq`;
}

/** The name of a sequence is known to the catalog alone, so the statement is made of it there. */
export function dropSequenceSql(table: ObjectName, column: Column): string {
  return dynamicSql(`format('drop sequence %s', ${serialSequence(table, column)})`);
}

export function retypeSequenceSql(table: ObjectName, column: Column): string {
  return dynamicSql(
    `format('alter sequence %s as %s', ${serialSequence(table, column)}, ${quoteString(canonicalType(column.type))})`,
  );
}
