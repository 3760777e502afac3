import { DovetailError, type DovetailBase } from '@dovetail/core';
import { inTransaction } from '@dovetail/core/driver';
import { deleteRows } from './delete.js';
import { insertRows } from './insert.js';
import type { Key } from './new-row.js';
import { loadSeeders } from './load-seeders.js';
import { createModel, type SeedModel } from './model.js';
import type { SeederOptions } from './options.js';
import type { SeedDatabase, SeederClass, SeederContext } from './seeder.js';
import { upsertRows } from './upsert.js';

/** Runs seeders on one database. */
export interface SeederRunner {
  /**
   * Finds the seeders that `run` would run, and runs none: to find out about a wrong name before anything is changed.
   *
   * @throws DovetailError `invalid-configuration` where there is no seeder of a name.
   */
  find(...seeders: readonly (SeederClass | string)[]): Promise<readonly SeederClass[]>;
  /**
   * Runs the seeders, classes or the names of those in the folder of seeders, in one transaction; without any, the
   * default one. When one throws, everything is rolled back.
   *
   * @throws DovetailError `invalid-configuration` where there is no seeder of a name; whatever a seeder throws.
   */
  run(...seeders: readonly (SeederClass | string)[]): Promise<void>;
}

/**
 * Seeds the database of an `orm`, whose schema is there already.
 *
 * @example
 * await orm.schema.updateSchema();
 * await createSeeder(orm).run(AuthorSeeder);
 */
export function createSeeder(orm: DovetailBase, options: SeederOptions = {}): SeederRunner {
  const find: SeederRunner['find'] = (...seeders) =>
    resolveSeeders(seeders.length > 0 ? seeders : [options.defaultSeeder ?? 'DatabaseSeeder'], options);
  return {
    find,
    async run(...seeders) {
      const classes = await find(...seeders);
      const model = createModel(orm);
      await inTransaction(orm.connection, () => seedDatabase(model, {}, []).call(classes));
    },
  };
}

/** @param callers the seeders that are running, each called by the one before it */
function seedDatabase(model: SeedModel, context: SeederContext, callers: readonly SeederClass[]): SeedDatabase {
  return {
    get connection() {
      return model.orm.connection;
    },
    async insert(entity, rows) {
      return checked(await insertRows(model.entityOf(entity), rows, model));
    },
    async upsert(entity, rows, { by } = {}) {
      return checked(await upsertRows(model.entityOf(entity), rows, by, model));
    },
    delete: (entities) => deleteRows(entities.map(model.entityOf), model),
    clear: () =>
      deleteRows(
        model.orm.metadata.entities.filter(({ kind }) => kind === 'table'),
        model,
      ),
    async call(seeders) {
      for (const Seeder of seeders) {
        if (callers.includes(Seeder)) throw endless([...callers, Seeder]);
        await new Seeder().run(seedDatabase(model, context, [...callers, Seeder]), context);
      }
    },
  };
}

function endless(callers: readonly SeederClass[]): DovetailError {
  return new DovetailError('invalid-configuration', 'Seeders call each other without end:', [
    {
      where: callers.map(({ name }) => name).join(' → '),
      what: 'a seeder is called while it runs',
      remedy: 'Let a third one call both.',
    },
  ]);
}

function checked<Entity>(keys: readonly object[]): readonly Key<Entity>[] {
  if (keys.every(isKey<Entity>)) return keys;
  throw new Error('The database did not give the key of each row.');
}

/** Which properties the key has is known from the metadata alone; that each has a value can be seen. */
function isKey<Entity>(key: object): key is Key<Entity> {
  for (const name in key) if (Reflect.get(key, name) === undefined) return false;
  return true;
}

async function resolveSeeders(
  seeders: readonly (SeederClass | string)[],
  options: SeederOptions,
): Promise<readonly SeederClass[]> {
  const found = seeders.some((seeder) => typeof seeder === 'string') ? await loadSeeders(options) : undefined;
  return seeders.map((seeder) => {
    if (typeof seeder !== 'string') return seeder;
    const seederClass = found?.get(seeder);
    if (seederClass !== undefined) return seederClass;
    const names = [...(found?.keys() ?? [])];
    throw new DovetailError('invalid-configuration', 'There is no such seeder:', [
      {
        where: seeder,
        what: `no file of ${options.path ?? './seeders'} exports a class of that name`,
        remedy: names.length === 0 ? 'Write it, or correct the folder (`path`).' : `There are ${names.join(', ')}.`,
      },
    ]);
  });
}
