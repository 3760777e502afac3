import type { Column, EnumType, Table, Trigger } from './schema.js';

type Hint = keyof Column | keyof EnumType | keyof Table | keyof Trigger;

const hints: ReadonlySet<string> = new Set<Hint>([
  'previousName',
  'previousNameAsStated',
  'previousItems',
  'backfill',
  'ignoreSchemaChanges',
  'managed',
]);

/** Whether a property of an object is what entities say beside the schema, and nothing that a database has. */
export function isHint(property: string): boolean {
  return hints.has(property);
}
