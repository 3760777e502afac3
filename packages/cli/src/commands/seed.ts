import { DovetailError } from '@dovetail/core';
import { findConfig, chooseContext, type ConfigFile } from '../config/find-config.js';
import type { Config, SeederOptions } from '../config/define-config.js';
import { isTypeScript } from '../config/import-module.js';
import { exitCode } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import { type Opened, withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
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
  // A package that is missing is found out before anything is changed.
  await seederPackage();
  return { afterwards: () => run(seed === true ? [] : [seed], opened) };
}

/** Runs the seeders that are named, or the default one. */
export async function runSeeders(names: readonly string[], flags: SeedRunFlags): Promise<Outcome> {
  await seederPackage();
  return withDatabase(flags, { ensureDatabase: false }, async (opened) => {
    const message = await run([...names, ...(flags.class === undefined ? [] : [flags.class])], opened);
    return { exitCode: exitCode.done, message, json: { seeded: true } };
  });
}

/** Writes a new seeder. */
export async function createSeederFile(name: string, flags: GlobalFlags): Promise<Outcome> {
  const { createSeederFile: create } = await seederPackage();
  const file = await findConfig(flags.config);
  const path = await create(name, optionsOf(chooseContext(file, flags.context), file));
  return { exitCode: exitCode.done, message: `Written: ${path}`, json: { written: [path] } };
}

async function run(seeders: readonly string[], { orm, config, file, interruption }: Opened): Promise<string> {
  const { createSeeder } = await seederPackage();
  const runner = createSeeder(orm, optionsOf(config, file));
  await interruption.cutOff('The rows of the seeders are rolled back; the schema stays.', async () => {
    await runner.run(...seeders).catch(rethrow);
  });
  return 'Seeded.';
}

function optionsOf({ options }: Config, { path, folder }: ConfigFile): SeederOptions & PlaceOptions {
  return { preferTs: isTypeScript(path), baseDir: folder, ...options.seeder };
}

async function seederPackage() {
  return optionalPackage('@dovetail/seeder', () => import('@dovetail/seeder'));
}

/** What the user's own code throws says nothing of the database. */
function rethrow(error: unknown): never {
  if (error instanceof DovetailError && error.code === 'invalid-configuration') throw error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const { code, problems } = error instanceof DovetailError ? error : unexpected;
  const [reason = ''] = cause.message.split('\n');
  const summary = `A seeder failed. All rows of the seeders are rolled back; the schema stays.\n${reason}`;
  throw new DovetailError(code, summary, problems, { cause });
}

const unexpected = { code: 'statement-failed', problems: [] } as const;
