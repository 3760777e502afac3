import type { Capabilities } from '@dovetail/core/driver';

/** What SQLite can do. It has no limit on the length of names (sqlite.org/limits.html). */
export const capabilities: Capabilities = {
  // Indexes, tables and views share one set of names (sqlite.org/lang_createindex.html).
  indexNameScope: 'namespace',
  constraintNameScope: 'table',
  features: [
    'column-collation',
    'generated-column',
    'named-primary-key',
    // A key of columns that may be null, which SQLite never gave up (sqlite.org/lang_createtable.html#the_primary_key).
    'nullable-key',
    'index-expression',
    'index-where',
    'index-sort',
    'index-collation',
    'foreign-key-deferrable',
    'view',
    'trigger',
    'trigger-columns',
    'trigger-condition',
  ],
  referentialActions: ['no action', 'restrict', 'cascade', 'set null', 'set default'],
  tableOptions: ['strict', 'withoutRowid'],
  defaultTableOptions: { strict: false, withoutRowid: false },
  indexTypes: [],
  defaultIndexType: 'btree',
  // An index is created and dropped in place; a constraint takes a rebuild of its table.
  uniqueAs: 'index',
  enumAs: 'check',
  // SQLite makes no index for a foreign key, and searches the whole child table when a parent row goes without one
  // (sqlite.org/foreignkeys.html#fk_indexes).
  indexForeignKeys: true,
  renamesIndexes: false,
  viewsHinder: 'changes and renames',
  foreignKeysNeedTarget: false,
  transactionalDdl: true,
  // sqlite.org/gencol.html
  generatedDefault: 'virtual',
};
