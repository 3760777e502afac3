import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newestDatabases, type TestSite } from '../databases/index.js';
import { bin, configText, createProject, type Project, run, runUnread } from './project.js';
import { containing } from './screen.js';

const entities = `[entity('author', { name: { type: 'string' } })]`;

/** A configuration for SQLite, with what stands after the entities. */
function sqliteConfig(options: string): string {
  const site = { connectionOptions: { dbName: '' } };
  const text = configText({ packageName: '@dovetail/sqlite' }, site, entities);
  return text.replace('...{"dbName":""}, ', '').replace(/ {2}\}\);\n$/, ` ${options} });\n`);
}

let project: Project;

afterEach(() => {
  project.dispose();
});

test('every command has help with examples', async () => {
  project = createProject();
  const { stdout } = await project.dovetail('--help');
  const names = [...stdout.matchAll(/^ {2}([a-z]+(?::[a-z]+)?)[ |]/gm)].map(([, name = '']) => name);
  expect(names).toContain('schema:update');
  const helps = await Promise.all(names.map((name) => project.dovetail(name, '--help')));
  for (const [index, help] of helps.entries()) {
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain(`Usage: dovetail ${names[index] ?? ''}`);
    expect(help.stdout).toContain(`  $ dovetail ${names[index] ?? ''}`);
  }
});

test('every command writes JSON alone with --json, errors included', { timeout: 120_000 }, async () => {
  project = createProject({ DOVETAIL_DB_NAME: 'library.db' });
  project.write('dovetail.config.mjs', sqliteConfig("migrations: { emit: 'mjs' }, seeder: { emit: 'js' }"));
  const commands = [
    ['schema:create', '--run'],
    ['schema:update', '--dump'],
    ['schema:diff'],
    ['schema:check'],
    ['schema:introspect'],
    ['schema:drop', '--dump'],
    ['schema:fresh', '--run'],
    ['database:create'],
    ['migration:create', '--initial'],
    ['migration:list'],
    ['migration:pending'],
    ['migration:check'],
    ['migration:baseline'],
    ['migration:rollup'],
    ['migration:down'],
    ['migration:up'],
    ['migration:fresh', '--run'],
    ['seed:create', 'database'],
    ['seed:run'],
    ['entities:generate', '--dump'],
    ['debug'],
    ['completion', 'fish'],
    ['database:drop', '--run'],
    ['schema:update'],
    ['init'],
    ['schema:upate'],
  ];
  for (const command of commands) {
    const { stdout, exitCode } = await project.dovetail(...command, '--json');
    const content: unknown = JSON.parse(stdout);
    const name = command.join(' ');
    if (exitCode === 2) expect(content, name).toHaveProperty('error.problems');
    else expect(content, name).not.toHaveProperty('error');
  }
});

test.each([
  [['--json'], "unknown option '--json'"],
  [['schema:upate', '--json'], 'Did you mean schema:update?'],
  [['schema:update', '--dmup', '--json'], 'Did you mean --dump?'],
  [['schema:update', '--json', '--rename=author'], 'Write the path, a colon and the new name.'],
  [['schema:update', '--json'], 'Write --dump to see the SQL'],
])('what is wrong with %o is in the JSON alone', async (args, message) => {
  project = createProject();
  const { stdout, stderr, exitCode } = await project.dovetail(...args);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 2 });
  const told: unknown = JSON.parse(stdout);
  expect(told).toMatchObject({ error: { code: 'usage', message: containing(message), problems: [] } });
});

test('DOVETAIL_* variables and .env fill in what the configuration leaves out', async () => {
  project = createProject();
  project.write('dovetail.config.mjs', sqliteConfig(''));
  project.write('.env', 'DOVETAIL_DB_NAME=from-file.db\n');
  const create = (environment: NodeJS.ProcessEnv) => run(project.folder, ['database:create'], environment);
  await create({});
  await create({ DOVETAIL_DB_NAME: 'from-environment.db' });
  project.write('dovetail.config.mjs', sqliteConfig("dbName: 'stated.db'"));
  await create({ DOVETAIL_DB_NAME: 'from-environment-too.db' });
  expect(readdirSync(project.folder).filter((file) => file.endsWith('.db'))).toEqual([
    'from-environment.db',
    'from-file.db',
    'stated.db',
  ]);
});

