import type { ObjectName } from './schema.js';

/** A name as a person reads it: `shop.customer`, or `customer` in the default schema. */
export function displayName({ schema, name }: ObjectName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** How names fold in a database: names that fold alike are the same object; the identity where case tells them apart. */
export type FoldName = (name: string) => string;

/** How a database tells apart what an `ObjectName` names. */
export interface TableNames {
  /** Folds the names of tables, views, types and namespaces. */
  readonly foldTableName: FoldName;
}

/** How a database tells apart whatever has a name. */
export interface Names extends TableNames {
  /** Folds the names of columns, indexes, constraints and triggers. */
  readonly foldName: FoldName;
}

/** How a server spells the names of tables, views and namespaces. */
export interface TableSpelling {
  /** `lower` where the server has them in lower case, however they are given; absent where it takes them as they are. */
  readonly tableNameCase?: 'lower' | undefined;
}

/** The name of a table, view or namespace as the server spells it. */
export function spelled(name: string, { tableNameCase }: TableSpelling): string {
  return tableNameCase === 'lower' ? name.toLowerCase() : name;
}

/** A key under which a named object is found in a `Map`, the same for names that are the same object. */
export function objectKey({ schema, name }: ObjectName, { foldTableName: fold }: TableNames): string {
  return schema === undefined ? `.${fold(name)}` : JSON.stringify([fold(schema), fold(name)]);
}

/** Such a key for what has its name in the namespace of a table: an index or a constraint, in some databases. */
export function memberKey({ schema }: ObjectName, name: string, names: Names): string {
  return objectKey({ schema, name: names.foldName(name) }, names);
}

export function sameObject(a: ObjectName, b: ObjectName, { foldTableName: fold }: TableNames): boolean {
  if (fold(a.name) !== fold(b.name)) return false;
  return a.schema === undefined || b.schema === undefined ? a.schema === b.schema : fold(a.schema) === fold(b.schema);
}

/** Whether two lists name the same things in the same order. */
export function sameNames(a: readonly string[], b: readonly string[], fold: FoldName): boolean {
  return a.length === b.length && a.every((name, index) => fold(name) === fold(b[index] ?? ''));
}

/** The name alone, without what else an object holds. */
export function nameOf({ schema, name }: ObjectName): ObjectName {
  return schema === undefined ? { name } : { schema, name };
}

/** Orders texts the same way on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
