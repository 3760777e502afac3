import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { mariadb, mysql } from '../databases/index.js';
import { configText, createProject, type Project, run, workspace } from './project.js';

/** A mistake that people make, and the one message that they get. */
interface Mistake {
  readonly name: string;
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: NodeJS.ProcessEnv;
  readonly exitCode: number;
  /** What the message says, in this order: what is wrong, and what to do. */
  readonly says: readonly string[];
}

const typed = '{ "compilerOptions": { "target": "ES2022", "module": "NodeNext", "experimentalDecorators": true } }';

const emitted = typed.replace('true', 'true, "emitDecoratorMetadata": true');

/** A configuration in JavaScript of an empty database, with the text of its options. */
function plainConfig(options: string, database = 'sqlite'): string {
  return `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/${database}';
export default defineConfig(Dovetail, { ${options} });
`;
}

/** A configuration of some entities, with the text of a file of them. */
function configOf(entities: string, source = ''): Readonly<Record<string, string>> {
  return {
    'tsconfig.json': typed,
    'dovetail.config.ts': `import { defineConfig } from '@dovetail/cli';
import { Dovetail, Entity, PrimaryKey, Property } from '@dovetail/sqlite';
${source}
export default defineConfig(Dovetail, { dbName: 'library.db', entities: [${entities}] });
`,
  };
}

const correct = configOf(
  'Author',
  "@Entity() export class Author { @PrimaryKey({ type: 'integer' }) id!: number; @Property({ type: 'string' }) name!: string; }",
);
const update = ['schema:update', '--run'];