test('a configuration is found upwards, or where package.json says; --context chooses one of several', async () => {
  project = createProject();
  project.write('package.json', '{ "type": "module", "dovetail": "./config/databases.mjs" }');
  const text = sqliteConfig("dbName: 'main.db'").replace('export default', 'const main =');
  project.write(
    'config/databases.mjs',
    `${text}const archive = defineConfig(Dovetail, { contextName: 'archive', dbName: 'archive.db', entities: ${entities} });
export default [main, archive];
`,
  );
  const below = join(project.folder, 'src/deep');
  mkdirSync(below, { recursive: true });
  expect(await run(below, ['schema:create', '--run'], {})).toMatchObject({ exitCode: 0 });
  expect(await run(below, ['schema:create', '--run', '--context', 'archive'], {})).toMatchObject({ exitCode: 0 });
  const files = readdirSync(join(project.folder, 'config')).filter((file) => file.endsWith('.db'));
  expect(files).toEqual(['archive.db', 'main.db']);
});

test('.env and package.json may begin with a byte order mark, as some editors write it', async () => {
  project = createProject();
  project.write('package.json', '\uFEFF{ "private": true, "type": "module", "dovetail": "settings.js" }');
  project.write('settings.js', sqliteConfig(''));
  project.write('.env', '\uFEFFDOVETAIL_DB_NAME=from-file.db\n');
  expect(await project.dovetail('schema:create', '--run')).toMatchObject({ exitCode: 0 });
  expect(readdirSync(project.folder)).toContain('from-file.db');
  expect(await project.dovetail('migration:create', '--emit=js', '--initial')).toMatchObject({ exitCode: 0 });
});

