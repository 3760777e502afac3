import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newestDatabases, type TestSite } from '../databases/index.js';
import { configText, createProject, type Project } from './project.js';

const author = `[entity('author', { name: { type: 'string', length: 50 } })]`;
const withAge = `[entity('author', { name: { type: 'string', length: 50 }, age: { type: 'integer', nullable: true } })]`;
const withBorn = withAge.replace('age:', "born: { type: 'integer', nullable: true }, age:");

/** Nobody listens there. */
const unreachableServers: Readonly<Record<string, object>> = {
  PostgreSQL: { connectionString: 'postgres://127.0.0.1:1/none' },
  MySQL: { url: 'mysql://127.0.0.1:1/none' },
  MariaDB: { url: 'mysql://127.0.0.1:1/none' },
};

// One project goes through the life of its migrations, and each test goes on where the one before it has ended.
describe.each(newestDatabases)('migrations on $name', (database) => {
  let site: TestSite;
  let project: Project;

  const describeBy = (entities: string): void =>
    project.write('dovetail.config.mjs', configText(database, site, entities, "migrations: { emit: 'sql' }"));
  const files = (): string[] => readdirSync(join(project.folder, 'migrations')).filter((file) => file.endsWith('.sql'));
  const columns = async (): Promise<string[]> =>
    (await site.introspect()).tables
      .filter(({ name }) => name === 'author')
      .flatMap((table) => table.columns.map(({ name }) => name));
  const statesOf = async (): Promise<string[]> => {
    const { stdout } = await project.dovetail('migration:list', '--json');
    return [...stdout.matchAll(/"state": ?"(\w+)"/g)].map(([, state = '']) => state);
  };

  beforeAll(async () => {
    site = await database.create();
    project = createProject();
    describeBy(author);
  });

  afterAll(async () => {
    project.dispose();
    await site.dispose();
  });

  test('migration:create writes what is missing, and says where', async () => {
    const dump = await project.dovetail('migration:create', '--dump', '--emit=ts');
    expect(dump).toMatchObject({ exitCode: 0, stderr: '' });
    expect(dump.stdout).toContain('satisfies Migration');

    const created = await project.dovetail('migration:create', '--name', 'authors');
    expect(files()).toEqual([expect.stringMatching(/^Migration\d{14}_authors\.sql$/)]);
    expect(created).toMatchObject({ exitCode: 0, stdout: '' });
    expect(created.stderr).toBe(`Written: ${join('migrations', files()[0] ?? '')}\n`);
    expect(await columns()).toEqual([]);
  });

  test('migration:check and migration:pending tell what is to be run', async () => {
    const check = await project.dovetail('migration:check');
    expect(check).toMatchObject({ exitCode: 1, stdout: '' });
    expect(check.stderr).toMatch(/^Pending: Migration\d{14}_authors\n$/);

    const pending = await project.dovetail('migration:pending');
    expect(pending).toMatchObject({ exitCode: 0, stderr: '' });
    expect(pending.stdout).toMatch(/^name +state +run at +took\nMigration\d{14}_authors +pending\n$/);
  });

  test('migration:up runs them, once', async () => {
    const up = await project.dovetail('migration:up');
    expect(up).toMatchObject({ exitCode: 0, stdout: '' });
    expect(up.stderr).toMatch(/^1\/1 Ran Migration\d{14}_authors \d+ ms\n1 migration run\.\n$/);
    expect(await columns()).toEqual(['id', 'name']);
    expect(await project.dovetail('migration:up', '--json')).toEqual({
      exitCode: 0,
      stdout: `${JSON.stringify({ migrations: [] }, null, 2)}\n`,
      stderr: '',
    });
    expect(await project.dovetail('migration:check')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'The migrations are up to date.\n',
    });
  });

  test('the snapshot says what the next one has to bring, whatever the database holds', async () => {
    describeBy(withAge);
    const check = await project.dovetail('migration:check');
    expect(check).toMatchObject({ exitCode: 1 });
    expect(check.stdout).toContain('+ column age');
    await site.connection.execute('create table other (id integer)');
    await project.dovetail('migration:create', '--name', 'age');
    await site.connection.execute('drop table other');
    const text = readFileSync(join(project.folder, 'migrations', files()[1] ?? ''), 'utf8');
    expect(text).toContain('age');
    expect(text).not.toContain('other');
    await project.dovetail('migration:up', '--only', files()[1]?.replace('.sql', '') ?? '');
    expect(await columns()).toEqual(['id', 'name', 'age']);
  });

  test('migration:down takes the last one back, and --to=0 all', async () => {
    const down = await project.dovetail('migration:down');
    expect(down).toMatchObject({ exitCode: 0, stdout: '' });
    expect(down.stderr).toMatch(/Took back Migration\d{14}_age .*\n1 migration taken back\.\n$/);
    expect(await statesOf()).toEqual(['applied', 'pending']);
    await project.dovetail('migration:down', '--to=0');
    expect(await columns()).toEqual([]);
  });

  test('migration:baseline keeps that they were run, and runs none', async () => {
    const baseline = await project.dovetail('migration:baseline', '--to', files()[0]?.replace('.sql', '') ?? '');
    expect(baseline).toMatchObject({ exitCode: 0, stderr: '1 migration kept as run, and not run.\n' });
    expect(await statesOf()).toEqual(['applied', 'pending']);
    expect(await columns()).toEqual([]);
  });

  test('migration:forget keeps that one was not run, and takes nothing back', async () => {
    const unknown = await project.dovetail('migration:forget', 'Migration1');
    expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
    expect(unknown.stderr).toContain('Migration1: is the name of no migration');
    const forget = await project.dovetail('migration:forget', files()[0] ?? '');
    expect(forget).toMatchObject({ exitCode: 0, stderr: '1 migration kept as not run, and not taken back.\n' });
    expect(await statesOf()).toEqual(['pending', 'pending']);
  });

  test('migration:fresh starts anew, when it is told to', async () => {
    const unasked = await project.dovetail('migration:fresh');
    expect(unasked).toMatchObject({ exitCode: 2, stdout: '' });
    expect(unasked.stderr).toContain('Write --run to carry it out.');
    const fresh = await project.dovetail('migration:fresh', '--run');
    expect(fresh).toMatchObject({ exitCode: 0, stdout: '' });
    expect(fresh.stderr).toContain('All tables were dropped, and 2 migrations run.\n');
    expect(await columns()).toEqual(['id', 'name', 'age']);
  });

  test('an edited migration is refused', async () => {
    const path = join(project.folder, 'migrations', files()[0] ?? '');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('name', 'title'));
    const up = await project.dovetail('migration:up');
    expect(up).toMatchObject({ exitCode: 1, stdout: '' });
    expect(up.stderr).toContain('its statements have been edited since');
    writeFileSync(path, text);
  });

  test('migration:create --offline writes from the snapshot, whether there is a database or not', async () => {
    const unreachable = {
      connectionOptions: { ...unreachableServers[database.driver.name], dbName: '/dev/null/none' },
    };
    project.write('dovetail.config.mjs', configText(database, unreachable, withBorn, "migrations: { emit: 'sql' }"));
    const unconnected = await project.dovetail('migration:create', '--name', 'born');
    expect(unconnected).toMatchObject({ exitCode: 3 });
    expect(unconnected.stderr).toContain('Or write it from the snapshot alone: --offline.');
    const elsewhere = await project.dovetail('migration:create', '--path', 'elsewhere');
    expect(elsewhere).toMatchObject({ exitCode: 3 });
    expect(elsewhere.stderr).not.toContain('--offline');
    const created = await project.dovetail('migration:create', '--offline', '--name', 'born');
    expect(created).toMatchObject({ exitCode: 0, stdout: '' });
    expect(created.stderr).toMatch(/^Written: .*_born\.sql\n$/);
    describeBy(withBorn);
    expect(await project.dovetail('migration:up')).toMatchObject({ exitCode: 0 });
    expect(await columns()).toEqual(['id', 'name', 'age', 'born']);
    expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 0 });
    expect(await project.dovetail('migration:check')).toMatchObject({ exitCode: 0 });
  });

  test('migration:rollup merges them into one', async () => {
    const rollup = await project.dovetail('migration:rollup', '--name', 'all');
    expect(rollup).toMatchObject({ exitCode: 0, stdout: '' });
    expect(rollup.stderr).toMatch(/^Written: .*_all\.sql\n$/);
    expect(files()).toHaveLength(1);
    expect(await statesOf()).toEqual(['applied']);
  });

  test('schema:drop --drop-migrations-table drops what was kept of them as well', async () => {
    const drop = await project.dovetail('schema:drop', '--run', '--drop-migrations-table');
    expect(drop).toEqual({ exitCode: 0, stdout: '', stderr: 'Schema dropped.\n' });
    expect((await site.introspect()).tables).toEqual([]);
    rmSync(join(project.folder, 'migrations'), { recursive: true });
    expect(await project.dovetail('migration:list')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'There is no migration.\n',
    });
  });

  test('a database that updates made is told how its migrations begin', async () => {
    await project.dovetail('schema:update', '--run');
    const create = await project.dovetail('migration:create');
    expect(create).toMatchObject({ exitCode: 0, stdout: '' });
    expect(create.stderr).toContain('dovetail migration:create --initial');
    await project.dovetail('migration:create', '--initial');
    expect(await project.dovetail('migration:up')).toMatchObject({ exitCode: 4 });
    expect(await project.dovetail('migration:baseline')).toMatchObject({ exitCode: 0 });
    expect(await project.dovetail('migration:check')).toMatchObject({ exitCode: 0 });
  });

  test('migration:check tells of one that was interrupted, and how to go on', async () => {
    await project.dovetail('migration:create', '--blank', '--name', 'half');
    const path = join(project.folder, 'migrations', files().find((file) => file.endsWith('_half.sql')) ?? '');
    const half =
      '-- dovetail:not-transactional\n-- dovetail:up\ncreate table half (id integer);\n-- dovetail:statement\n';
    writeFileSync(path, `${half}drop table nothing;\n`);
    expect(await project.dovetail('migration:up')).toMatchObject({ exitCode: 4 });

    const check = await project.dovetail('migration:check');
    expect(check).toMatchObject({ exitCode: 1 });
    expect(check.stderr).toMatch(
      /^Migration\d{14}_half was begun and not finished\n {2}run "dovetail migration:up" again/,
    );
    expect(check.stderr).toContain('"dovetail migration:baseline" with --only');
    writeFileSync(path, `${half}drop table half;\n`);
    expect(await project.dovetail('migration:up')).toMatchObject({ exitCode: 0 });
    expect(await project.dovetail('migration:check')).toMatchObject({ exitCode: 0 });
  });
});
