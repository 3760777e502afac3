import { changeTree, DovetailError, type MigrationsOptions } from '@dovetail/core';
import type { MigrationStatus, Migrator, PlannedDown, RunOptions } from '@dovetail/migrations';
import { isTypeScript, loadModule } from '../config/import-module.js';
import { exitCode } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import type { Ending } from '../new-database.js';
import { type Opened, type OpenOptions, withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
import { colours } from '../output/colours.js';
import { tellMigrationProgress } from '../output/progress.js';
import { presentSql } from '../output/sql.js';
import { presentTable } from '../output/table.js';
import { translateProblem } from '../output/translate.js';
import { presentTree } from '../output/tree.js';
import { presentWritten } from '../output/written.js';
import { terminal } from '../terminal.js';
import { ask, canAsk } from './ask.js';
import { rejectUnknownPaths } from './not-renamed.js';
import { optionalPackage } from './optional-package.js';
import { type RenameFlags, withRenames } from './renames.js';
import { seeding, type SeedFlags } from './seed.js';

/** The flags of all migration commands. */
export interface MigrationFlags extends GlobalFlags {
  readonly path?: string | undefined;
}

/** The flags of `migration:create`. */
export interface CreateFlags extends MigrationFlags, RenameFlags {
  readonly name?: string | undefined;
  readonly blank?: boolean | undefined;
  readonly initial?: boolean | undefined;
  readonly dump?: boolean | undefined;
  readonly offline?: boolean | undefined;
  readonly emit?: MigrationsOptions['emit'];
}

/** The flags of the commands that run migrations. */
export interface RunFlags extends MigrationFlags {
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly only?: readonly string[] | undefined;
}

/** The flags of `migration:down`. */
export interface DownFlags extends RunFlags {
  readonly run?: boolean | undefined;
}

/** The flags of `migration:fresh`. */
export interface FreshFlags extends MigrationFlags, SeedFlags {
  readonly run?: boolean | undefined;
  readonly dropDb?: boolean | undefined;
}

export async function create(flags: CreateFlags): Promise<Outcome> {
  try {
    return await createFrom(flags, originOf(flags));
  } catch (error) {
    if (!(error instanceof DovetailError) || error.code !== 'connection-failed' || flags.offline === true) throw error;
    throw (await hasSnapshot(flags)) ? withRemedy(error, 'Or write it from the snapshot alone: --offline.') : error;
  }
}

function originOf({ offline, dump }: CreateFlags): OpenOptions['database'] {
  if (offline === true) return 'offline';
  return dump === true ? 'existing' : 'created';
}

async function hasSnapshot(flags: CreateFlags): Promise<boolean> {
  const { isThere } = await withMigrator(flags, { database: 'offline' }, async (migrator) => ({
    exitCode: exitCode.done,
    isThere: await migrator.hasSnapshot(),
  }));
  return isThere;
}

function withRemedy({ code, summary, problems, cause }: DovetailError, another: string): DovetailError {
  const helped = problems.map((problem) => ({ ...problem, remedy: `${problem.remedy} ${another}`.trim() }));
  return new DovetailError(code, summary, helped, { cause });
}

async function createFrom(flags: CreateFlags, database: OpenOptions['database']): Promise<Outcome> {
  return withMigrator(flags, { database }, async (migrator, { orm }) => {
    const { name, blank, initial, dump, notRenamed } = flags;
    await rejectUnknownPaths(notRenamed, orm);
    const { files } = await withRenames(flags, (renames) => migrator.create({ name, blank, initial, dump, renames }));
    const json = { written: dump !== true, files };
    if (files.length === 0) {
      const isFirst = database !== 'offline' && (await migrator.list()).length === 0;
      return { exitCode: exitCode.done, message: isFirst ? unwritten : unneeded, json };
    }
    if (dump === true) return { exitCode: exitCode.done, result: files.map(({ text }) => text).join('\n'), json };
    return { exitCode: exitCode.done, message: files.map(({ path }) => presentWritten(path)).join('\n'), json };
  });
}

const unneeded = 'No migration is needed: the entities are as they were.';

const unwritten =
  'The database is as the entities ask, and no migration makes it so: "dovetail migration:create --initial" writes the' +
  ' first one, and "dovetail migration:baseline" tells a database that has all of it.';

export async function up(flags: RunFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'created' }, async (migrator, { interruption }) => {
    const names = await interruption.stop((signal) => migrator.up({ ...runOptions(flags), signal }));
    return ranOutcome(names, 'No migration is pending.', 'run');
  });
}

export async function down(flags: DownFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'existing' }, async (migrator, { interruption }) => {
    if (canAsk(flags) && flags.run !== true && !(await isDownWanted(await migrator.planDown(rangeOf(flags))))) {
      return { exitCode: exitCode.refused, message: 'Nothing has been changed.', json: { migrations: [] } };
    }
    const names = await interruption.stop((signal) => migrator.down({ ...runOptions(flags), signal }));
    return ranOutcome(names, 'No migration was run that could be taken back.', 'taken back');
  });
}

/** Shows what would be taken back, and asks; where there is nothing, there is nothing to ask. */
async function isDownWanted(planned: readonly PlannedDown[]): Promise<boolean> {
  if (planned.length === 0) return true;
  for (const { name, statements } of planned) {
    const sql = statements?.map((statement) => `${statement};\n`).join('') ?? 'a function\n';
    terminal.tell(`${colours.told.bold(name)}\n${await presentSql(sql, colours.told)}`);
  }
  const what = planned.length === 1 ? 'this migration' : `these ${planned.length} migrations`;
  return ask(`Take ${what} back? What is dropped is lost with its rows and values.`);
}

