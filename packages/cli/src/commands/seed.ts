import { DovetailError } from '@dovetail/core';
import type { SeederClass, SeederRunner } from '@dovetail/seeder';
import { findConfig, chooseContext, type ConfigFile } from '../config/find-config.js';
import type { Config, SeederOptions } from '../config/define-config.js';
import { isTypeScript } from '../config/import-module.js';
import { exitCode } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import { type Opened, withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
import { presentWritten } from '../output/written.js';
import { optionalPackage } from './optional-package.js';
import type { Proposal } from './propose.js';

/** `--seed`, or `--seed=Class`. */
export interface SeedFlags {
  readonly seed?: string | boolean | undefined;
}

/** The flags of `seed:run`. */
export interface SeedRunFlags extends GlobalFlags {
  readonly class?: string | undefined;
}

/** What the place of the configuration says of seeders. */
interface PlaceOptions {
  readonly preferTs: boolean;
  readonly baseDir: string;
}

/** What follows a change of the schema where `--seed` asks for it. */
export async function seeding({ seed }: SeedFlags, opened: Opened): Promise<Pick<Proposal, 'afterwards'>> {
  if (seed === undefined || seed === false) return {};
  // A package or a seeder that is missing is found out before anything is changed.
  const seeders = await findSeeders(seed === true ? [] : [seed], opened);
  return { afterwards: () => run(seeders, opened) };
}

/** Runs the seeders that are named, or the default one. */
export async function runSeeders(names: readonly string[], flags: SeedRunFlags): Promise<Outcome> {
  await seederPackage();
  return withDatabase(flags, { database: 'existing' }, async (opened) => {
    const seeders = await findSeeders([...names, ...(flags.class === undefined ? [] : [flags.class])], opened);
    const message = await run(seeders, opened);
    return { exitCode: exitCode.done, message, json: { seeded: true } };
  });
}

/** Writes a new seeder. */
export async function createSeederFile(name: string, flags: GlobalFlags): Promise<Outcome> {
  const { createSeederFile: create } = await seederPackage();
  const file = await findConfig(flags.config);
  const path = await create(name, optionsOf(chooseContext(file, flags.context), file));
  return { exitCode: exitCode.done, message: presentWritten(path), json: { written: [path] } };
}

async function findSeeders(names: readonly string[], opened: Opened): Promise<readonly SeederClass[]> {
  return (await runnerOf(opened)).find(...names);
}

async function run(seeders: readonly SeederClass[], opened: Opened): Promise<string> {
  const runner = await runnerOf(opened);
  await opened.interruption.cutOff('The rows of the seeders are rolled back; the schema stays.', async () => {
    await runner.run(...seeders).catch(rethrow);
  });
  return 'Seeded.';
}

async function runnerOf({ orm, config, file }: Opened): Promise<SeederRunner> {
  const { createSeeder } = await seederPackage();
  return createSeeder(orm, optionsOf(config, file));
}

function optionsOf({ options }: Config, { path, folder }: ConfigFile): SeederOptions & PlaceOptions {
  return { preferTs: isTypeScript(path), baseDir: folder, ...options.seeder };
}

async function seederPackage() {
  return optionalPackage('@dovetail/seeder', () => import('@dovetail/seeder'));
}

/** What the user's own code throws says nothing of the database. */
function rethrow(error: unknown): never {
  const cause = error instanceof Error ? error : new Error(String(error));
  const { code, problems, summary: reason } = error instanceof DovetailError ? error : unexpected(cause);
  const summary = `A seeder failed. All rows of the seeders are rolled back; the schema stays.\n${reason}`;
  throw new DovetailError(code, summary, problems, { cause });
}

function unexpected({ message }: Error): Pick<DovetailError, 'code' | 'problems' | 'summary'> {
  const [summary = ''] = message.split('\n');
  return { code: 'statement-failed', problems: [], summary };
}
