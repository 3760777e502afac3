import type { View } from '@dovetail/core/driver';
import { trimSql } from '../lexer.js';
import { quoteIdentifier, quoteIdentifiers } from './quote.js';

/** The statement that creates a view. */
export function createViewSql({ name, columns, definition }: View): string {
  const names = columns === undefined ? '' : ` ${quoteIdentifiers(columns)}`;
  return `create view ${quoteIdentifier(name)}${names} as\n${trimSql(definition)}`;
}
