import { quoteIdentifier, quoteString } from './ddl/quote.js';

/** What is at a path of keys in a JSON column (sqlite.org/json1.html#jptr). A key that is no plain word is quoted. */
export function jsonPath(column: string, path: readonly string[]): string {
  const keys = path.map((key) => `.${/^[a-z_][a-z0-9_]*$/i.test(key) ? key : JSON.stringify(key)}`);
  return `json_extract(${quoteIdentifier(column)}, ${quoteString(`$${keys.join('')}`)})`;
}
