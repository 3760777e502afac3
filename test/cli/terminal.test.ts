import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestDatabases, postgresql, type TestSite } from '../databases/index.js';
import { configText, createProject, type Project } from './project.js';
import { containing, keys, openScreen } from './screen.js';

const author = `[entity('author', { name: { type: 'string', length: 50 } })]`;
const optionalName = `[entity('author', { name: { type: 'string', length: 50, nullable: true } })]`;
const renamed = `[entity('author', {
  fullName: { type: 'string', length: 50, nullable: true },
  penName: { type: 'string', length: 50, nullable: true },
})]`;
const nameless = `[entity('author', {})]`;
const sleepless = `export class DatabaseSeeder {
  async run(db) {
    await db.connection.execute("insert into author (name) values ('Ada')");
    console.error('inserted');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
}
`;

describe.each(newestDatabases)('a person at the terminal, on $name', (database) => {
  let site: TestSite;
  let project: Project;

  const describeBy = (entities: string): void =>
    project.write('dovetail.config.mjs', configText(database, site, entities));
  const columns = async (): Promise<string[]> =>
    (await site.introspect()).tables.flatMap((table) => table.columns.map(({ name }) => name));
  const given = async (): Promise<void> => {
    await project.dovetail('schema:update', '--run');
    await site.connection.execute("insert into author (name) values ('Ada')");
  };

  beforeEach(async () => {
    site = await database.create();
    project = createProject();
    describeBy(author);
  });

  afterEach(async () => {
    project.dispose();
    await site.dispose();
  });

  test('sees the plan, and decides', async () => {
    const no = project.screen('schema:update');
    await no.shows('+ table author');
    await no.shows('Carry this out on ');
    await no.shows(`${site.connectionOptions.dbName}?`);
    no.type(keys.enter);
    expect(await no.ended()).toMatchObject({
      exitCode: 1,
      output: containing('Nothing has been changed.'),
    });
    expect(await columns()).toEqual([]);

    const yes = project.screen('schema:update');
    await yes.shows('Carry this out on ');
    yes.type(`y${keys.enter}`);
    const { exitCode, output, raw } = await yes.ended();
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: containing('Schema updated.') });
    expect(raw).toContain('\u001B[');
    expect(await columns()).toEqual(['id', 'name']);
  });

  test('says with arrow keys what has become of a column', async () => {
    describeBy(optionalName);
    await given();
    describeBy(renamed);
    const screen = project.screen('schema:update');
    await screen.shows('What has become of column author.name?');
    await screen.shows('it is author.pen_name now');
    screen.type(keys.down);
    await screen.shows('❯ it is author.pen_name now');
    screen.type(keys.enter);
    await screen.shows('> column name → pen_name');
    await screen.shows('Carry this out on ');
    screen.type(`y${keys.enter}`);
    expect(await screen.ended()).toMatchObject({ exitCode: 0 });
    expect(await site.connection.query('select pen_name, full_name from author')).toEqual([
      { pen_name: 'Ada', full_name: null },
    ]);
  });

  test('sees how many values are at stake, and may destroy them', async () => {
    await given();
    describeBy(nameless);
    const screen = project.screen('schema:update');
    await screen.shows('! author.name: 1 row holds a value');
    await screen.shows('Carry this out on ');
    screen.type(`y${keys.enter}`);
    await screen.shows('Destroy these rows and values?');
    screen.type(`y${keys.enter}`);
    expect(await screen.ended()).toMatchObject({ exitCode: 0 });
    expect(await columns()).toEqual(['id']);
  });

  test('sees how many rows a drop takes, and decides', async () => {
    await given();
    const screen = project.screen('schema:drop');
    await screen.shows('- table author');
    await screen.shows('! author: 1 row would be lost with the table');
    await screen.shows('Carry this out on ');
    screen.type(`y${keys.enter}`);
    expect(await screen.ended()).toMatchObject({ exitCode: 0, output: containing('Schema dropped.') });
    expect(await columns()).toEqual([]);
  });

  test('is asked whether the whole database goes, where --drop-db says so', async () => {
    await given();
    const drop = project.screen('schema:drop', '--drop-db');
    await drop.shows('Remove the database ');
    await drop.shows(`${site.connectionOptions.dbName} with all that it holds?`);
    drop.type(keys.enter);
    expect(await drop.ended()).toMatchObject({ exitCode: 1, output: containing('Nothing has been changed.') });

    const fresh = project.screen('schema:fresh', '--drop-db');
    await fresh.shows('+ table author');
    await fresh.shows('with all that it holds, and create it anew?');
    fresh.type(`y${keys.enter}`);
    const { exitCode, output } = await fresh.ended();
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: containing('Schema dropped and created anew.') });
    expect(output).not.toContain('- table author');
  });

  test('sees what a migration takes back, and decides', async () => {
    await project.dovetail('migration:create', '--name=authors', '--emit=sql');
    await project.dovetail('migration:up');
    const no = project.screen('migration:down');
    await no.shows('_authors');
    await no.shows('drop table');
    await no.shows('Take this migration back?');
    no.type(keys.enter);
    expect(await no.ended()).toMatchObject({ exitCode: 1, output: containing('Nothing has been changed.') });
    expect(await columns()).toContain('checksum');

    const yes = project.screen('migration:down');
    await yes.shows('Take this migration back?');
    yes.type(`y${keys.enter}`);
    expect(await yes.ended()).toMatchObject({ exitCode: 0, output: containing('1 migration taken back.') });
    const { tables } = await site.introspect();
    expect(tables.map(({ name }) => name)).toEqual(['dovetail_migrations']);
  });

  test.each(['controlC', 'controlD'] as const)('leaves a question with %s', async (key) => {
    const screen = project.screen('schema:update');
    await screen.shows('Carry this out on ');
    screen.type(keys[key]);
    const { exitCode, output } = await screen.ended();
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: containing('Cancelled. Nothing has been changed.'),
    });
    expect(await columns()).toEqual([]);
  });

  test('stops an update that waits for another one, with Ctrl-C', async () => {
    const options = { suspendForeignKeys: false, lockTimeout: 1000 };
    await database.driver.exclusively(site.connection, options, async () => {
      const screen = project.screen('schema:update', '--run', '--verbose');
      await screen.shows(lockStatements[database.driver.name] ?? '');
      screen.type(keys.controlC);
      const { exitCode, output } = await screen.ended();
      expect({ exitCode, output }).toEqual({
        exitCode: 4,
        output: containing('The update was stopped. Nothing has been changed.'),
      });
    });
    expect(await columns()).toEqual([]);
  });

  test('cuts a seeder off with Ctrl-C, and its rows are rolled back', async () => {
    project.write('seeders/database.js', sleepless);
    const screen = project.screen('schema:create', '--run', '--seed');
    await screen.shows('inserted');
    screen.type(keys.controlC);
    const { exitCode, output } = await screen.ended();
    expect({ exitCode, output }).toEqual({
      exitCode: 4,
      output: containing('Stopped. The rows of the seeders are rolled back; the schema stays.'),
    });
    expect(await site.connection.query('select name from author')).toEqual([]);
  });
});

