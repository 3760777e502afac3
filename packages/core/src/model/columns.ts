import type { Column } from './schema.js';

/** Whether the column must hold a value that nothing but the program gives: a row that exists can't be given it. */
export function needsValue(column: Column): boolean {
  const { nullable, default: value = 'null', generated, identity, autoincrement = false } = column;
  return (
    !nullable && value.toLowerCase() === 'null' && generated === undefined && identity === undefined && !autoincrement
  );
}
