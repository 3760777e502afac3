import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newestDatabases, type TestDatabase } from '../databases/index.js';
import { type Ending, migrate } from './child.js';
import { migrationSite, type MigrationSite } from './given.js';

const migrations = 3;
const statements = 4;
/** How many runs are killed, one in each part of a run. */
const kills = Number(process.env.MIGRATION_KILLS ?? 2);
/** Some kills come too late; on a busy machine, many. */
const maximumKills = 10 * kills;

describe.each(newestDatabases)('$name', (database) => {
  test('three processes at once run each migration once', { timeout: 60_000 }, async () => {
    const given = await withMigrations(database);

    const endings = await Promise.all([1, 2, 3].map(() => migrate(database, given)));

    expect(endings.map(({ errors }) => errors)).toEqual(['', '', '']);
    expect(endings.flatMap(namesRun).sort()).toEqual(names);
    await expectAllRun(given);
  });

  test('killed in the middle, the next run does the rest', { timeout: 60_000 + kills * 20_000 }, async () => {
    let { duration } = await migrate(database, await withMigrations(database));
    let interrupted = 0;
    for (let kill = 0; interrupted < kills && kill < maximumKills; kill += 1) {
      const given = await withMigrations(database);
      const killed = await migrate(database, given, (duration * (interrupted + Math.random())) / kills);
      if (namesRun(killed).length === 0) interrupted += 1;
      else duration = killed.duration;

      const again = await migrate(database, given);
      expect(again.errors).toBe('');
      await expectAllRun(given);
    }
    expect(interrupted).toBe(kills);
  });
});

const names = Array.from({ length: migrations }, (_, index) => `Migration2030010100000${index}`);

/** Migrations that change the schema and the rows by turns: each row stands for one that a statement has inserted. */
async function withMigrations(database: TestDatabase): Promise<MigrationSite> {
  const given = await migrationSite(database);
  onTestFinished(() => given.dispose());
  await given.site.connection.execute('create table tally (number integer)');
  for (const [index, name] of names.entries()) {
    const parts = Array.from({ length: statements }, (_, part) =>
      part % 2 === 0
        ? `create table made_${index}_${part} (id integer)`
        : `insert into tally values (${index * statements + part})`,
    );
    const text = ['-- dovetail:up', ...parts.flatMap((sql) => ['-- dovetail:statement', `${sql};`])].join('\n');
    await writeFile(join(given.folder, `${name}.sql`), text);
  }
  return given;
}

function namesRun({ lines }: Ending): readonly string[] {
  return lines.filter((line) => line.startsWith('ran ')).map((line) => line.slice('ran '.length));
}

async function expectAllRun({ site, open }: MigrationSite): Promise<void> {
  const numbers = Array.from({ length: migrations * statements }, (_, index) => index);
  const rows = await site.connection.query('select number from tally order by number');
  expect(rows.map(({ number }) => Number(number))).toEqual(numbers.filter((number) => number % 2 === 1));
  const { tables } = await site.introspect();
  expect(tables.filter(({ name }) => name.startsWith('made_'))).toHaveLength((migrations * statements) / 2);
  const { migrator } = await open([], {});
  expect((await migrator.list()).map(({ name, state }) => `${name} ${state}`)).toEqual(
    names.map((name) => `${name} applied`),
  );
}
