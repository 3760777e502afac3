import type { Column } from './schema.js';

/** Whether the column must hold a value that nothing but the program gives: a row that exists can't be given it. */
export function needsValue(column: Column): boolean {
  const { nullable, default: value = 'null' } = column;
  return !nullable && value.toLowerCase() === 'null' && !givesItself(column);
}

/** Whether the database itself gives the column its values. */
function givesItself({ generated, identity, autoincrement = false }: Column): boolean {
  return generated !== undefined || identity !== undefined || autoincrement;
}

/** The SQL that gives the rows that exist their value in the column, where the change is one that asks for it. */
export function backfillOf(from: Column | undefined, to: Column): string | undefined {
  if (givesItself(to) || from?.generated !== undefined) return undefined;
  return from === undefined || (from.nullable && !to.nullable) ? to.backfill : undefined;
}
