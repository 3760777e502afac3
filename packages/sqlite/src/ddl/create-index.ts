import type { Index, IndexPart, ObjectName } from '@dovetail/core/driver';
import { trimSql } from '../lexer.js';
import { parenthesised, quoteIdentifier } from './quote.js';

/** The statement that creates an index of the table. */
export function createIndexSql(table: ObjectName, index: Index): string {
  const kind = index.unique ? 'unique index' : 'index';
  const where = index.where === undefined ? '' : ` where ${trimSql(index.where)}`;
  const parts = index.parts.map(partSql).join(', ');
  return `create ${kind} ${quoteIdentifier(index.name)} on ${quoteIdentifier(table.name)} (${parts})${where}`;
}

function partSql(part: IndexPart): string {
  const term = 'column' in part ? quoteIdentifier(part.column) : parenthesised(part.expression);
  const collation = part.collation === undefined ? '' : ` collate ${quoteIdentifier(part.collation)}`;
  const sort = part.sort === 'desc' ? ' desc' : '';
  return term + collation + sort;
}
