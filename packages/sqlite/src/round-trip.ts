import { isObject, type Table, UnreadableDefinition } from '@dovetail/core/driver';
import type { CatalogObject } from './catalog.js';
import { createIndexSql } from './ddl/create-index.js';
import { createTableSql } from './ddl/create-table.js';
import { createTriggerSql } from './ddl/create-trigger.js';
import { readCreateIndex } from './parse/create-index.js';
import { readCreateTable } from './parse/create-table.js';
import { readCreateTrigger } from './parse/create-trigger.js';
import { storedForm } from './written.js';

/**
 * Names each object of the table that is not the same once it is rendered as DDL and read back.
 *
 * @param objects the texts that the table was read from.
 */
export function roundTripFailures(table: Table, objects: readonly CatalogObject[]): readonly string[] {
  const texts = new Set(objects.map(({ sql }) => sql));
  const definition = { ...table, indexes: [], triggers: [], unmodelled: [] };
  const failures: string[] = [];
  const expect = (what: string, object: unknown, ddl: string, read: (sql: string) => unknown): void => {
    // The very text that the object was read from leaves nothing to compare.
    if (!texts.has(storedForm(ddl)) && !comesBack(object, ddl, read)) {
      failures.push(`${what}, which does not come back from its DDL`);
    }
  };
  expect('its definition', definition, createTableSql(table), readCreateTable);
  for (const index of table.indexes) {
    const read = (sql: string): unknown => readCreateIndex(sql, table.columns);
    expect(`index "${index.name}"`, index, createIndexSql(table, index), read);
  }
  for (const trigger of table.triggers) {
    expect(`trigger "${trigger.name}"`, trigger, createTriggerSql(table, trigger), readCreateTrigger);
  }
  return failures;
}

function comesBack(object: unknown, ddl: string, read: (sql: string) => unknown): boolean {
  try {
    return sameData(object, read(ddl));
  } catch (error) {
    if (error instanceof UnreadableDefinition) return false;
    throw error;
  }
}

/** Whether two values of plain data are equal; a key that is absent is one that is undefined. */
function sameData(a: unknown, b: unknown): boolean {
  if (a === b || !isObject(a) || !isObject(b)) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameData(Reflect.get(a, key), Reflect.get(b, key)));
}
