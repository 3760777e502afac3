import { readFileSync } from 'node:fs';
import { type Connection, diffSchemas, emptySchema, makeSteps, type Schema } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { comparison } from './comparison.js';
import { connect } from './connection.js';
import { inDatabase, servers } from './database.fixture.js';
import { quoteName } from './ddl/quote.js';
import { postgresqlDriver as driver } from './driver.js';
import { introspect } from './introspect.js';

describe.each(servers)('on the $release server', { timeout: 60_000 }, ({ url }) => {
  test.each([
    { name: 'chinook', tables: 11, views: 0, indexes: 11, enums: 0, triggers: 0 },
    { name: 'guacamole', tables: 23, views: 0, indexes: 32, enums: 5, triggers: 0 },
    { name: 'hydra', tables: 16, views: 0, indexes: 42, enums: 0, triggers: 0 },
    { name: 'pagila', tables: 15, views: 8, indexes: 15, enums: 1, triggers: 15 },
    { name: 'temporal-visibility', tables: 1, views: 0, indexes: 73, enums: 0, triggers: 0 },
  ])('$name comes back whole from the DDL that is rendered of it', async ({ name, ...counts }) => {
    const sql = readFileSync(new URL(`../../../test/fixtures/postgresql/${name}/schema.sql`, import.meta.url), 'utf8');

    await inDatabase(url, async (connection, options) => {
      const loader = await connect(options);
      await loader.execute(sql);
      await loader.close();
      const schema = await introspect(connection, { namespaces: [] });
      expect(countObjects(schema)).toEqual(counts);

      // What no entity describes stays: functions, domains, sequences.
      await dropObjects(connection, schema);
      for (const step of stepsTo(schema, connection)) await connection.execute(step);
      expect(await introspect(connection, { namespaces: [] })).toEqual(schema);
    });
  });
});

function stepsTo(schema: Schema, { serverVersion }: Connection): string[] {
  return makeSteps({
    driver,
    capabilities: driver.capabilities(serverVersion),
    before: emptySchema,
    actual: emptySchema,
    renames: [],
    changes: diffSchemas(emptySchema, schema, comparison),
  }).map(({ sql }) => sql);
}

async function dropObjects(connection: Connection, { tables, views, enums }: Schema): Promise<void> {
  await connection.execute(
    [
      ...views.map(
        (view) => `drop ${view.materialized === true ? 'materialized view' : 'view'} ${quoteName(view)} cascade`,
      ),
      ...tables.map((table) => `drop table ${quoteName(table)} cascade`),
      ...enums.map((type) => `drop type ${quoteName(type)} cascade`),
    ].join(';'),
  );
}

function countObjects({ tables, views, enums }: Schema): Record<string, number> {
  const count = (list: 'indexes' | 'triggers'): number => tables.reduce((sum, table) => sum + table[list].length, 0);
  return {
    tables: tables.length,
    views: views.length,
    indexes: count('indexes'),
    enums: enums.length,
    triggers: count('triggers'),
  };
}
