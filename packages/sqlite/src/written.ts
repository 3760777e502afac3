import type { Table } from '@dovetail/core/driver';
import type { CatalogObject } from './catalog.js';
import { createIndexSql } from './ddl/create-index.js';
import { createTableSql } from './ddl/create-table.js';
import { createTriggerSql } from './ddl/create-trigger.js';

/** Whether the catalog holds of a table, to the letter, what would be written for it, and nothing else. */
export function isWritten(table: Table, objects: readonly CatalogObject[]): boolean {
  if (objects.length !== 1 + table.indexes.length + table.triggers.length) return false;
  const texts = new Set(objects.map(({ sql }) => sql));
  const holds = (ddl: string): boolean => texts.has(storedForm(ddl));
  return (
    holds(createTableSql(table)) &&
    table.indexes.every((index) => holds(createIndexSql(table, index))) &&
    table.triggers.every((trigger) => holds(createTriggerSql(table, trigger)))
  );
}

/** The DDL as `sqlite_schema` would hold it: with its first keywords in upper case (sqlite.org/schematab.html). */
export function storedForm(ddl: string): string {
  const keywords = ddl.indexOf('"');
  return ddl.slice(0, keywords).toUpperCase() + ddl.slice(keywords);
}
