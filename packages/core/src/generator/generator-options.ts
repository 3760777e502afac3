import type { Consent, PlanOptions } from '../model/plan.js';

/** How an update is planned. */
export interface UpdateOptions {
  /** What you consent to. Without `data-loss`, an update that would destroy rows or values that exist is refused. */
  readonly allow?: readonly Consent[] | undefined;
  /** Plan no drops of tables and columns, and lose no values whatever `allow` says. The default is false. */
  readonly safe?: boolean | undefined;
  /** Drop tables that no entity describes. The default is true; those that hold rows need consent. */
  readonly dropTables?: boolean | undefined;
  /** Take one removed and one added object of the same definition for a rename. The default is true. */
  readonly assumeRenames?: boolean | undefined;
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
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
  const { allow = [], safe = false, dropTables = true, assumeRenames = true, schema } = options;
  return { allow, safe, dropTables, assumeRenames, ...(schema !== undefined && { schema }) };
}
