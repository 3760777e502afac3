import { DovetailBase, type DovetailOptions, type Driver } from '@dovetail/core';
import type { PostgresqlConnectionOptions } from './connection.js';
import { postgresqlDriver } from './driver.js';

/** What `Dovetail.init` takes on PostgreSQL. */
export interface PostgresqlOptions extends DovetailOptions, PostgresqlConnectionOptions {}

/**
 * Dovetail on PostgreSQL.
 *
 * @example
 * const orm = await Dovetail.init({ entities: [Author, Book], dbName: 'library', host: 'localhost', user: 'me' });
 * await orm.schema.updateSchema();
 * await orm.close();
 */
export class Dovetail extends DovetailBase {
  /** The database system that it is bound to. */
  static readonly driver: Driver<PostgresqlConnectionOptions> = postgresqlDriver;

  /**
   * Reads the entities and opens the database, which is created if it is missing.
   *
   * @throws DovetailError `invalid-metadata`, `unsupported-feature` or `connection-failed`.
   */
  static async init(options: PostgresqlOptions): Promise<Dovetail> {
    return new this(await DovetailBase.open(postgresqlDriver, options));
  }
}
