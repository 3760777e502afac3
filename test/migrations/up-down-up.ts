import type { Schema } from '@dovetail/core';
import { readFile } from 'node:fs/promises';
import type { TestDatabase } from '../databases/index.js';
import { messageOf, rejectAny, rejectSteps, updateOptions } from '../convergence/evolve.js';
import { emptyModel, type Evolution } from '../convergence/model.js';
import { structuralDifferences } from '../convergence/same-catalog.js';
import { toClasses } from '../convergence/to-classes.js';
import { migrationSite, type MigrationSite } from './given.js';

/**
 * Writes the migrations of an evolution, and takes a real database up, down and up again with them.
 *
 * @throws Error when a catalog is not the one of the first time, or the database is not as the entities want it.
 */
export async function upDownUp({ before, after }: Evolution, database: TestDatabase): Promise<void> {
  const given = await migrationSite(database);
  try {
    const old = await given.open(toClasses(before, emptyModel, database.driver));
    await old.migrator.create();
    await old.migrator.up();
    rejectSteps('After the first migration', await old.orm.schema.plan(updateOptions));
    const catalogBefore = await given.site.introspect();

    const { orm, migrator } = await given.open(toClasses(after, before, database.driver));
    const { files } = await migrator.create();
    try {
      await migrator.up();
      rejectSteps('After the migration', await orm.schema.plan(updateOptions));
      const catalogAfter = await given.site.introspect();

      if (files.length > 0) await migrator.down();
      await rejectOther('After down', catalogBefore, given, database);
      rejectSteps('After down', await old.orm.schema.plan(updateOptions));

      await migrator.up();
      await rejectOther('After up again', catalogAfter, given, database);
      rejectSteps('After up again', await orm.schema.plan(updateOptions));
    } catch (error) {
      const texts = await Promise.all(files.map(({ path }) => readFile(path, 'utf8')));
      throw new Error(`${messageOf(error)}\n\n${texts.join('\n')}`, { cause: error });
    }
  } finally {
    await given.dispose();
  }
}

async function rejectOther(
  when: string,
  expected: Schema,
  { site }: MigrationSite,
  { driver }: TestDatabase,
): Promise<void> {
  rejectAny(
    `${when} the catalog is another`,
    structuralDifferences(expected, await site.introspect(), driver.comparison),
  );
}
