import type { CheckMetadata, ColumnMetadata, ForeignKeyMetadata, IndexMetadata } from './entity-metadata.js';
import type { DiscoveryContext } from './entity-model.js';
import type { NamedProperty } from './named-property.js';
import type { Scope } from './scope.js';

/** What properties put into their table. */
export interface Layout {
  readonly columns: readonly ColumnMetadata[];
  readonly foreignKeys: readonly ForeignKeyMetadata[];
  readonly indexes: readonly IndexMetadata[];
  readonly checks: readonly CheckMetadata[];
}

/** The table that properties are laid out in. */
export interface TableContext extends DiscoveryContext {
  readonly table: string;
  /** The columns of the primary key. */
  readonly primaryKey: readonly string[];
  /** The property that each column is of, where a composite foreign key shares columns with another property. */
  readonly columnOwners: ReadonlyMap<string, NamedProperty>;
}

/** The table, and the properties that the texts of an option may name. */
export interface PropertyContext extends TableContext {
  readonly scope: Scope;
}

export const emptyLayout: Layout = { columns: [], foreignKeys: [], indexes: [], checks: [] };

export function mergeLayouts(layouts: readonly Layout[]): Layout {
  const columns: ColumnMetadata[] = [];
  const foreignKeys: ForeignKeyMetadata[] = [];
  const indexes: IndexMetadata[] = [];
  const checks: CheckMetadata[] = [];
  for (const layout of layouts) {
    columns.push(...layout.columns);
    foreignKeys.push(...layout.foreignKeys);
    indexes.push(...layout.indexes);
    checks.push(...layout.checks);
  }
  return { columns, foreignKeys, indexes, checks };
}