export async function list(flags: MigrationFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'existing' }, async (migrator) =>
    presentStatuses(await migrator.list(), 'There is no migration.'),
  );
}

export async function pending(flags: MigrationFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'existing' }, async (migrator) =>
    presentStatuses(await migrator.pending(), 'No migration is pending.'),
  );
}

/** For continuous integration: fails where a migration is missing, pending or not as it was run. */
export async function check(flags: MigrationFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'existing' }, async (migrator) => {
    const found = await migrator.check();
    if (found.ok) return { exitCode: exitCode.done, message: 'The migrations are up to date.', json: found };
    const missing = found.plan === undefined ? [] : changeTree(found.plan);
    const problems = found.problems.map(translateProblem);
    const message = [
      ...(missing.length === 0 ? [] : ['The entities ask for what no migration brings: dovetail migration:create.']),
      ...found.pending.map((name) => `Pending: ${name}`),
      ...problems.map(({ where, what, remedy }) => `${where} ${what}\n  ${remedy}`),
    ].join('\n');
    const json = { ...found, problems };
    return { exitCode: exitCode.refused, result: presentTree(missing, colours.result), message, json };
  });
}

export async function fresh(flags: FreshFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'created' }, async (migrator, opened) => {
    const { afterwards } = await seeding(flags, opened);
    const isWanted =
      flags.run === true ||
      (await ask(`Drop all tables of ${opened.orm.place} with their rows, and run every migration?`));
    if (!isWanted)
      return { exitCode: exitCode.refused, message: 'Nothing has been changed.', json: { migrations: [] } };
    const { dropDb } = flags;
    const onProgress = tellMigrationProgress();
    const names = await opened.interruption.stop((signal) => migrator.fresh({ dropDb, onProgress, signal }));
    const follow = await afterwards?.();
    const message = `All tables were dropped, and ${count(names)} run.`;
    return {
      exitCode: exitCode.done,
      message: follow === undefined ? message : `${message} ${follow}`,
      json: { migrations: names },
    };
  });
}

export async function rollup(flags: MigrationFlags & Pick<CreateFlags, 'name'>): Promise<Outcome> {
  return withMigrator(flags, { database: 'existing' }, async (migrator) => {
    const { name } = flags;
    const file = await migrator.rollup({ name });
    const message =
      file === undefined ? 'There is nothing to merge: fewer than two migrations were run.' : presentWritten(file.path);
    return { exitCode: exitCode.done, message, json: { file } };
  });
}

export async function baseline(flags: RunFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'existing' }, async (migrator) => {
    const { to, only } = flags;
    const names = await migrator.baseline({ to, only });
    return ranOutcome(names, 'No migration is pending.', 'kept as run, and not run');
  });
}

export async function forget(names: readonly string[], flags: MigrationFlags): Promise<Outcome> {
  return withMigrator(flags, { database: 'existing' }, async (migrator) => {
    const forgotten = await migrator.forget(names);
    return ranOutcome(forgotten, 'No migration is kept.', 'kept as not run, and not taken back');
  });
}

async function withMigrator<Result extends Ending>(
  flags: MigrationFlags & Pick<CreateFlags, 'emit'>,
  opening: OpenOptions,
  body: (migrator: Migrator, opened: Opened) => Promise<Result>,
): Promise<Result> {
  const { createMigrator } = await optionalPackage('@dovetail/migrations', () => import('@dovetail/migrations'));
  return withDatabase(flags, opening, (opened) => {
    const { file, orm } = opened;
    const { path, emit } = flags;
    // Where the configuration is compiled, so are the migrations, unless only one folder is known.
    const readsSources = isTypeScript(file.path) || orm.migrations.pathTs === undefined;
    return body(
      createMigrator(orm, {
        ...(path !== undefined && { path, pathTs: path }),
        ...(emit !== undefined && { emit }),
        ...(readsSources && { load: loadModule }),
      }),
      opened,
    );
  });
}

function runOptions(flags: RunFlags): RunOptions {
  return { ...rangeOf(flags), onProgress: tellMigrationProgress() };
}

function rangeOf({ to, from, only }: RunFlags): Pick<RunOptions, 'to' | 'from' | 'only'> {
  return { to: to === '0' ? 0 : to, from, only };
}

function ranOutcome(names: readonly string[], idle: string, verb: string): Outcome {
  const message = names.length === 0 ? idle : `${count(names)} ${verb}.`;
  return { exitCode: exitCode.done, message, json: { migrations: names } };
}

function count({ length }: readonly string[]): string {
  return `${length} ${length === 1 ? 'migration' : 'migrations'}`;
}

function presentStatuses(statuses: readonly MigrationStatus[], none: string): Outcome {
  if (statuses.length === 0) return { exitCode: exitCode.done, message: none, json: statuses };
  const rows = statuses.map(({ name, state, appliedAt = '', duration }) => [
    name,
    state,
    appliedAt,
    duration === undefined ? '' : `${duration} ms`,
  ]);
  return { exitCode: exitCode.done, result: presentTable(['name', 'state', 'run at', 'took'], rows), json: statuses };
}
