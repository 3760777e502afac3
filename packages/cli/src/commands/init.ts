import { DovetailError } from '@dovetail/core';
import { readPackage } from '@dovetail/core/driver';
import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { configNames } from '../config/find-config.js';
import { exitCode } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import { installedVersion } from '../installed-version.js';
import type { Outcome } from '../outcome.js';
import { presentWritten } from '../output/written.js';
import { canAsk, choose } from './ask.js';

/** The databases that there are packages of. */
export const databases = ['sqlite', 'postgresql', 'mysql', 'mariadb'] as const;

type Database = (typeof databases)[number];

/** The flags of `init`. */
export interface InitFlags extends GlobalFlags {
  readonly database?: string | undefined;
  readonly dbName?: string | undefined;
}

const entityPath = join('entities', 'author.ts');

/** Writes a configuration and a first entity into the working folder. Writes over nothing. */
export async function init(flags: InitFlags): Promise<Outcome> {
  // Before anything is asked, for an answer would lead to nothing.
  rejectExisting([...configNames, entityPath]);
  rejectFile(dirname(entityPath));
  const database = await chooseDatabase(flags);
  const dbName = flags.dbName ?? (database === 'sqlite' ? 'app.db' : 'app');
  const suffix = isModule() ? '.js' : '';
  const files = new Map([
    ['dovetail.config.ts', configText(database, dbName, suffix)],
    [entityPath, entityText(database)],
    ...(existsSync('tsconfig.json') ? [] : [['tsconfig.json', compilerText] as const]),
  ]);
  for (const [path, text] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  }
  const written = [...files.keys()];
  return {
    exitCode: exitCode.done,
    message: [
      ...written.map(presentWritten),
      ...missingPackage(database),
      'Then see what an update would do: npx dovetail schema:update',
    ].join('\n'),
    json: { written: written.map((path) => resolve(path)) },
  };
}

async function chooseDatabase(flags: InitFlags): Promise<Database> {
  const { database: stated } = flags;
  const known = databases.find((name) => name === stated);
  if (known !== undefined) return known;
  if (stated === undefined && canAsk(flags)) {
    const choices = databases.map((value) => ({ name: value, value }));
    return choose('Which database?', choices);
  }
  throw new DovetailError('invalid-configuration', 'Which database is it for?', [
    {
      where: '--database',
      what: stated === undefined ? 'is missing' : `is ${stated}`,
      remedy: `Write --database with one of: ${databases.join(', ')}.`,
    },
  ]);
}

function isModule(): boolean {
  if (!existsSync('package.json')) return false;
  const content = readPackage(resolve('package.json'));
  return 'type' in content && content.type === 'module';
}

function rejectExisting(paths: readonly string[]): void {
  const existing = paths.filter((path) => existsSync(path));
  if (existing.length === 0) return;
  throw new DovetailError(
    'invalid-configuration',
    'There is a project already. Nothing has been written.',
    existing.map((where) => ({ where, what: 'exists', remedy: 'Remove it first, or edit it.' })),
  );
}

function rejectFile(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  throw new DovetailError(
    'invalid-configuration',
    'A folder that is needed cannot be made. Nothing has been written.',
    [{ where: folder, what: 'is a file', remedy: 'Move it away, or start in an empty folder.' }],
  );
}

function missingPackage(database: Database): string[] {
  const name = `@dovetail/${database}`;
  const isInstalled = installedVersion(name, resolve('dovetail.config.ts')) !== undefined;
  return isInstalled ? [] : [`Install the package of your database: npm install ${name}`];
}

function configText(database: Database, dbName: string, suffix: string): string {
  return `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/${database}';
import { Author } from './entities/author${suffix}';

export default defineConfig(Dovetail, {
  dbName: ${literal(dbName)},${serverOptions(database)}
  entities: [Author],
});
`;
}

/** Where the server is comes from the environment, so that no password gets into the repository. */
function serverOptions(database: Database): string {
  return database === 'sqlite'
    ? ''
    : '\n  // DOVETAIL_HOST, DOVETAIL_PORT, DOVETAIL_USER and DOVETAIL_PASSWORD, or a .env file, say where the server is.';
}

function entityText(database: Database): string {
  return `import { Entity, PrimaryKey, Property } from '@dovetail/${database}';

@Entity()
export class Author {
  @PrimaryKey({ type: 'integer' })
  id!: number;

  @Property({ type: 'string', length: 100 })
  name!: string;
}
`;
}

const compilerText = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      strict: true,
      skipLibCheck: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  },
  null,
  2,
)}\n`;

/** In single quotes, as the rest of the file is, unless it has quotes of its own. */
function literal(text: string): string {
  const quoted = JSON.stringify(text);
  return /['\\]/.test(quoted) ? quoted : quoted.replaceAll('"', "'");
}
