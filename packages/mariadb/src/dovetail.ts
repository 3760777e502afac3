import { DovetailBase, type DovetailOptions, type Driver } from '@dovetail/core';
import type { MysqlConnectionOptions } from '@dovetail/mysql/family';
import { mariadbDriver } from './driver.js';

/** What `Dovetail.init` takes on MariaDB. */
export interface MariadbOptions extends DovetailOptions, MysqlConnectionOptions {}

/**
 * Dovetail on MariaDB.
 *
 * @example
 * const orm = await Dovetail.init({ entities: [Author, Book], dbName: 'library', user: 'root' });
 * await orm.schema.updateSchema();
 * await orm.close();
 */
export class Dovetail extends DovetailBase {
  /** The database system that it is bound to. */
  static readonly driver: Driver<MysqlConnectionOptions> = mariadbDriver;

  /**
   * Reads the entities and opens the database, which is created if it is missing.
   *
   * @throws DovetailError `invalid-metadata`, `unsupported-feature` or `connection-failed`.
   */
  static async init(options: MariadbOptions): Promise<Dovetail> {
    return new this(await DovetailBase.open(mariadbDriver, { ...options, schema: options.schema ?? options.dbName }));
  }
}
