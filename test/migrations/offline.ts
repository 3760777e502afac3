import { DovetailError, type Schema } from '@dovetail/core';
import { rejectAny } from '../convergence/evolve.js';
import { emptyModel, type Evolution } from '../convergence/model.js';
import { structuralDifferences } from '../convergence/same-catalog.js';
import { toClasses } from '../convergence/to-classes.js';
import type { TestDatabase } from '../databases/index.js';
import { migrationSite, type OpenOptions } from './given.js';

/**
 * Writes the migration of an evolution from the database, from the snapshot, and from the snapshot without a connection,
 * and runs each up and down. Without a connection a rename is refused.
 *
 * @throws Error when one does not lead where the others do, or the snapshot is not what it leads to.
 */
export async function writeOfflineAndLive(evolution: Evolution, database: TestDatabase): Promise<void> {
  const live = await catalogs(evolution, database, { snapshot: false });
  rejectDifferent(live, await catalogs(evolution, database, {}), database);
  const unconnected = await catalogs(evolution, database, { connect: false }).catch(isRefusedRename);
  rejectDifferent(live, unconnected, database);
}

function rejectDifferent(live: readonly Schema[], offline: readonly Schema[], { driver }: TestDatabase): void {
  for (const [index, catalog] of offline.entries()) {
    rejectAny(
      `${index === 0 ? 'After up' : 'After down'} the catalogs differ`,
      structuralDifferences(catalog, live[index] ?? catalog, driver.comparison),
    );
  }
}

function isRefusedRename(error: unknown): readonly Schema[] {
  if (error instanceof DovetailError && error.code === 'connection-failed') return [];
  throw error;
}

async function catalogs({ before, after }: Evolution, database: TestDatabase, options: OpenOptions): Promise<Schema[]> {
  const { site, open, dispose } = await migrationSite(database);
  try {
    const { snapshot } = options;
    const old = await open(toClasses(before, emptyModel, database.driver), { snapshot });
    await old.migrator.create();
    await old.migrator.up();
    const classes = toClasses(after, before, database.driver);
    const { files } = await (await open(classes, options)).migrator.create();
    const { migrator } = await open(classes, { snapshot });
    await migrator.up();
    const catalogAfter = await site.introspect();
    rejectRemaining(await migrator.create({ dump: true }));
    if (files.length > 0) await migrator.down();
    return [catalogAfter, await site.introspect()];
  } finally {
    await dispose();
  }
}

function rejectRemaining({ files }: { readonly files: readonly { readonly text: string }[] }): void {
  rejectAny(
    'The next migration is not empty',
    files.map(({ text }) => text),
  );
}
