import type { Driver } from '@dovetail/core/driver';
import { renameIn } from './apply-renames.js';
import { rememberFormerNames } from './autoincrement-start.js';
import { canonicalise, canonicaliseOffline } from './canonicalise.js';
import { comparison } from './comparison.js';
import { connect, connectionOptions, placeOf, type MysqlConnectionOptions } from './connection.js';
import { databaseScript, dropDatabase, ensureDatabase } from './database.js';
import { ddlOf } from './ddl/index.js';
import type { Flavour } from './flavour.js';
import { introspect } from './introspect.js';
import { mysql } from './mysql.js';
import { privileges } from './privileges.js';
import { exclusively } from './session.js';
import { survey } from './survey.js';
import { typeTable } from './types.js';

/** The driver of a server of the MySQL family. */
export function driverOf(flavour: Flavour): Driver<MysqlConnectionOptions> {
  return {
    name: flavour.name,
    connectionOptions,
    types: typeTable(flavour),
    comparison,
    ddl: ddlOf(flavour.syntax),
    capabilities: flavour.capabilities,
    placeOf: (options) => placeOf(options, options.dbName),
    connect,
    ensureDatabase,
    dropDatabase,
    databaseScript,
    introspect: (connection, scope) => introspect(connection, scope, flavour),
    survey,
    privileges,
    applyRenames(_connection, actual, renames) {
      const renamed = renames.reduce(renameIn, actual);
      rememberFormerNames(actual.tables, renamed.tables);
      return Promise.resolve(renamed);
    },
    canonicalise: (connection, desired, actual, update) => canonicalise(connection, desired, actual, flavour, update),
    canonicaliseOffline: (desired) => canonicaliseOffline(desired, flavour),
    exclusively,
  };
}

/** MySQL as Dovetail sees it. `Dovetail.init` uses it; tools of your own may as well. */
export const mysqlDriver: Driver<MysqlConnectionOptions> = driverOf(mysql);
