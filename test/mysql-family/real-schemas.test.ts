import { describe, expect, test } from 'vitest';
import { emptySchema, makeSteps, type Schema } from '@dovetail/core/driver';
import { mariadbDriver } from '@dovetail/mariadb';
import { mysqlDriver } from '@dovetail/mysql';
import { mariadb, mysql } from '../databases/index.js';
import { readFixture } from '../fixtures/read-fixture.js';
import { forMariadb, runClientScript } from './client-script.js';

const schemas = [
  { name: 'chinook', tables: 11, views: 0, triggers: 0 },
  { name: 'guacamole', tables: 23, views: 0, triggers: 0 },
  { name: 'hydra', tables: 16, views: 0, triggers: 0 },
  { name: 'sakila', tables: 16, views: 7, triggers: 3 },
  { name: 'temporal-visibility', tables: 3, views: 0, triggers: 0 },
];

describe.each([
  { database: mysql, driver: mysqlDriver, loadable: schemas, written: (sql: string) => sql },
  // MariaDB has no indexes on expressions, which this one has.
  {
    database: mariadb,
    driver: mariadbDriver,
    loadable: schemas.filter(({ name }) => name !== 'temporal-visibility'),
    written: forMariadb,
  },
])('$database.name', ({ database, driver, loadable, written }) => {
  test.each(loadable)('$name comes back whole from the DDL that is rendered of it', async ({ name, ...counts }) => {
    const [original, copy] = [await database.create(), await database.create()];
    try {
      await runClientScript(original.connection, written(readFixture('mysql', name)));
      const schema = await original.introspect();
      expect(countObjects(schema)).toEqual(counts);
      expect(schema.tables.flatMap(({ unmodelled }) => unmodelled)).toEqual([]);

      for (const sql of render(schema)) await copy.connection.execute(sql);
      expect(await copy.introspect()).toEqual(schema);
    } finally {
      await original.dispose();
      await copy.dispose();
    }
  });

  function render(schema: Schema): readonly string[] {
    const changes = [
      ...schema.tables.map((table) => ({ kind: 'create-table' as const, table })),
      ...inOrderOfUse(schema.views).map((view) => ({ kind: 'create-view' as const, view })),
    ];
    return makeSteps({
      driver,
      capabilities: driver.capabilities(),
      before: emptySchema,
      actual: emptySchema,
      renames: [],
      changes,
    }).map(({ sql }) => sql);
  }
});

/** Views that others select from come first. */
function inOrderOfUse(views: Schema['views']): Schema['views'] {
  return views.toSorted(
    (a, b) => Number(a.definition.includes(`\`${b.name}\``)) - Number(b.definition.includes(`\`${a.name}\``)),
  );
}

function countObjects({ tables, views }: Schema): Record<string, number> {
  const triggers = tables.reduce((sum, table) => sum + table.triggers.length, 0);
  return { tables: tables.length, views: views.length, triggers };
}
