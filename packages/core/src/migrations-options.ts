/** Where the files of migrations are, how they are written, and how they are run. */
export interface MigrationsOptions {
  /** The folder of the migrations that are run, relative to `baseDir`. The default is `migrations`. */
  readonly path?: string;
  /**
   * The folder of their TypeScript sources, where `path` holds what they are compiled to: migrations are written there,
   * and read from there where TypeScript can be loaded. The default is `path`.
   */
  readonly pathTs?: string;
  /** Which files of the folder are migrations. The default is every script and SQL file but declarations. */
  readonly glob?: string;
  /** The table that keeps which migrations were run. The default is `dovetail_migrations`. No diff mentions it. */
  readonly tableName?: string;
  /** Write and read a snapshot of the schema beside the migrations. The default is true. */
  readonly snapshot?: boolean;
  /** The name of the snapshot's file, without `.json`. The default is `.snapshot`. */
  readonly snapshotName?: string;
  /** Run each migration in a transaction, where DDL can be in one. The default is true. */
  readonly transactional?: boolean;
  /** Run all migrations of one call in one transaction, where DDL can be in one. The default is true. */
  readonly allOrNothing?: boolean;
  /** Write migrations that drop no tables and columns. The default is false. */
  readonly safe?: boolean;
  /** Write migrations that drop the tables that no entity describes. The default is true. */
  readonly dropTables?: boolean;
  /** The language that migrations are written in. The default is `ts`. */
  readonly emit?: MigrationLanguage;
  /** The name of a new migration, without its extension. The default is `Migration20301231235959_name`. */
  readonly fileName?: (timestamp: string, name?: string) => string;
  /** The text of a new migration. The default is what the documentation shows for its language. */
  readonly template?: (migration: MigrationDraft) => string;
}

/** The languages that migrations are written in; `js` is CommonJS where the nearest package.json does not say otherwise. */
export type MigrationLanguage = 'ts' | 'js' | 'mjs' | 'sql';

/** A migration that is about to be written. */
export interface MigrationDraft {
  /** Its name, which is that of its file without the extension. */
  readonly name: string;
  /** The statements that carry it out. */
  readonly up: readonly DraftStatement[];
  /** The statements that take it back; absent where that cannot be done. */
  readonly down?: readonly DraftStatement[] | undefined;
  /** What taking it back does not bring back, one sentence each. */
  readonly irreversible: readonly string[];
  /** Whether it can be in a transaction, where DDL can be in one. */
  readonly transactional: boolean;
  /** Foreign keys must not be enforced while it runs. */
  readonly suspendsForeignKeys: boolean;
  /** The migrations that it takes the place of. */
  readonly replaces: readonly string[];
}

/** A statement that is about to be written. */
export interface DraftStatement {
  /** One SQL statement, without a closing semicolon. */
  readonly sql: string;
  /** What it does, and what is at stake: one line each. */
  readonly comments: readonly string[];
}
