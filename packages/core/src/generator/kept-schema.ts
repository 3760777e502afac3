import type { Connection } from '../driver.js';
import { emptySchema, type Schema } from '../model/schema.js';

/** What a database's server says of itself, which tells what can be asked of it. */
export type Server = Pick<Connection, 'serverVersion' | 'defaultSchema' | 'tableNameCase'>;

/** A schema that was kept, so that the next one can be compared with it where there is no database. */
export interface KeptSchema {
  /** The schema as the database shows it. */
  readonly schema: Schema;
  /** The same as the entities stated it; absent where that was not kept, so that the database is needed. */
  readonly stated?: Schema | undefined;
  /** Whether the database was asked how it shows all of `schema`; else a part of it is as it was stated. */
  readonly isCanonical: boolean;
  /** The server that it was made for; absent where none was known. */
  readonly server?: Server | undefined;
}

/** What there is before the first migration. */
export const nothingKept: KeptSchema = { schema: emptySchema, stated: emptySchema, isCanonical: true };