test('a .env that is a folder is none', async () => {
  project = createProject();
  project.write('dovetail.config.mjs', sqliteConfig("dbName: ':memory:'"));
  project.write('.env/pyvenv.cfg', '');
  expect(await project.dovetail('schema:create', '--dump')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('there are colours where they are asked for', async () => {
  project = createProject();
  project.write('dovetail.config.mjs', sqliteConfig("dbName: ':memory:'"));
  const dump = ['schema:create', '--dump'];
  const coloured = [
    await project.dovetail(...dump),
    await project.dovetail(...dump, '--color'),
    await run(project.folder, dump, { FORCE_COLOR: '1' }),
    await run(project.folder, dump, { FORCE_COLOR: '1', NO_COLOR: '1' }),
    await run(project.folder, [...dump, '--no-color'], { FORCE_COLOR: '1' }),
  ].map(({ stdout }) => stdout.includes('\u001B['));
  expect(coloured).toEqual([false, true, true, false, false]);
});

test.each([[['--help']], [['schema:introspect']], [['schema:create', '--dump', '--run']]])(
  '%s ends as ever where nobody reads what it prints, as of `| head`',
  async (args) => {
    project = createProject();
    project.write('dovetail.config.mjs', sqliteConfig("dbName: 'library.db'"));
    await project.dovetail('database:create');
    const { exitCode, stderr } = await runUnread(project.folder, args);
    expect({ exitCode, stack: stderr.includes('    at ') }).toEqual({ exitCode: 0, stack: false });
  },
);

test('says that what it prints cannot be written, as on a full disk', async () => {
  project = createProject();
  project.write('dovetail.config.mjs', sqliteConfig("dbName: ':memory:'"));
  const command = `'${process.execPath}' '${bin}' schema:create --dump > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: project.folder, encoding: 'utf8' });
  expect(stderr).toMatch(/^The output cannot be written: ENOSPC: .*\. What was done is done\.\n$/);
  expect(status).toBe(4);
});

test.each([['--no-drop-tables'], ['--schema=side']])('drops no whole database with %s', async (part) => {
  project = createProject();
  project.write('dovetail.config.mjs', sqliteConfig("dbName: 'library.db'"));
  await project.dovetail('schema:create', '--run');
  const { exitCode, stderr } = await project.dovetail('schema:drop', '--run', '--drop-db', part);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("option '--drop-db' cannot be used with option");
  expect(readdirSync(project.folder)).toContain('library.db');
});

test('init says which package to install, where the project finds none', async () => {
  project = createProject();
  const alone = mkdtempSync(join(tmpdir(), 'dovetail-'));
  const init = ['init', '--database=mariadb'];
  const [found, missing] = [await project.dovetail(...init), await run(alone, init, {})];
  rmSync(alone, { recursive: true });
  expect([found.exitCode, missing.exitCode]).toEqual([0, 0]);
  expect(found.stderr).not.toContain('npm install');
  expect(missing.stderr).toContain('npm install @dovetail/mariadb\n');
});

test('files that were written are named from where the command was typed, and in JSON by their whole path', async () => {
  project = createProject();
  const init = await project.dovetail('init', '--database=sqlite', '--json');
  const whole = (path: string): string => join(project.folder, path);
  const files = ['dovetail.config.ts', 'entities/author.ts', 'tsconfig.json'];
  expect(JSON.parse(init.stdout)).toEqual({ written: files.map(whole) });

  const below = await run(whole('entities'), ['migration:create', '--initial', '--offline'], {});
  expect(below.stderr).toMatch(/^Written: \.\.[\\/]migrations[\\/]Migration\d{14}\.ts\n$/);
  const again = await run(whole('entities'), ['seed:create', 'books', '--json'], {});
  expect(JSON.parse(again.stdout)).toEqual({ written: [whole('seeders/BooksSeeder.ts')] });
});

test('init writes the name of a database that has a quote', async () => {
  project = createProject();
  await project.dovetail('init', '--database=sqlite', "--db-name=it's.db");
  expect(readFileSync(join(project.folder, 'dovetail.config.ts'), 'utf8')).toContain(`dbName: "it's.db",`);
});

test('--verbose says of each difference what the database has, and what the entities want', async () => {
  project = createProject({ DOVETAIL_CLI_VERBOSE: '1' });
  project.write('dovetail.config.mjs', sqliteConfig("dbName: 'library.db'"));
  await project.dovetail('schema:create', '--run');
  project.write(
    'dovetail.config.mjs',
    sqliteConfig("dbName: 'library.db'").replace("type: 'string'", "type: 'integer'"),
  );
  const { exitCode, stderr } = await project.dovetail('schema:check');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('column author.name, type: the database has "text", the entities want "integer"\n');
});

describe.each(newestDatabases)('entities:generate on $name', (database) => {
  let site: TestSite;

  beforeAll(async () => {
    site = await database.create();
  });

  afterAll(async () => {
    await site.dispose();
  });

  test('writes entities that fit the database', async () => {
    project = createProject();
    project.write('dovetail.config.mjs', configText(database, site, '[]'));
    const empty = await project.dovetail('entities:generate');
    expect(empty).toMatchObject({ exitCode: 0, stdout: '' });
    expect(empty.stderr).toContain('There are no tables to make entities of.\n');
    expect(empty.stderr).not.toContain('Written');

    await site.connection.execute('create table book (id integer primary key not null, title varchar(50) not null)');

    const dump = await project.dovetail('entities:generate', '--dump');
    expect(dump.exitCode).toBe(0);
    // Each database of the tests has what entities can't say, such as functions, or nothing.
    expect(dump.stderr).toMatch(/^(Entities cannot say this: the database: .+\n)*$/);
    const generated = await project.dovetail('entities:generate', '--path', 'models');
    expect(generated).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `Written: ${join('models', 'book.ts')}\n${dump.stderr}`,
    });
    expect(dump.stdout).toBe(`// book.ts\n${readFileSync(join(project.folder, 'models/book.ts'), 'utf8')}`);

    project.write('tsconfig.json', '{ "compilerOptions": { "target": "ES2022", "experimentalDecorators": true } }');
    const text = configText(database, site, "['./models/*.ts']").replace(', Entity, PrimaryKey, Property', '');
    project.write('dovetail.config.ts', text.replace(/^function entity[^]*?^\}\n/m, ''));
    const config = ['--config', 'dovetail.config.ts'];
    expect(await project.dovetail('schema:check', ...config)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'The schema is up to date.\n',
    });
  });
});
