import type { Capabilities, Feature } from '@dovetail/core/driver';

/** What MySQL and MariaDB both can do, with the features that one of them has besides. */
export function familyCapabilities(features: readonly Feature[]): Capabilities {
  return {
    // refman/9.7/en/identifier-length.html
    identifierLimit: { length: 64, unit: 'characters' },
    indexNameScope: 'table',
    // Foreign keys and checks share names with those of other tables (refman/9.7/en/create-table-foreign-keys.html).
    constraintNameScope: 'namespace',
    features: [...common, ...features],
    // InnoDB refuses `set default`.
    referentialActions: ['no action', 'restrict', 'cascade', 'set null'],
    tableOptions: ['engine', 'charset', 'collation', 'rowFormat', 'autoincrementStart', 'partitionBy'],
    defaultTableOptions: {},
    // InnoDB makes a B-tree of a hash index without a word.
    indexTypes: ['fulltext', 'spatial'],
    defaultIndexType: 'btree',
    uniqueAs: 'index',
    enumAs: 'column-type',
    indexForeignKeys: true,
    renamesIndexes: true,
    viewsHinder: 'nothing',
    foreignKeysNeedTarget: true,
    transactionalDdl: false,
    generatedDefault: 'virtual',
  };
}

const common: readonly Feature[] = [
  'namespaces',
  'table-comment',
  'column-comment',
  'column-collation',
  'column-charset',
  'column-extra',
  'unsigned',
  'zerofill',
  'generated-column',
  'index-length',
  'index-invisible',
  'index-comment',
  'index-parser',
  'view',
  'trigger',
];
