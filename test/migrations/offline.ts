import type { Schema } from '@dovetail/core';
import { rejectAny } from '../convergence/evolve.js';
import { emptyModel, type Evolution } from '../convergence/model.js';
import { structuralDifferences } from '../convergence/same-catalog.js';
import { toClasses } from '../convergence/to-classes.js';
import type { TestDatabase } from '../databases/index.js';
import { migrationSite } from './given.js';

/**
 * Writes the migration of an evolution from the snapshot, and from the database, and runs each up and down.
 *
 * @throws Error when the one does not lead where the other does.
 */
export async function writeOfflineAndLive(evolution: Evolution, database: TestDatabase): Promise<void> {
  const offline = await catalogs(evolution, database, true);
  const live = await catalogs(evolution, database, false);
  for (const [index, catalog] of offline.entries()) {
    const other = live[index] ?? catalog;
    rejectAny(
      `${index === 0 ? 'After up' : 'After down'} the catalogs differ`,
      structuralDifferences(catalog, other, database.driver.comparison),
    );
  }
}

async function catalogs({ before, after }: Evolution, database: TestDatabase, snapshot: boolean): Promise<Schema[]> {
  const { site, open, dispose } = await migrationSite(database);
  try {
    const old = await open(toClasses(before, emptyModel, database.driver), { snapshot });
    await old.migrator.create();
    await old.migrator.up();
    const { migrator } = await open(toClasses(after, before, database.driver), { snapshot });
    const { files } = await migrator.create();
    await migrator.up();
    const catalogAfter = await site.introspect();
    if (files.length > 0) await migrator.down();
    return [catalogAfter, await site.introspect()];
  } finally {
    await dispose();
  }
}
