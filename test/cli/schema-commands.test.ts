import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestDatabases, type TestSite } from '../databases/index.js';
import { configText, createProject, type Project } from './project.js';

const author = `[entity('author', { name: { type: 'string', length: 50 } })]`;
const optionalName = `[entity('author', { name: { type: 'string', length: 50, nullable: true } })]`;
const withAge = `[entity('author', { name: { type: 'string', length: 50 }, age: { type: 'integer', nullable: true } })]`;
const nothing = '[]';

describe.each(newestDatabases)('the command on $name', (database) => {
  let site: TestSite;
  let project: Project;

  const describeBy = (entities: string): void =>
    project.write(
      'dovetail.config.mjs',
      configText(database, site, entities, 'discovery: { warnWhenNoEntities: false }'),
    );
  const tables = async (): Promise<string[]> => (await site.introspect()).tables.map(({ name }) => name);
  const columns = async (): Promise<string[]> =>
    (await site.introspect()).tables.flatMap((table) => table.columns.map(({ name }) => name));
  const addRow = async (): Promise<void> => site.connection.execute("insert into author (name) values ('Ada')");

  beforeEach(async () => {
    site = await database.create();
    project = createProject();
    describeBy(author);
  });

  afterEach(async () => {
    project.dispose();
    await site.dispose();
  });

  test('schema:create prints the SQL alone, and creates the tables', async () => {
    const dump = await project.dovetail('schema:create', '--dump');
    expect(dump).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await tables()).toEqual([]);

    const run = await project.dovetail('schema:create', '--run');
    expect(run).toEqual({ exitCode: 0, stdout: '', stderr: 'Schema created.\n' });
    expect(await columns()).toEqual(['id', 'name']);

    const again = await project.dovetail('schema:create', '--run');
    expect(again).toMatchObject({ exitCode: 1, stdout: '' });
    expect(again.stderr).toContain('author');
  });

  test('what schema:update --dump prints can be run as it stands', async () => {
    const { stdout } = await project.dovetail('schema:update', '--dump');
    await site.runScript(stdout);
    expect(await project.dovetail('schema:update', '--dump')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'The schema is up to date.\n',
    });
  });

  test('schema:update makes the database fit, and then has nothing to do', async () => {
    expect(await project.dovetail('schema:update', '--run')).toMatchObject({ exitCode: 0, stdout: '' });
    await addRow();
    describeBy(withAge);
    const { exitCode, stdout, stderr } = await project.dovetail('schema:update', '--run', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, database: database.driver.name });
    expect(await columns()).toEqual(['id', 'name', 'age']);
    expect(await project.dovetail('schema:update', '--run')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'The schema is up to date.\n',
    });
    expect(await site.connection.query('select name from author')).toEqual([{ name: 'Ada' }]);
  });

  test('schema:update says what it takes for a rename that nobody has stated', async () => {
    await project.dovetail('schema:update', '--run');
    await addRow();
    describeBy(author.replace('name:', 'full_name:'));
    expect(await project.dovetail('schema:update', '--run')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr:
        'author.name: column name → full_name (assumed, for only one reading fits); where it is no rename, say' +
        ' --not-renamed author.name.\nSchema updated.\n',
    });
    expect(await site.connection.query('select full_name from author')).toEqual([{ full_name: 'Ada' }]);
  });

  test('--drop-db --dump prints what removes the database, and what creates it anew', async () => {
    await project.dovetail('schema:update', '--run');
    const drop = await project.dovetail('schema:drop', '--drop-db', '--dump');
    const fresh = await project.dovetail('schema:fresh', '--drop-db', '--dump');
    expect([drop.exitCode, fresh.exitCode]).toEqual([0, 0]);
    const isFile = database.name === 'SQLite';
    expect(drop.stdout).toMatch(isFile ? /^-- The file .+ is removed\.\n$/ : /drop database if exists .+;\n$/);
    expect(fresh.stdout.startsWith(drop.stdout)).toBe(true);
    expect(fresh.stdout).toMatch(isFile ? /^-- An empty file .+ is created\.$/m : /^create database .+;$/m);
    expect(fresh.stdout).toMatch(/create table ["`]author["`]/);
    expect(drop.stdout + fresh.stdout).not.toContain('drop table');
    const told = async (command: string): Promise<unknown> =>
      JSON.parse((await project.dovetail(command, '--drop-db', '--dump', '--json')).stdout);
    expect(await told('schema:drop')).toEqual({ exists: true, dropDb: drop.stdout });
    expect(await told('schema:fresh')).toMatchObject({
      dropDb: drop.stdout,
      steps: [{ changes: [{ kind: 'create-table', table: { name: 'author' } }] }],
    });
    expect(await tables()).toEqual(['author']);
  });

  test('--drop-db --run removes the database, and says so in JSON', async () => {
    const { stdout: dropDb } = await project.dovetail('schema:drop', '--drop-db', '--dump');
    const ended = await project.dovetail('schema:drop', '--drop-db', '--run', '--json');
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toEqual({ exists: false, dropDb });
    expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 3 });
    expect(await project.dovetail('database:create')).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['schema:update', '--run'],
    ['schema:create', '--run'],
    ['schema:fresh', '--run'],
    ['schema:drop', '--run'],
    ['schema:diff'],
    ['schema:check'],
    ['entities:generate', '--dump'],
  ])('%s of a schema that there is not is a mistake', async (...args) => {
    await project.dovetail('schema:update', '--run');
    const { exitCode, stdout, stderr } = await project.dovetail(...args, '--schema=nowhere');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/There is no such schema|has no schemas/);
    expect(await tables()).toEqual(['author']);
  });

  test.each([['schema:update', '--run'], ['schema:diff'], ['schema:check'], ['migration:create', '--dump']])(
    '%s refuses --not-renamed of what there is not, as it refuses --rename',
    async (...args) => {
      await project.dovetail('schema:update', '--run');
      const misspelt = await project.dovetail(...args, '--not-renamed=author.nmae');
      expect(misspelt).toMatchObject({ exitCode: 2, stdout: '' });
      expect(misspelt.stderr).toContain('--not-renamed "author.nmae": is not in the database\n    Write author.name.');
      expect(await project.dovetail(...args, '--not-renamed=zzz')).toMatchObject({ exitCode: 2, stdout: '' });
      expect(await project.dovetail(...args, '--rename=zzz:writer')).toMatchObject({ exitCode: 2, stdout: '' });
    },
  );

  test('--not-renamed calls a table that is renamed as well by either name', async () => {
    await project.dovetail('schema:update', '--run');
    describeBy(author.replace("'author'", "'writer'").replace('name:', 'label:'));
    for (const table of ['author', 'writer']) {
      const rename = ['--rename=author:writer', `--not-renamed=${table}.name`];
      const { exitCode, stdout } = await project.dovetail('schema:diff', ...rename);
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
      expect(stdout).toContain('- column name');
    }
  });

  test('schema:check tells by its exit code whether the database differs', async () => {
    const differs = await project.dovetail('schema:check');
    expect(differs).toMatchObject({ exitCode: 1, stderr: 'The database differs from the entities.\n' });
    expect(differs.stdout).toContain('+ table author');
    await project.dovetail('schema:update', '--run');
    expect(await project.dovetail('schema:check')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'The schema is up to date.\n',
    });
  });

  test('schema:diff shows the change tree', async () => {
    await project.dovetail('schema:update', '--run');
    describeBy(optionalName);
    const { exitCode, stdout } = await project.dovetail('schema:diff');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('~ table author\n  ~ column name: not null → null');
  });

  test('values that exist are destroyed with consent alone', async () => {
    describeBy(withAge);
    await project.dovetail('schema:update', '--run');
    await site.connection.execute("insert into author (name, age) values ('Ada', 36)");
    describeBy(author);

    const refused = await project.dovetail('schema:update', '--run');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('author.age');
    expect(refused.stderr).toContain('--allow-data-loss');
    expect(await site.connection.query('select age from author')).toEqual([{ age: 36 }]);

    expect(await project.dovetail('schema:update', '--run', '--safe')).toMatchObject({ exitCode: 0 });
    expect(await columns()).toEqual(['id', 'name', 'age']);

    expect(await project.dovetail('schema:update', '--run', '--allow-data-loss')).toMatchObject({ exitCode: 0 });
    expect(await columns()).toEqual(['id', 'name']);
  });

  test('no consent is offered where none helps', async () => {
    describeBy(optionalName);
    await project.dovetail('schema:update', '--run');
    await site.connection.execute('insert into author (name) values (null)');
    describeBy(author);

    const refused = await project.dovetail('schema:update', '--run');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('1 row holds null');
    expect(refused.stderr).not.toContain('--allow-data-loss');
  });

  test('tables that no entity describes are left alone with --no-drop-tables', async () => {
    await project.dovetail('schema:update', '--run');
    describeBy(nothing);
    await project.dovetail('schema:update', '--run', '--no-drop-tables');
    expect(await tables()).toEqual(['author']);
    await project.dovetail('schema:update', '--run');
    expect(await tables()).toEqual([]);
  });

  test('schema:drop drops all tables', async () => {
    await project.dovetail('schema:update', '--run');
    await addRow();
    const dump = await project.dovetail('schema:drop', '--dump');
    expect(dump).toMatchObject({ exitCode: 0, stderr: '' });
    expect(dump.stdout).toContain('drop table');
    expect(await tables()).toEqual(['author']);
    expect(await project.dovetail('schema:drop', '--run')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Schema dropped.\n',
    });
    expect(await tables()).toEqual([]);
  });

  test('schema:fresh leaves the tables of the entities, and no rows', async () => {
    await project.dovetail('schema:update', '--run');
    await addRow();
    expect(await project.dovetail('schema:fresh', '--run')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await site.connection.query('select name from author')).toEqual([]);
  });

  test('schema:introspect prints the schema as JSON', async () => {
    await project.dovetail('schema:update', '--run');
    const { exitCode, stdout, stderr } = await project.dovetail('schema:introspect');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(await site.introspect())));
  });

  test('a database is created and dropped', async () => {
    const other = {
      connectionOptions: { ...site.connectionOptions, dbName: `${site.connectionOptions.dbName}_other` },
    };
    project.write('dovetail.config.mjs', configText(database, other, author));
    const missing = await project.dovetail('schema:check');
    expect(missing).toMatchObject({ exitCode: 3, stdout: '' });
    expect(missing.stderr).toContain('dovetail database:create');
    const shown = await project.dovetail('schema:create', '--dump');
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout.toLowerCase()).toContain('create table');
    expect(await project.dovetail('migration:create', '--dump')).toMatchObject({ exitCode: 3 });
    for (const stderr of ['Database created.\n', 'The database exists already.\n']) {
      expect(await project.dovetail('database:create')).toEqual({ exitCode: 0, stdout: '', stderr });
    }
    expect(await project.dovetail('schema:create', '--dump')).toEqual(shown);
    expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 1 });
    expect(await project.dovetail('database:drop', '--run')).toMatchObject({
      exitCode: 0,
      stderr: 'Database dropped.\n',
    });
    expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 3 });
  });

  test('debug tells what is found', async () => {
    const { exitCode, stdout } = await project.dovetail('debug');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('entities: author');
    expect(stdout).toContain(`connection: ${database.name.split(' ')[0] ?? ''} ${site.connection.serverVersion}, `);
    expect(stdout).toContain('privileges: all that an update can need\n');
    expect(stdout).toContain(`${database.packageName} 0.`);
  });

  test('--verbose prints the statements that are sent', async () => {
    const { stderr } = await project.dovetail('schema:check', '--verbose');
    expect(stderr.toLowerCase()).toContain('select ');
  });
});
