import type { Driver } from '@dovetail/core/driver';
import { applyRenames } from './apply-renames.js';
import { canonicalise, canonicaliseOffline } from './canonicalise.js';
import { capabilities } from './capabilities.js';
import { comparison } from './comparison.js';
import { connectionOptions, placeOf, type PostgresqlConnectionOptions } from './connection.js';
import { databaseScript, dropDatabase, ensureDatabase } from './database.js';
import { connectToSchema } from './default-schema.js';
import { ddl } from './ddl/index.js';
import { introspect } from './introspect.js';
import { privileges } from './privileges.js';
import { exclusively, withoutTrace } from './session.js';
import { underLock } from './session-lock.js';
import { survey } from './survey.js';
import { types } from './types.js';
import { unusedWithout } from './unused.js';

/** PostgreSQL as Dovetail sees it. `Dovetail.init` uses it; tools of your own may as well. */
export const postgresqlDriver: Driver<PostgresqlConnectionOptions> = {
  name: 'PostgreSQL',
  connectionOptions,
  types,
  comparison,
  ddl,
  capabilities,
  placeOf,
  connect: connectToSchema,
  ensureDatabase,
  dropDatabase,
  databaseScript,
  introspect,
  survey,
  privileges,
  unusedWithout,
  applyRenames,
  canonicalise,
  canonicaliseOffline,
  exclusively: (connection, options, body) =>
    (options.transaction === false ? underLock : exclusively)(connection, options, body),
  withoutTrace,
};
