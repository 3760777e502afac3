import type { IndexPart, PrecheckDialect, RowKeyPart, Table } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { rowidName } from '../rowid.js';
import { stored } from './conversion.js';
import { quoteIdentifier } from './quote.js';

/** What the standard queries need to know of SQLite. */
export const dialect: PrecheckDialect = {
  names: comparison,
  quote: quoteIdentifier,
  table: ({ name }) => quoteIdentifier(name),
  stored,
  mentions: comparison.mentions,
  indexKey,
  rowPlace,
};

function indexKey(part: IndexPart): string {
  const key = 'column' in part ? quoteIdentifier(part.column) : `(${part.expression})`;
  return part.collation === undefined ? key : `${key} collate ${quoteIdentifier(part.collation)}`;
}

function rowPlace(table: Table): readonly RowKeyPart[] {
  const name = rowidName([table]);
  return name === undefined ? [] : [{ name, expression: name }];
}
