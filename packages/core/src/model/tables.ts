import { objectKey, type TableNames } from './names.js';
import type { ObjectName, Schema, Table } from './schema.js';

type TablesByName = ReadonlyMap<string, Table>;

/** Schemas are never changed once they are made, so each is indexed once. */
const known = new WeakMap<TableNames, WeakMap<Schema, TablesByName>>();

/** The tables of a schema, found by `objectKey`. */
export function tablesByName(schema: Schema, names: TableNames): TablesByName {
  const indexes = known.get(names) ?? new WeakMap<Schema, TablesByName>();
  known.set(names, indexes);
  const tables = indexes.get(schema) ?? new Map(schema.tables.map((table) => [objectKey(table, names), table]));
  indexes.set(schema, tables);
  return tables;
}

/** The table of that name, if the schema has it; in a time that does not grow with the number of its tables. */
export function findTable(schema: Schema, name: ObjectName, names: TableNames): Table | undefined {
  return tablesByName(schema, names).get(objectKey(name, names));
}
