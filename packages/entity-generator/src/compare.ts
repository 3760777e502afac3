import { describeChange, discoverEntities } from '@dovetail/core';
import { buildSchema, diffSchemas } from '@dovetail/core/driver';
import type { DovetailBase } from '@dovetail/core';
import { declareClasses } from './declare.js';
import type { EntityDescription } from './description.js';
import type { Source } from './source.js';

/** What an update by the entities would change in the database that they were made of. */
export async function differencesFrom(
  entities: readonly EntityDescription[],
  source: Source,
  { namingStrategy }: DovetailBase['entityOptions'],
): Promise<readonly string[]> {
  const { driver, connection, capabilities, schema, defaultSchema } = source;
  const metadata = await discoverEntities({
    entities: declareClasses(entities),
    ...(namingStrategy !== undefined && { namingStrategy }),
    discovery: { inferDefaultValues: false, warnWhenNoEntities: false },
  });
  const { tableNameCase } = connection;
  const desired = buildSchema({ ...metadata, driver, capabilities, options: { defaultSchema, tableNameCase } });
  const canonical = await driver.canonicalise(connection, desired, schema);
  return diffSchemas(schema, canonical, driver.comparison)
    .filter(({ kind }) => kind !== 'drop-enum')
    .map((change) => {
      const { where, what } = describeChange(change);
      return `${where}: ${what}`;
    });
}