const mistakes: readonly Mistake[] = [
  {
    name: 'no configuration',
    args: ['schema:check'],
    exitCode: 2,
    says: ['There is no configuration.', 'Run "dovetail init"'],
  },
  {
    name: 'a configuration that does not exist',
    args: ['schema:check', '--config', 'other.config.ts'],
    exitCode: 2,
    says: ['other.config.ts: does not exist', 'Check --config'],
  },
  {
    name: 'a misspelt command',
    args: ['schema:upate'],
    exitCode: 2,
    says: ["unknown command 'schema:upate'", 'Did you mean schema:update?'],
  },
  {
    name: 'a misspelt flag',
    args: ['schema:update', '--dmup'],
    exitCode: 2,
    says: ["unknown option '--dmup'", 'Did you mean --dump?', 'schema:update --help'],
  },
  {
    name: 'a missing argument',
    args: ['seed:create'],
    exitCode: 2,
    says: ["missing required argument 'name'", 'seed:create --help'],
  },
  {
    name: 'an argument too many',
    args: ['schema:check', 'Author'],
    exitCode: 2,
    says: ['too many arguments', 'schema:check --help'],
  },
  {
    name: 'neither --dump nor --run in a script',
    args: ['schema:update'],
    files: correct,
    exitCode: 2,
    says: ['Write --dump to see the SQL, or --run to carry it out.', 'Usage: dovetail schema:update'],
  },
  {
    name: 'half a rename',
    args: ['schema:update', '--run', '--rename', 'author.name'],
    exitCode: 2,
    says: ["argument 'author.name' is invalid", 'Write the path, a colon and the new name.'],
  },
  {
    name: 'a file that exports no configuration',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': "export default { dbName: 'library.db' };" },
    exitCode: 2,
    says: ['its default export is not made by defineConfig', 'Write: export default defineConfig('],
  },
  {
    name: 'a configuration in no language that is loaded',
    args: ['schema:check', '--config', 'dovetail.yml'],
    files: { 'dovetail.yml': 'dbName: library.db' },
    exitCode: 2,
    says: ['dovetail.yml: is no TypeScript or JavaScript file', 'Check --config'],
  },
  {
    name: 'a package.json that cannot be read',
    args: ['schema:check'],
    files: { 'package.json': '{ "private": ' },
    exitCode: 2,
    says: ['A package.json cannot be read.', 'package.json: SyntaxError', 'Correct it'],
  },
  {
    name: 'a configuration in package.json',
    args: ['schema:check'],
    files: { 'package.json': '{ "dovetail": { "dbName": "library.db" } }' },
    exitCode: 2,
    says: ['package.json: "dovetail" is no path', 'Write the path', '"dovetail": "./config/dovetail.config.ts"'],
  },
  {
    name: 'a configuration without its Dovetail',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': plainConfig('').replace('Dovetail, {', '{') },
    exitCode: 2,
    says: ['defineConfig: got no Dovetail first', 'Import Dovetail from the package of your database'],
  },
  {
    name: 'options that do not exist',
    args: ['database:create'],
    files: {
      'dovetail.config.mjs': plainConfig(
        "entites: [], database: 'library.db', seeder: { pathTS: 'rows' }, schemaGenerator: true, entityGenerator: {}",
      ),
    },
    exitCode: 2,
    says: [
      'The configuration has options that do not exist.',
      'entites: is no option',
      'Write entities.',
      'database: is no option',
      'Write dbName.',
      'seeder.pathTS: is no option',
      'Write seeder.pathTs.',
      'schemaGenerator: is no object of options',
    ],
  },
  {
    name: 'no entities',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': plainConfig("dbName: 'library.db'") },
    exitCode: 2,
    says: ['entities: is missing', 'Write entities: [Author, Book]'],
  },
  {
    name: 'JavaScript that cannot be read',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': 'export default {{' },
    exitCode: 2,
    says: ['dovetail.config.mjs: SyntaxError:', 'Correct the file'],
  },
  {
    name: 'TypeScript that cannot be read',
    args: ['schema:check'],
    files: { 'dovetail.config.ts': 'const name: = 1;\nexport default name;\n', 'tsconfig.json': typed },
    exitCode: 2,
    says: ['dovetail.config.ts:1:12: ', 'Correct the file'],
  },
  {
    name: 'TypeScript that swc cannot read',
    args: ['schema:check'],
    files: {
      ...configOf("'./author.ts'"),
      'tsconfig.json': emitted,
      'author.ts': 'export class Author {\n  id: = number;\n}\n',
    },
    environment: { RUST_BACKTRACE: '1' },
    exitCode: 2,
    says: ['author.ts:2:1: Unexpected token `=`', 'Correct the file'],
  },
  {
    name: 'emitDecoratorMetadata alone',
    args: ['schema:check'],
    files: { ...correct, 'tsconfig.json': emitted.replace('"experimentalDecorators": true, ', '') },
    exitCode: 2,
    says: [
      'tsconfig.json: has "emitDecoratorMetadata" without "experimentalDecorators"',
      'Set "experimentalDecorators"',
    ],
  },
  {
    name: 'a name that nothing declares',
    args: ['schema:check'],
    files: { ...configOf('Author'), 'tsconfig.json': emitted },
    exitCode: 2,
    says: ['dovetail.config.ts:4: ReferenceError: Author is not defined', 'Correct the file.'],
  },
  {
    name: 'a driver that is not installed',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': "import { Dovetail } from '@dovetail/oracle';\nexport default Dovetail;\n" },
    exitCode: 2,
    says: ["Cannot find package '@dovetail/oracle'", 'Run "npm install @dovetail/oracle"'],
  },
  {
    name: 'a package that an entity in CommonJS misses',
    args: ['schema:check'],
    files: {
      'dovetail.config.mjs': plainConfig("dbName: 'library.db', entities: ['./author.cjs']"),
      'author.cjs': "require('@dovetail/oracle');",
    },
    exitCode: 2,
    says: ["author.cjs: Cannot find module '@dovetail/oracle'\n    Correct the file"],
  },
  {
    name: 'a native driver that was not built',
    args: ['database:create'],
    files: {
      'dovetail.config.mjs': plainConfig("dbName: 'library.db', entities: []"),
      'unbuilt.cjs': `const Module = require('node:module');
const load = Module._load;
const unbuilt = () => { throw new Error('Could not locate the bindings file. Tried:'); };
Module._load = (name, ...others) => (name === 'bindings' ? unbuilt : load(name, ...others));
`,
    },
    environment: { NODE_OPTIONS: '--require=./unbuilt.cjs' },
    exitCode: 2,
    says: ['better-sqlite3: has no native part', 'Run "npm rebuild better-sqlite3"'],
  },
  {
    name: 'files that import each other',
    args: update,
    files: {
      ...configOf('Author', "import { Author } from './author.js';"),
      'author.ts': `import { Entity, ManyToOne, PrimaryKey } from '@dovetail/sqlite';
import { Book } from './book.js';
@Entity() export class Author { @PrimaryKey({ type: 'integer' }) id!: number; @ManyToOne({ entity: Book }) best!: Book; }
`,
      'book.ts': `import { Entity, ManyToOne, PrimaryKey } from '@dovetail/sqlite';
import { Author } from './author.js';
@Entity() export class Book { @PrimaryKey({ type: 'integer' }) id!: number; @ManyToOne({ entity: Author }) author!: object; }
`,
    },
    exitCode: 2,
    says: ["Cannot access 'Author' before initialization", 'name the entity lazily', '() => Author'],
  },
  {
    name: 'a context that does not exist',
    args: ['schema:check', '--context', 'replica'],
    files: correct,
    exitCode: 2,
    says: ['has no context replica', 'Write --context with one of: default'],
  },
  {
    name: 'a loader that does not exist',
    args: ['schema:check'],
    files: correct,
    environment: { DOVETAIL_LOADER: 'babel' },
    exitCode: 2,
    says: ['DOVETAIL_LOADER: is babel', 'Write one of: swc, ts-node, tsx, none'],
  },
  {
    name: 'a port that is no number',
    args: ['schema:check'],
    files: correct,
    environment: { DOVETAIL_PORT: 'default' },
    exitCode: 2,
    says: ['DOVETAIL_PORT: is default', 'Write a whole number.'],
  },
  {
    name: 'no name of a database',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': plainConfig('entities: []') },
    exitCode: 2,
    says: ['The configuration names no database.', 'set DOVETAIL_DB_NAME'],
  },
  {
    name: 'a class without @Entity',
    args: update,
    files: configOf('Author', 'class Author { id!: number; }'),
    exitCode: 2,
    says: ['Author', '@Entity()'],
  },
  {
    name: 'an entity without a primary key',
    args: update,
    files: configOf('Author', "@Entity() class Author { @Property({ type: 'string' }) name!: string; }"),
    exitCode: 2,
    says: ['Author', 'primary key', '@PrimaryKey'],
  },
  {
    name: 'a type that nothing states',
    args: update,
    files: configOf('Author', '@Entity() class Author { @PrimaryKey() id!: number; }'),
    exitCode: 2,
    says: ['Author.id', 'type', 'emitDecoratorMetadata'],
  },
  {
    name: 'a glob that finds no file',
    args: update,
    files: configOf("'./entites/*.ts'"),
    exitCode: 2,
    says: ['no file matches "./entites/*.ts"', 'Correct the glob'],
  },
  {
    name: 'a database that was never created',
    args: ['schema:check'],
    files: correct,
    exitCode: 3,
    says: ['library.db', 'dovetail database:create'],
  },
  {
    name: 'a server that is down',
    args: ['database:create'],
    files: {
      'dovetail.config.mjs': plainConfig("dbName: 'library', host: '127.0.0.1', port: 1, entities: []", 'mysql'),
    },
    exitCode: 3,
    says: ['connect ECONNREFUSED 127.0.0.1:1', 'Check that the server runs'],
  },
  {
    name: 'a seeder that does not exist',
    args: ['seed:run', 'UserSeeder'],
    files: { ...correct, 'library.db': '', 'seeders/users.js': 'export class UsersSeeder { run() {} }' },
    exitCode: 2,
    says: ['UserSeeder', 'There are UsersSeeder.'],
  },
  {
    name: 'a migration that does not exist',
    args: ['migration:up', '--to', 'authors'],
    files: correct,
    exitCode: 2,
    says: ['authors'],
  },
  {
    name: 'init without the database, in a script',
    args: ['init', '--database', 'oracle'],
    exitCode: 2,
    says: ['is oracle', 'Write --database with one of: sqlite, postgresql, mysql, mariadb.'],
  },
  {
    name: 'init where there is a project',
    args: ['init', '--database', 'sqlite'],
    files: correct,
    exitCode: 2,
    says: ['There is a project already. Nothing has been written.', 'dovetail.config.ts: exists'],
  },
  {
    name: 'a file where the folder of migrations should be',
    args: ['migration:create', '--path', 'tsconfig.json'],
    files: correct,
    exitCode: 4,
    says: ['A file cannot be read or written.', 'tsconfig.json', 'EEXIST', 'Check the path'],
  },
  {
    name: 'a shell without completion',
    args: ['completion', 'cmd'],
    exitCode: 2,
    says: ['cmd: is not known', 'Write one of: bash, zsh, fish.'],
  },
  {
    name: 'a Node.js that is too old',
    args: ['schema:check'],
    files: { 'old.mjs': "Object.defineProperty(process, 'version', { value: 'v18.20.0' });" },
    environment: { NODE_OPTIONS: '--import=./old.mjs' },
    exitCode: 2,
    says: ['Dovetail needs Node.js 20.19 or later', 'this is v18.20.0'],
  },
];

let project: Project | undefined;

afterEach(() => {
  project?.dispose();
});

test.concurrent.each(mistakes)('$name', async ({ args, files = {}, environment = {}, exitCode, says }) => {
  const place = createProject(environment);
  for (const [path, text] of Object.entries(files)) place.write(path, text);
  const ended = await place.dovetail(...args);
  place.dispose();
  expect(ended).toMatchObject({ exitCode, stdout: '' });
  expectMessage(ended.stderr, says);
});

test.each([mysql, mariadb])('a wrong password, on $name', async (database) => {
  const site = await database.create();
  project = createProject({ DOVETAIL_PASSWORD: 'not-the-one' });
  project.write('dovetail.config.mjs', configText(database, site, "[entity('author', {})]"));
  const ended = await project.dovetail('schema:check');
  await site.dispose();
  expect(ended).toMatchObject({ exitCode: 3, stdout: '' });
  expectMessage(ended.stderr, ['Access denied', 'password']);
  expect(ended.stderr).not.toContain('not-the-one');
});

test.each([
  { args: ['seed:run'], name: '@dovetail/seeder' },
  { args: ['migration:up'], name: '@dovetail/migrations' },
  { args: ['entities:generate'], name: '@dovetail/entity-generator' },
])('$args.0 without $name', async ({ args, name }) => {
  const folder = installWithout(name);
  for (const [path, text] of Object.entries(correct)) writeFileSync(join(folder, path), text);
  const ended = await run(folder, args, {}, join(folder, 'node_modules/@dovetail/cli/dist/bin.js'));
  rmSync(folder, { recursive: true });
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expectMessage(ended.stderr, [`This command needs the package ${name}.`, `Run "npm install ${name}".`]);
});

test('a project of init loads without the packages that are optional', async () => {
  const folder = installWithout('@swc-node', '@swc');
  const path = join(folder, 'node_modules/@dovetail/cli/dist/bin.js');
  const dovetail = async (...args: readonly string[]) => run(folder, args, {}, path);
  expect(await dovetail('init', '--database', 'sqlite')).toMatchObject({ exitCode: 0 });
  expect(await dovetail('schema:update', '--run')).toMatchObject({ exitCode: 0, stderr: 'Schema updated.\n' });

  const entity = join(folder, 'entities/author.ts');
  writeFileSync(entity, readFileSync(entity, 'utf8').replace("{ type: 'string', length: 100 }", ''));
  const ended = await dovetail('schema:check');
  rmSync(folder, { recursive: true });
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expectMessage(ended.stderr, [
    'Author.name',
    'type',
    'npm install --save-dev @swc-node/register @swc/core typescript',
  ]);
});

/** A folder outside the workspace that has all packages but these. */
function installWithout(...missing: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-cli-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@dovetail'), { recursive: true });
  const link = (from: string, to: string): void => symlinkSync(join(workspace, from), join(modules, to), 'junction');
  for (const name of readdirSync(join(workspace, 'node_modules'))) {
    if (name !== '@dovetail' && !missing.includes(name)) link(`node_modules/${name}`, name);
  }
  for (const name of readdirSync(join(workspace, 'packages'))) {
    // A link would find its neighbours in the workspace.
    if (name === 'cli') cpSync(join(workspace, 'packages/cli'), join(modules, '@dovetail/cli'), { recursive: true });
    else if (!missing.includes(`@dovetail/${name}`)) link(`packages/${name}`, `@dovetail/${name}`);
  }
  return folder;
}

/** One message, whose parts come in order, and no stack of it. */
function expectMessage(stderr: string, says: readonly string[]): void {
  const places = says.map((part) => stderr.indexOf(part));
  expect(places, stderr).toEqual([...places].sort((a, b) => a - b));
  expect(places, stderr).not.toContain(-1);
  expect(stderr).not.toMatch(/^ +at /m);
  for (const noise of ['node:internal', 'Require stack:', 'backtrace', 'Run again with'])
    expect(stderr).not.toContain(noise);
}
