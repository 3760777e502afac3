import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { DovetailBase } from '@dovetail/core';
import { baseline } from './baseline.js';
import { check, type MigrationCheck } from './check.js';
import { create } from './create/create.js';
import type { Created, CreatedFile, CreateOptions } from './create/create-options.js';
import { forget } from './forget.js';
import { type MigratorContext, type MigratorOptions, settle } from './migrator-options.js';
import { readStatus } from './read-status.js';
import { rollup } from './rollup.js';
import type { FreshOptions, RunOptions } from './run/run-options.js';
import { down, planDown, type PlannedDown, rejectUnrunnable, up } from './run/up-and-down.js';
import type { MigrationStatus } from './status.js';

/**
 * Gives what writes migrations and runs them.
 *
 * @param options what wins over `migrations` of the configuration.
 *
 * @example
 * const orm = await Dovetail.init({ entities: [Author], dbName: 'library.db', migrations: { emit: 'sql' } });
 * const migrator = createMigrator(orm);
 * await migrator.create({ name: 'authors' });
 * await migrator.up();
 */
export function createMigrator(orm: DovetailBase, options: MigratorOptions = {}): Migrator {
  return new Migrator({ orm, settings: settle(orm, options, (path) => import(pathToFileURL(path).href)) });
}

/** Writes migrations and runs them; `createMigrator` makes one. */
export class Migrator {
  readonly #context: MigratorContext;

  constructor(context: MigratorContext) {
    this.#context = context;
  }

  /**
   * Writes the migration that brings the schema to the entities: from the snapshot beside the migrations if there is
   * one, else from the database. Gives no files where there is nothing to do.
   *
   * @throws DovetailError `migration-pending` without a snapshot, while migrations wait to be run; `already-exists` when
   * the first migration is asked for and is not the first; `unmodelled-feature`, `ambiguous-rename`, `snapshot-invalid`.
   */
  async create(options: CreateOptions = {}): Promise<Created> {
    return create(this.#context, options);
  }

  /**
   * Runs the migrations that were not run yet, in the order of their names, and gives their names.
   *
   * @throws DovetailError `migration-edited`, `migration-missing` or `migration-out-of-order` before anything is done;
   * `statement-failed`, `database-busy` or `aborted`, which say what has become of it.
   */
  async up(options: RunOptions = {}): Promise<readonly string[]> {
    return up(this.#context, options);
  }

  /**
   * Takes the last migration back, or those that the options name, the last one first, and gives their names. The last
   * one is the last by name of those that were run.
   *
   * @throws DovetailError `migration-irreversible` when one has no `down`; else as `up` does.
   */
  async down(options: RunOptions = {}): Promise<readonly string[]> {
    return down(this.#context, options);
  }

  /**
   * What `down` would take back, in that order. Changes nothing.
   *
   * @throws DovetailError as `down` does before it begins.
   */
  async planDown(options: Pick<RunOptions, 'to' | 'from' | 'only'> = {}): Promise<readonly PlannedDown[]> {
    return planDown(this.#context, options);
  }

  /** How each migration stands, in the order of their names. */
  async list(): Promise<readonly MigrationStatus[]> {
    return (await readStatus(this.#context)).statuses;
  }

  /** The migrations that the next `up` runs, or would run if they were in order. */
  async pending(): Promise<readonly MigrationStatus[]> {
    const open = new Set(['pending', 'interrupted', 'out-of-order']);
    return (await this.list()).filter(({ state }) => open.has(state));
  }

  /** Whether the migrations say all that the entities do, and the database all that the migrations do. Changes nothing. */
  async check(): Promise<MigrationCheck> {
    return check(this.#context);
  }

  /** Whether there is a snapshot, from which `create` writes without a connection as well. */
  hasSnapshot(): Promise<boolean> {
    const { snapshot } = this.#context.settings;
    return Promise.resolve(snapshot !== undefined && existsSync(snapshot));
  }

  /**
   * Drops all tables with their rows, or the database itself, and runs every migration.
   *
   * @throws DovetailError `migration-invalid` before anything is dropped; else as `up` does.
   */
  async fresh({ dropDb = false, ...options }: FreshOptions = {}): Promise<readonly string[]> {
    const { schema } = this.#context.orm;
    const { signal } = options;
    await rejectUnrunnable(this.#context);
    await schema.dropSchema({ dropDb, dropMigrationsTable: true, allow: ['data-loss'], signal });
    if (dropDb) await schema.ensureDatabase();
    return this.up(options);
  }

  /**
   * Writes one migration in the place of all that were run, and removes their files; nothing where there is but one.
   *
   * @throws DovetailError `migration-invalid` when some cannot be merged: functions, or migrations that were not run.
   */
  async rollup({ name }: { readonly name?: string | undefined } = {}): Promise<CreatedFile | undefined> {
    return rollup(this.#context, name);
  }

  /**
   * Keeps of migrations that they were run, and runs none of them, for a database that has all of it already: all that
   * wait to be run, or those that the options name. Gives their names.
   *
   * @throws DovetailError `migration-interrupted` where one was begun and not finished, unless `only` names it.
   */
  async baseline(options: Pick<RunOptions, 'to' | 'only'> = {}): Promise<readonly string[]> {
    return baseline(this.#context, options);
  }

  /**
   * Keeps of migrations that they were not run, and takes nothing back: for one that was taken back by hand, or whose file
   * is gone for good. Gives their names.
   *
   * @throws DovetailError `migration-unknown` when nothing is kept of one.
   */
  async forget(names: string | readonly string[]): Promise<readonly string[]> {
    return forget(this.#context, names);
  }
}
