import { type FoldName, objectKey } from './names.js';
import type { ObjectName, Schema, Table } from './schema.js';

type TablesByName = ReadonlyMap<string, Table>;

/** Schemas are never changed once they are made, so each is indexed once. */
const known = new WeakMap<FoldName, WeakMap<Schema, TablesByName>>();

/** The tables of a schema, found by `objectKey`. */
export function tablesByName(schema: Schema, fold: FoldName): TablesByName {
  const indexes = known.get(fold) ?? new WeakMap<Schema, TablesByName>();
  known.set(fold, indexes);
  const tables = indexes.get(schema) ?? new Map(schema.tables.map((table) => [objectKey(table, fold), table]));
  indexes.set(schema, tables);
  return tables;
}

/** The table of that name, if the schema has it; in a time that does not grow with the number of its tables. */
export function findTable(schema: Schema, name: ObjectName, fold: FoldName): Table | undefined {
  return tablesByName(schema, fold).get(objectKey(name, fold));
}
