import type { ObjectName } from './schema.js';

/** A name as a person reads it: `shop.customer`, or `customer` in the default schema. */
export function displayName({ schema, name }: ObjectName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** How names fold in a database: names that fold alike are the same object. */
export type FoldName = (name: string) => string;

/** A key under which a named object is found in a `Map`, the same for names that are the same object. */
export function objectKey({ schema, name }: ObjectName, fold: FoldName): string {
  return schema === undefined ? `.${fold(name)}` : JSON.stringify([fold(schema), fold(name)]);
}

export function sameObject(a: ObjectName, b: ObjectName, fold: FoldName): boolean {
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
