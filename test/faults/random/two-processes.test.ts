import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolutions } from '../../convergence/arbitraries/evolutions.js';
import { dialectOf } from '../../convergence/dialects/index.js';
import { insertRows, survivingRows } from '../../convergence/rows.js';
import { databases, type TestDatabase } from '../../databases/index.js';
import { serverUrl, type ServerName } from '../../servers/url.js';
import { updateIn } from './child.js';
import { type Access, accessTo, type Place, placeNamed, updateOptions, withConnection, withOrm } from './place.js';
import { entitiesAfter, entitiesBefore, type Recipe } from './recipe.js';

// `npm run test:faults -- --rounds 20 --seed 7` sets both.
const numberOfRounds = Number(process.env.FAULT_ROUNDS ?? 1);
const seed = Number(process.env.FAULTS_SEED ?? 20240229);

describe.each(databases)('two processes that update at once on $name', (database) => {
  test(
    `both succeed, and the work is done once: ${numberOfRounds} rounds (seed ${seed})`,
    { timeout: 60_000 + 15_000 * numberOfRounds },
    async () => {
      const setting = { capabilities: database.capabilities, dialect: dialectOf(database) };
      const recipes = fc.sample(
        fc.record({ evolution: evolutions(setting, database.driver.comparison), journal: fc.nat(3) }),
        { seed, numRuns: numberOfRounds },
      );
      for (const recipe of recipes) await playRound(recipe, database);
    },
  );
});

async function playRound(recipe: Recipe, database: TestDatabase): Promise<void> {
  const place = placeNamed(database.driver.name, urlOf(database));
  const access = accessTo(place);
  await access.create();
  try {
    await updateTwice(access, place, recipe, database);
  } finally {
    await access.remove();
  }
}

async function updateTwice(access: Access, place: Place, recipe: Recipe, database: TestDatabase): Promise<void> {
  const { driver } = database;
  const { evolution } = recipe;
  const dialect = dialectOf(database);
  const rowsOf = (model: typeof evolution.before): Promise<unknown> =>
    withConnection(access, (connection) => survivingRows(model, evolution, connection, driver.ddl, dialect));
  await withOrm(access, { entities: entitiesBefore(recipe, driver) }, (orm) => orm.schema.createSchema());
  await withConnection(access, (connection) =>
    dialect.insertFreely(connection, () => insertRows(evolution, connection, driver.ddl, dialect)),
  );
  const rows = await rowsOf(evolution.before);

  const text = JSON.stringify(recipe);
  const both = await Promise.all([updateIn(place, text), updateIn(place, text)]);

  expect(both.map(({ errors }) => `${errors}${errors === '' ? '' : text}`)).toEqual(['', '']);
  const counts = both.map(({ lines }) => Number(lines.at(-1)?.split(' ').at(-1)));
  expect(Math.min(...counts)).toBe(0);
  expect(Math.max(...counts)).toBeGreaterThan(0);
  await withOrm(access, { entities: entitiesAfter(recipe, driver) }, async (orm) => {
    expect((await orm.schema.plan(updateOptions)).steps).toEqual([]);
  });
  expect(await rowsOf(evolution.after)).toEqual(rows);
}

function urlOf({ name }: TestDatabase): string | undefined {
  const servers: Readonly<Record<string, ServerName>> = {
    'PostgreSQL (newest)': 'POSTGRESQL',
    'PostgreSQL (oldest)': 'POSTGRESQL_OLDEST',
    MySQL: 'MYSQL',
    MariaDB: 'MARIADB',
  };
  const server = servers[name];
  return server && serverUrl(server);
}
