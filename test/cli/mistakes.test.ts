import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { mariadb, mysql, postgresql } from '../databases/index.js';
import { configOf, correct, expectMessage, expectToBeTold, type Mistake, plainConfig } from './mistake.js';
import { configText, createProject, type Project, run, workspace } from './project.js';

const update = ['schema:update', '--run'];

const mistakes: readonly Mistake[] = [
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
    name: 'options of a kind that they do not take',
    args: update,
    files: {
      'dovetail.config.mjs': configText(
        { packageName: '@dovetail/sqlite' },
        { connectionOptions: { dbName: 'library.db' } },
        "[entity('author', { name: { type: 'string', length: '3', nullable: 'yes' } })]",
      ),
    },
    exitCode: 2,
    says: [
      "author.name: `length` of `@Property` is '3'\n    Write a whole number.",
      "author.name: `nullable` of `@Property` is 'yes'\n    Write `true` or `false`.",
    ],
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
  ...['localhost/library', 'localhost:5432/library', 'mysql://localhost'].map((url) => ({
    name: `${url} for PostgreSQL`,
    args: ['database:create'],
    files: {
      'dovetail.config.mjs': plainConfig(`dbName: 'library', connectionString: '${url}', entities: []`, 'postgresql'),
    },
    exitCode: 2,
    says: ['connectionString: is no URL of PostgreSQL', 'Write postgres://'],
  })),
  ...['localhost/library', 'localhost:3306/library', 'postgres://localhost'].map((url) => ({
    name: `${url} for MySQL`,
    args: ['database:create'],
    files: { 'dovetail.config.mjs': plainConfig(`dbName: 'library', url: '${url}', entities: []`, 'mysql') },
    exitCode: 2,
    says: ['url: is no URL of MySQL', 'Write mysql://'],
  })),
  {
    name: 'a seeder that does not exist',
    args: ['seed:run', 'UserSeeder'],
    files: { ...correct, 'library.db': '', 'seeders/users.js': 'export class UsersSeeder { run() {} }' },
    exitCode: 2,
    says: ['UserSeeder', 'There are UsersSeeder.'],
  },
  {
    name: 'two seeders of one name',
    args: ['seed:run', 'UsersSeeder'],
    files: {
      ...correct,
      'library.db': '',
      'seeders/again.js': "export * from './people.js';",
      'seeders/people.js': 'export class PeopleSeeder { run() {} }\nexport { PeopleSeeder as default };',
      'seeders/staff.js': 'export class UsersSeeder { run() {} }',
      'seeders/users.js': 'export class UsersSeeder { run() {} }',
    },
    exitCode: 2,
    says: [
      'seeders/users.js: exports a class UsersSeeder, as ',
      'seeders/staff.js does',
      'Give one of them another name',
    ],
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
    name: 'init where the configuration is in JavaScript',
    args: ['init'],
    files: { 'dovetail.config.mjs': '' },
    exitCode: 2,
    says: ['There is a project already. Nothing has been written.', 'dovetail.config.mjs: exists'],
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

test.concurrent.each(mistakes)('$name', expectToBeTold);

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

test.each([...postgresql, mysql, mariadb])('a user who may create no database, on $name', async (database) => {
  const site = await database.create();
  const user = `guest_${randomUUID().slice(0, 8)}`;
  await site.connection.execute(`create user ${user}`);
  const connectionOptions = { ...site.connectionOptions, dbName: `of_${user}` };
  project = createProject({ DOVETAIL_USER: user });
  project.write('dovetail.config.mjs', configText(database, { connectionOptions }, "[entity('author', {})]"));
  const created = await project.dovetail('database:create');
  const updated = await project.dovetail('schema:update', '--run', '--json');
  await site.connection.execute(`drop user ${user}`);
  await site.dispose();
  expect(created).toMatchObject({ exitCode: 4, stdout: '' });
  expectMessage(created.stderr, ['Cannot create the database.', 'denied', 'Let a', 'run: ']);
  expect(updated).toMatchObject({ exitCode: 4, stderr: '' });
  expect(updated.stdout).toContain('"code": "statement-failed"');
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

test.each([
  { without: 'the packages that are optional', install: () => installWithout('@swc-node', '@swc') },
  { without: 'a TypeScript that other programs can use', install: installWithNativeTypeScript },
])('a project of init loads without $without', async ({ install }) => {
  const folder = install();
  const path = join(folder, 'node_modules/@dovetail/cli/dist/bin.js');
  const dovetail = async (...args: readonly string[]) => run(folder, args, {}, path);
  expect(await dovetail('init', '--database', 'sqlite')).toMatchObject({ exitCode: 0 });
  expect(await dovetail('schema:update', '--run')).toMatchObject({ exitCode: 0, stderr: 'Schema updated.\n' });

  const entity = join(folder, 'entities/author.ts');
  writeFileSync(entity, readFileSync(entity, 'utf8').replace("{ type: 'string', length: 100 }", ''));
  const ended = await dovetail('schema:check');
  rmSync(folder, { recursive: true });
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expectMessage(ended.stderr, ['Author.name', 'type', 'npm install --include=optional']);
});

/** From version 7 on, all that a program gets of TypeScript is its version. */
function installWithNativeTypeScript(): string {
  const folder = installWithout('@swc-node', 'typescript');
  const modules = join(folder, 'node_modules');
  cpSync(join(workspace, 'node_modules/@swc-node'), join(modules, '@swc-node'), { recursive: true });
  mkdirSync(join(modules, 'typescript'));
  writeFileSync(join(modules, 'typescript/package.json'), '{ "version": "7.0.2", "main": "version.cjs" }\n');
  writeFileSync(join(modules, 'typescript/version.cjs'), "exports.version = '7.0.2';\n");
  return folder;
}

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
