import type { Column, Index, IndexPart, Schema, Table } from '@dovetail/core/driver';
import { canonicalCollation } from './comparison.js';
import { foldAscii } from './lexer.js';

/**
 * The desired schema as introspection would give it. SQLite stores every text as it is written, and `comparison` knows
 * which texts mean the same; only a collation that is the default where it stands is one that need not be written.
 */
export function canonicalise(desired: Schema): Schema {
  return { ...desired, tables: desired.tables.map(canonicalTable) };
}

/** Few tables state one, and what stays the same table is compared with itself in no time. */
function canonicalTable(table: Table): Table {
  return statesCollations(table) ? withCanonicalCollations(table) : table;
}

function statesCollations({ columns, indexes }: Table): boolean {
  const states = ({ collation }: { readonly collation?: string | undefined }): boolean => collation !== undefined;
  return columns.some(states) || indexes.some(({ parts }) => parts.some(states));
}

function withCanonicalCollations(table: Table): Table {
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      collation: canonicalCollation(column.collation ?? 'binary'),
    })),
    indexes: table.indexes.map((index) => canonicalIndex(index, table.columns)),
  };
}

function canonicalIndex(index: Index, columns: readonly Column[]): Index {
  return { ...index, parts: index.parts.map((part) => canonicalPart(part, columns)) };
}

/** An index compares a column by the column's own collation (sqlite.org/lang_createindex.html#collations). */
function canonicalPart(part: IndexPart, columns: readonly Column[]): IndexPart {
  if (part.collation === undefined) return part;
  const own = 'column' in part ? columns.find(({ name }) => foldAscii(name) === foldAscii(part.column)) : undefined;
  const isDefault = foldAscii(part.collation) === foldAscii(own?.collation ?? 'binary');
  return { ...part, collation: isDefault ? undefined : part.collation };
}
