import type { Consent, PlanOptions, StatedRenames } from '../model/plan.js';
import type { KeptSchema } from './kept-schema.js';

/** How an update is planned. */
export interface UpdateOptions {
  /** What you consent to. Without `data-loss`, an update that would destroy rows or values that exist is refused. */
  readonly allow?: readonly Consent[] | undefined;
  /** Plan no drops of tables and columns, nor any other change that could lose values. The default is false. */
  readonly safe?: boolean | undefined;
  /** Drop tables that no entity describes. The default is true; those that hold rows need consent. */
  readonly dropTables?: boolean | undefined;
  /** Take one removed and one added object of the same definition for a rename. The default is true. */
  readonly assumeRenames?: boolean | undefined;
  /**
   * What was renamed, by its path in the database: `{ writer: 'author', 'author.name': 'full_name' }`; false where
   * something was not (`{ 'author.nick': false }`). Paths lead to tables, columns, enums, their values and schemas.
   */
  readonly renames?: StatedRenames | undefined;
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

/** What a migration is written from. */
export interface DraftOptions extends UpdateOptions {
  /**
   * Start from this schema instead of the one that the database has. Without a connection (`connect: false`) it is
   * needed, with what was stated.
   */
  readonly from?: KeptSchema | undefined;
}

/** How something runs alone. */
export interface ExclusiveAccess {
  /** Foreign keys must not be enforced meanwhile. The default is false. */
  readonly suspendForeignKeys?: boolean | undefined;
  /** False for what no transaction takes. The default is true, where the database has transactional DDL. */
  readonly transaction?: boolean | undefined;
  /** Stops the waiting for others. */
  readonly signal?: AbortSignal | undefined;
}

/** What is created, or cleared. */
export interface CreateOptions {
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

/** What is dropped. */
export interface DropOptions {
  /** Remove the whole database, not its tables one by one. */
  readonly dropDb?: boolean | undefined;
  /** Drop the table that keeps which migrations were run as well. The default is false. */
  readonly dropMigrationsTable?: boolean | undefined;
  /** Drop tables that no entity describes as well. The default is true; those that hold rows need consent. */
  readonly dropTables?: boolean | undefined;
  /** Consent to the loss of rows in tables that no entity describes. */
  readonly allow?: readonly Consent[] | undefined;
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

/** What is dropped, and whether it is created again. */
export interface RefreshOptions extends DropOptions {
  /** Whether the schema is created again. The default is true. */
  readonly createSchema?: boolean | undefined;
}

/** What is done besides creating the database if it is missing. */
export interface EnsureDatabaseOptions {
  /** Create the schema when the database was missing. */
  readonly create?: boolean | undefined;
  /** Empty all tables when the database exists. */
  readonly clear?: boolean | undefined;
}

/** What was left out of the options, at its default. */
export function planOptions(options: UpdateOptions): PlanOptions {
  const { allow = [], safe = false, dropTables = true, assumeRenames = true, renames, schema } = options;
  return {
    allow,
    safe,
    dropTables,
    assumeRenames,
    ...(renames && { renames }),
    ...(schema !== undefined && { schema }),
  };
}
