import type { Table, TableOptions } from '@dovetail/core/driver';
import type { Syntax } from '../flavour.js';
import { columnSql } from './column.js';
import { inOrderOfUse } from './column-order.js';
import { checkSql, foreignKeySql, indexSql, primaryKeySql } from './constraint.js';
import { quoteString, quoteTable } from './quote.js';

/** The statement that creates a table with all that belongs to it but its triggers. */
export function createTableSql(table: Table, syntax: Syntax, keyword: 'table' | 'temporary table' = 'table'): string {
  const members = [
    ...inOrderOfUse(table.columns, syntax).map((column) => columnSql(column, syntax)),
    ...(table.primaryKey === undefined ? [] : [primaryKeySql(table.primaryKey)]),
    ...table.indexes.map((index) => indexSql(index, syntax)),
    ...table.foreignKeys.map((foreignKey) => foreignKeySql(foreignKey, syntax)),
    ...table.checks.map(checkSql),
  ];
  const options = [...optionsSql(table.options), ...(table.comment ? [commentSql(table.comment)] : [])];
  const partitions = table.options.partitionBy;
  return [
    `create ${keyword} ${quoteTable(table)} (\n  ${members.join(',\n  ')}\n)`,
    ...options,
    ...(partitions === undefined ? [] : [`partition by ${partitions}`]),
  ].join(' ');
}

/** The options of a table as `create table` and `alter table` take them. */
export function optionsSql(options: TableOptions): readonly string[] {
  const { engine, charset, collation, rowFormat, autoincrementStart } = options;
  return [
    ...(engine === undefined ? [] : [`engine = ${engine}`]),
    ...(charset === undefined ? [] : [`default character set = ${charset}`]),
    ...(collation === undefined ? [] : [`collate = ${collation}`]),
    ...(rowFormat === undefined ? [] : [`row_format = ${rowFormat}`]),
    ...(autoincrementStart === undefined ? [] : [`auto_increment = ${autoincrementStart}`]),
  ];
}

export function commentSql(comment: string): string {
  return `comment = ${quoteString(comment)}`;
}
