import type { ObjectName } from '../model/schema.js';

/** An object is renamed within its namespace alone. */
export function within<Item extends ObjectName>(items: readonly Item[], schema: string | undefined): readonly Item[] {
  return items.filter((item) => item.schema === schema);
}
