import type { Table } from '@dovetail/core/driver';
import { quoteName } from './quote.js';

/**
 * Empties tables in one statement, so that those which reference each other need no order. A table besides them that
 * references one of them is an error, for nobody asked to lose its rows.
 */
export function clearStatements(tables: readonly Table[]): string[] {
  return tables.length === 0 ? [] : [`truncate ${tables.map(quoteName).join(', ')} restart identity`];
}
