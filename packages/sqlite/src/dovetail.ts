import { DovetailBase, type DovetailOptions, type Driver } from '@dovetail/core';
import type { SqliteConnectionOptions } from './connection.js';
import { sqliteDriver } from './driver.js';

/** What `Dovetail.init` takes on SQLite. */
export interface SqliteOptions extends DovetailOptions, SqliteConnectionOptions {}

/**
 * Dovetail on SQLite.
 *
 * @example
 * const orm = await Dovetail.init({ entities: [Author, Book], dbName: 'library.db' });
 * await orm.schema.updateSchema();
 * await orm.close();
 */
export class Dovetail extends DovetailBase {
  /** The database system that it is bound to. */
  static readonly driver: Driver<SqliteConnectionOptions> = sqliteDriver;

  /**
   * Reads the entities and opens the database, which is created if it is missing.
   *
   * @throws DovetailError `invalid-metadata`, `unsupported-feature` or `connection-failed`.
   */
  static async init(options: SqliteOptions): Promise<Dovetail> {
    return new this(await DovetailBase.open(sqliteDriver, options));
  }
}
