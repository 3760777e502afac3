import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evolutions } from '../../convergence/arbitraries/evolutions.js';
import { dialectOf } from '../../convergence/dialects/index.js';
import { databases, type TestDatabase } from '../../databases/index.js';
import { startMariadb, startMysql } from '../../servers/mysql-family.js';
import { startPostgresql } from '../../servers/postgresql.js';
import type { RunningServer } from '../../servers/server-process.js';
import { fullFiles, fullTablespace } from './disk-full.js';
import { faultsOf } from './faults.js';
import { type Place, placeNamed } from './place.js';
import type { Recipe } from './recipe.js';
import { play } from './round.js';

// `npm run test:faults -- --faults 100 --seed 7 --fault 'disk full'` sets all three.
const numberOfFaults = Number(process.env.FAULTS ?? 3);
const seed = Number(process.env.FAULTS_SEED ?? 20240229);
const wanted = process.env.FAULT ?? '';
/** Some faults come too late; on a busy machine, many. */
const maximumRounds = 6 * numberOfFaults;

const cache = fileURLToPath(new URL('../../../.cache/servers', import.meta.url));

/** Anywhere with the same likelihood. */
const thousandth = fc.noBias(fc.integer({ min: 0, max: 999 }));

describe.each(databases)('updates that meet faults on $name', (database) => {
  // So that a small sample has other faults on each database.
  const offset = numberOfFaults * databases.indexOf(database);
  const start = serverOf(database);
  let server: RunningServer | undefined;
  // A server that may be killed is nobody else's.
  beforeAll(async () => {
    server = await start?.();
  });
  afterAll(() => server?.stop());

  test(
    `lose nothing that was acknowledged, and finish when run again: ${numberOfFaults} faults (seed ${seed})`,
    { timeout: Infinity },
    async () => {
      const { capabilities, driver } = database;
      const setting = { capabilities, dialect: dialectOf(database) };
      const place = (): Place => placeNamed(driver.name, server?.url);
      const faults = Object.entries(faultsOf(place().system)).filter(([name]) => name.includes(wanted));
      const rounds = fc.sample(
        fc.record({
          evolution: evolutions(setting, driver.comparison),
          journal: fc.nat(3),
          share: thousandth.map((number) => number / 1000),
          delay: thousandth.map((number) => number / 150),
        }),
        { seed, numRuns: maximumRounds },
      );

      const hit = new Map(faults.map(([name]) => [name, 0]));
      const total = (): number => [...hit.values()].reduce((sum, count) => sum + count, 0);
      for (const [index, { share, delay, evolution, journal }] of rounds.entries()) {
        if (total() >= numberOfFaults) break;
        const [name, fault] = faults[(offset + index) % faults.length] ?? [];
        if (name === undefined || fault === undefined) break;
        const recipe: Recipe = { evolution, journal };
        try {
          if (await play({ database, place: place(), server, recipe, fault, share, delay })) {
            hit.set(name, (hit.get(name) ?? 0) + 1);
          }
        } catch (cause) {
          throw new Error(
            `Round ${index}, ${name}, share ${share}, delay ${delay}: ${JSON.stringify(recipe)}\n${messageOf(cause)}`,
            { cause },
          );
        }
      }
      console.log(`${database.name}: ${[...hit].map(([name, count]) => `${name} ${count}`).join(', ')}`);
      expect(total()).toBeGreaterThanOrEqual(numberOfFaults);
    },
  );
});

function serverOf({ name }: TestDatabase): (() => Promise<RunningServer>) | undefined {
  switch (name) {
    case 'SQLite':
      return undefined;
    case 'MySQL':
      return () => startMysql(cache, fullTablespace);
    case 'MariaDB':
      return () => startMariadb(cache, fullFiles.MariaDB.settings, fullFiles.MariaDB.limits);
    default:
      return () => startPostgresql(name.includes('newest') ? 'newest' : 'oldest', fullFiles.PostgreSQL.limits);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
