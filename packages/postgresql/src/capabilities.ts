import type { Capabilities, Feature } from '@dovetail/core/driver';

const features: readonly Feature[] = [
  'namespaces',
  'native-enum',
  'table-comment',
  'column-comment',
  'column-collation',
  'identity',
  'array-column',
  'generated-column',
  'named-primary-key',
  'index-expression',
  'index-where',
  'index-include',
  'index-sort',
  'index-nulls',
  'index-opclass',
  'index-collation',
  'index-storage',
  'index-comment',
  'unique-deferrable',
  'foreign-key-deferrable',
  'foreign-key-match',
  'exclusion',
  'view',
  'materialized-view',
  'trigger',
  'trigger-columns',
  'trigger-condition',
];

/** PostgreSQL's own access methods, and those of well-known extensions. */
const indexTypes: readonly string[] =
  'hash gin gist spgist brin bloom rum hnsw ivfflat diskann vchordrq bm25 pgroonga zombodb'.split(' ');

const newestVersion = '18';

/** What a PostgreSQL server of that version can do. */
export function capabilities(serverVersion: string = newestVersion): Capabilities {
  const major = Number.parseInt(serverVersion, 10);
  return {
    // NAMEDATALEN, postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
    identifierLimit: { length: 63, unit: 'bytes' },
    // Tables, indexes and views share one set of names in each schema.
    indexNameScope: 'namespace',
    constraintNameScope: 'table',
    features: [
      ...features,
      ...(major >= 15 ? (['nulls-not-distinct'] as const) : []),
      ...(major >= 18 ? (['check-not-enforced'] as const) : []),
    ],
    referentialActions: ['no action', 'restrict', 'cascade', 'set null', 'set default'],
    tableOptions: ['unlogged', 'tablespace', 'partitionBy'],
    defaultTableOptions: { unlogged: false },
    indexTypes,
    defaultIndexType: 'btree',
    uniqueAs: 'constraint',
    enumAs: 'check',
    // PostgreSQL makes no index for a foreign key, and searches the whole table when a referenced row goes without one
    // (postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK).
    indexForeignKeys: true,
    renamesIndexes: true,
    viewsHinder: 'changes',
    foreignKeysNeedTarget: true,
    transactionalDdl: true,
    // postgresql.org/docs/current/ddl-generated-columns.html: before 18, there is no other.
    generatedDefault: 'stored',
  };
}
