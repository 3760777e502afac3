import type { ReferentialAction, TableOptions } from './model/schema.js';

/** What a database can do, as data. */
export interface Capabilities {
  /** The longest identifier; absent where there is no limit. */
  readonly identifierLimit?: { readonly length: number; readonly unit: 'bytes' | 'characters' } | undefined;
  /** Where index names must be unique. */
  readonly indexNameScope: 'table' | 'namespace';
  /** Where the names of foreign keys and checks must be unique. */
  readonly constraintNameScope: 'table' | 'namespace';
  readonly features: readonly Feature[];
  readonly referentialActions: readonly ReferentialAction[];
  /** The table options that the database has. */
  readonly tableOptions: readonly (keyof TableOptions)[];
  /** The values of options that are compared even when an entity does not state them. */
  readonly defaultTableOptions: TableOptions;
  /** The access methods and kinds of index (the `type` option) that the database has. */
  readonly indexTypes: readonly string[] | 'any';
  /** The kind that an index has when none is stated; an index that states it is as one that states none. */
  readonly defaultIndexType: string;
  /** Whether `@Unique` over plain columns becomes a table constraint or a unique index. */
  readonly uniqueAs: 'constraint' | 'index';
  /** How an enum of strings is kept: a check constraint besides a text column, or a column type of its own. */
  readonly enumAs: 'check' | 'column-type';
  /** Whether the column of a foreign key gets an index of its own. */
  readonly indexForeignKeys: boolean;
  /** Whether an index can be renamed where it stands; else it is dropped and created. */
  readonly renamesIndexes: boolean;
  /**
   * What is refused that a view would not survive, so that one which is to be made anew has to go before: changes of the
   * tables that it reads, renames as well, or nothing at all.
   */
  readonly viewsHinder: 'nothing' | 'changes' | 'changes and renames';
  /** Whether the table that a foreign key references must exist before the foreign key. */
  readonly foreignKeysNeedTarget: boolean;
  /** Whether DDL takes part in transactions. */
  readonly transactionalDdl: boolean;
  /** The default storage of a generated column whose text does not say `stored` or `virtual`. */
  readonly generatedDefault: 'stored' | 'virtual';
}

/** What not every database has. An entity that asks for a missing one is an error that names it. */
export type Feature =
  | 'namespaces'
  | 'native-enum'
  | 'table-comment'
  | 'column-comment'
  | 'column-collation'
  | 'column-charset'
  | 'column-extra'
  | 'unsigned'
  | 'zerofill'
  | 'srid'
  | 'invisible-column'
  | 'identity'
  | 'array-column'
  | 'generated-column'
  | 'named-primary-key'
  | 'nullable-key'
  | 'index-expression'
  | 'index-where'
  | 'index-include'
  | 'index-sort'
  | 'index-nulls'
  | 'index-length'
  | 'index-opclass'
  | 'index-collation'
  | 'index-invisible'
  | 'index-storage'
  | 'index-comment'
  | 'index-parser'
  | 'nulls-not-distinct'
  | 'unique-deferrable'
  | 'foreign-key-deferrable'
  | 'foreign-key-match'
  | 'check-not-enforced'
  | 'exclusion'
  | 'view'
  | 'materialized-view'
  | 'trigger'
  | 'trigger-columns'
  | 'trigger-condition';
