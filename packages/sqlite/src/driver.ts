import type { Driver } from '@dovetail/core/driver';
import { applyRenames } from './apply-renames.js';
import { capabilities } from './capabilities.js';
import { canonicalise } from './canonicalise.js';
import { comparison } from './comparison.js';
import { connect, connectionOptions, type SqliteConnectionOptions } from './connection.js';
import { databaseScript, dropDatabase, ensureDatabase } from './database-file.js';
import { ddl } from './ddl/index.js';
import { introspect, introspectAgainst } from './introspect.js';
import { privileges } from './privileges.js';
import { exclusively } from './session.js';
import { survey } from './survey.js';
import { types } from './types.js';

/** SQLite as Dovetail sees it. `Dovetail.init` uses it; tools of your own may as well. */
export const sqliteDriver: Driver<SqliteConnectionOptions> = {
  name: 'SQLite',
  connectionOptions,
  types,
  comparison,
  ddl,
  capabilities: () => capabilities,
  placeOf: ({ dbName }) => dbName,
  connect,
  ensureDatabase,
  dropDatabase,
  databaseScript,
  introspect,
  introspectAgainst,
  survey,
  privileges,
  applyRenames,
  canonicalise: (_connection, desired) => Promise.resolve(canonicalise(desired)),
  canonicaliseOffline: canonicalise,
  exclusively,
};
