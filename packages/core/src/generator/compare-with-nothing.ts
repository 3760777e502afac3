import { diffSchemas } from '../diff/diff.js';
import type { Connection, Driver } from '../driver.js';
import { emptySchema, type Schema } from '../model/schema.js';
import type { Difference } from './compare.js';

/**
 * What creates all that is desired in an empty database. Where there is none to ask, texts are as the driver alone can
 * tell.
 */
export async function compareWithNothing(
  desired: Schema,
  driver: Driver,
  connection: Connection | undefined,
): Promise<Difference> {
  const canonical =
    connection === undefined
      ? (driver.canonicaliseOffline?.(desired) ?? desired)
      : await driver.canonicalise(connection, desired, emptySchema);
  const changes = diffSchemas(emptySchema, canonical, driver.comparison);
  return { before: emptySchema, cleared: [], actual: emptySchema, renames: [], changes };
}
