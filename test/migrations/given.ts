import type { DovetailBase, DovetailOptions, MigrationsOptions } from '@dovetail/core';
import { createMigrator, type Migrator, type MigratorOptions } from '@dovetail/migrations';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase, TestSite } from '../databases/index.js';

/** A database of its own, and a folder for its migrations. */
export interface MigrationSite {
  readonly site: TestSite;
  readonly folder: string;
  /** The migrator of a program with these entities. */
  open(entities: DovetailOptions['entities'], options?: OpenOptions): Promise<Opened>;
  dispose(): Promise<void>;
}

export interface OpenOptions extends MigrationsOptions, MigratorOptions, Pick<DovetailOptions, 'connect'> {}

export interface Opened {
  readonly orm: DovetailBase;
  readonly migrator: Migrator;
}

/** Makes an empty database, with a folder for migrations beside it or the folder that is given. */
export async function migrationSite(database: TestDatabase, shared?: string): Promise<MigrationSite> {
  const site = await database.create();
  const folder = shared ?? (await mkdtemp(join(tmpdir(), 'dovetail-migrations-')));
  return {
    site,
    folder,
    async open(entities, { load, connect, ...migrations } = {}) {
      const orm = await site.init({
        entities,
        ...(connect !== undefined && { connect }),
        discovery: { warnWhenNoEntities: false },
        migrations: { path: folder, emit: 'sql', ...migrations },
      });
      return { orm, migrator: createMigrator(orm, load === undefined ? {} : { load }) };
    },
    async dispose() {
      await site.dispose();
      if (shared === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
