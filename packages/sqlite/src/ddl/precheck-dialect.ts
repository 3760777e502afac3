import type { Column, IndexPart, PrecheckDialect, RowKeyPart, Table } from '@dovetail/core/driver';
import { affinityOf } from '../affinity.js';
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
  mergesValues,
  rowPlace,
};

/** `007` and `7` are one number; a column without affinity holds numbers beside their texts. */
function mergesValues(from: Column, to: Column): boolean {
  const [before, after] = [affinityOf(from.type), affinityOf(to.type)];
  if (from.collation !== to.collation) return true;
  return before !== after && (before === 'blob' || (after !== 'blob' && after !== 'text'));
}

function indexKey(part: IndexPart): string {
  const key = 'column' in part ? quoteIdentifier(part.column) : `(${part.expression})`;
  return part.collation === undefined ? key : `${key} collate ${quoteIdentifier(part.collation)}`;
}

function rowPlace(table: Table): readonly RowKeyPart[] {
  const name = rowidName([table]);
  return name === undefined ? [] : [{ name, expression: name }];
}