/** What an update sends first that waits for others. */
const lockStatements: Readonly<Record<string, string>> = {
  SQLite: 'begin immediate',
  PostgreSQL: 'pg_advisory_xact_lock',
  MySQL: 'get_lock',
  MariaDB: 'get_lock',
};

test.each(postgresql)('a long step of $name is told of in one line, however narrow the terminal', async (database) => {
  const site = await database.create();
  const project = createProject({ COLUMNS: '72' });
  await site.connection.execute(`
    create function slowly(number integer) returns integer immutable language plpgsql as
      'begin perform pg_sleep(0.08); return number; end';
    create table author (id serial primary key, name varchar(2000) not null);
    insert into author (name) select repeat('x', 1900) from generate_series(1, 40)`);
  const entities = `[Index({ expression: 'slowly(id)', name: 'slow' })(Author) ?? Author]`;
  const config = configText(database, site, entities).replace('PrimaryKey, ', 'Index, PrimaryKey, ');
  const declared = `const Author = entity('author', { name: { type: 'string', length: 2000 } });\n`;
  project.write('dovetail.config.mjs', config.replace('export default', `${declared}export default`));

  const screen = project.screen('schema:update', '--run');
  await screen.shows('1/1 Creates the index "slow" on "author".');
  await screen.shows(' %, ');
  await screen.shows(' s left, building index: ');
  const { exitCode, output, raw } = await screen.ended();
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: containing('Schema updated.') });
  const told = raw.split('\r').filter((line) => line.startsWith('\u001B[K'));
  expect(told.map((line) => stripVTControlCharacters(line).trimEnd().length).filter((length) => length > 72)).toEqual(
    [],
  );
  project.dispose();
  await site.dispose();
});

test.each(postgresql)('what $name refuses anyway is told at once, and a drop may be allowed', async (database) => {
  const site = await database.create();
  const project = createProject();
  await site.connection.execute('create table author (id serial primary key, name varchar(50), note text)');
  await site.connection.execute('alter table author alter column note set storage external');
  project.write('dovetail.config.mjs', configText(database, site, `[entity('book', {})]`));
  const screen = project.screen('schema:update');
  await screen.shows('author: the table would be dropped, and with it');
  await screen.shows('Destroy these rows and values?');
  screen.type(keys.enter);
  expect(await screen.ended()).toMatchObject({ exitCode: 1 });

  const yes = project.screen('schema:update');
  await yes.shows('Destroy these rows and values?');
  yes.type(`y${keys.enter}`);
  expect(await yes.ended()).toMatchObject({ exitCode: 0 });
  expect((await site.introspect()).tables.map(({ name }) => name)).toEqual(['book']);
  project.dispose();
  await site.dispose();
});

test('schema:update shows the plan where there is no database yet, as after init', async () => {
  const project = createProject();
  await project.dovetail('init', '--database=sqlite', '--db-name=new.db');
  const screen = project.screen('schema:update');
  await screen.shows('+ table author');
  await screen.shows('Carry this out on new.db?');
  screen.type(`y${keys.enter}`);
  expect(await screen.ended()).toMatchObject({ exitCode: 0, output: containing('Schema updated.') });
  project.dispose();
});

test('where CI is set nobody is asked, terminal or not', async () => {
  const project = createProject();
  await project.dovetail('init', '--database=sqlite', '--db-name=new.db');
  const { exitCode, output } = await openScreen(project.folder, ['schema:update'], { CI: 'true' }).ended();
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: containing('Write --dump to see the SQL') });
  project.dispose();
});

test('init asks which database it is for, where it can write', async () => {
  const project = createProject();
  const screen = project.screen('init');
  await screen.shows('Which database?');
  await screen.shows('❯ sqlite');
  screen.type(keys.down);
  await screen.shows('❯ postgresql');
  screen.type(keys.enter);
  expect(await screen.ended()).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(project.folder, 'dovetail.config.ts'), 'utf8')).toContain("from '@dovetail/postgresql'");

  const { exitCode, output } = await project.screen('init').ended();
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: containing('dovetail.config.ts: exists') });
  expect(output).not.toContain('Which database?');
  project.dispose();
});
