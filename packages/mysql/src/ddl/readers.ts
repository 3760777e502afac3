import type { Column } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';

const { foldName, mentions } = comparison;

/**
 * The other columns that read one of the columns, themselves or through one that is computed. MySQL takes a virtual
 * column for its expression: it refuses what it would refuse if they all read the column themselves, unless they are
 * stated anew in the same statement.
 */
export function readersOf(names: readonly string[], columns: readonly Column[]): readonly Column[] {
  const folded = names.map(foldName);
  const readers = columns.filter((column) => !folded.includes(foldName(column.name)) && reads(column, names));
  if (readers.length === 0) return [];
  return [...readers, ...readersOf([...names, ...readers.map(({ name }) => name)], columns)];
}

function reads({ generated, default: text = '' }: Column, names: readonly string[]): boolean {
  return mentionsAny(generated?.expression ?? text, names);
}

export function mentionsAny(expression: string, names: readonly string[]): boolean {
  return names.some((name) => mentions(expression, name));
}
