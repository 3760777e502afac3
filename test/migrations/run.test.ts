import { Property, t } from '@dovetail/core';
import type { MigrationProgress } from '@dovetail/migrations';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { matching } from '../conformance/matching.js';
import { entity, id } from '../conformance/entity.js';
import { newestDatabases } from '../databases/index.js';
import { migrationSite, type MigrationSite, type Opened } from './given.js';

describe.each(newestDatabases)('$name', (database) => {
  const { transactionalDdl } = database.capabilities;

  /** Migrations that each make a table of their name, `a` and so on, and drop it again. */
  async function given(...names: readonly string[]): Promise<MigrationSite & Opened> {
    const site = await migrationSite(database);
    onTestFinished(() => site.dispose());
    for (const name of names) await write(site, name, [`create table ${name} (id integer)`], [`drop table ${name}`]);
    return { ...site, ...(await site.open([])) };
  }

  async function tables({ site }: MigrationSite): Promise<readonly string[]> {
    const { tables: found } = await site.introspect();
    return found
      .map(({ name }) => name)
      .filter((name) => name !== 'dovetail_migrations')
      .sort();
  }

  test('runs each migration once, in the order of their names, and takes the last one back', async () => {
    const made = await given('b', 'a');
    expect(await made.migrator.up()).toEqual(['a', 'b']);
    expect(await tables(made)).toEqual(['a', 'b']);
    expect(await made.migrator.up()).toEqual([]);

    expect(await made.migrator.down()).toEqual(['b']);
    expect(await tables(made)).toEqual(['a']);
    expect(await made.migrator.up()).toEqual(['b']);
  });

  test('goes as far as it is told', async () => {
    const made = await given('a', 'b', 'c', 'd');
    expect(await made.migrator.up({ to: 'b' })).toEqual(['a', 'b']);
    expect(await made.migrator.up({ only: 'd.sql' })).toEqual(['d']);
    expect(await made.migrator.up({ only: ['c'] })).toEqual(['c']);
    expect(await made.migrator.down({ to: 'c' })).toEqual(['d', 'c']);
    expect(await made.migrator.down({ only: 'a' })).toEqual(['a']);
    expect(await made.migrator.down({ to: 0 })).toEqual(['b']);
    expect(await made.migrator.up({ from: 'c', to: 'c' })).toEqual(['c']);
    await expect(made.migrator.up({ to: 'x' })).rejects.toMatchObject({ code: 'migration-unknown' });
    await expect(made.migrator.up({ to: 0 })).rejects.toMatchObject({ code: 'migration-unknown' });
    expect(await tables(made)).toEqual(['c']);
  });

  test('tells names apart that differ in an accent alone', async () => {
    const made = await given();
    for (const [index, name] of ['e', 'é'].entries()) {
      await write(made, name, [`create table t${index} (id integer)`], [`drop table t${index}`]);
    }
    expect(await made.migrator.up()).toEqual(['e', 'é']);
    expect(await made.migrator.list()).toMatchObject([{ state: 'applied' }, { state: 'applied' }]);
    expect(await made.migrator.down({ to: 0 })).toEqual(['é', 'e']);
  });

  test('lists each migration, when it was run and how long that took', async () => {
    const { migrator } = await given('a', 'b');
    await migrator.up({ to: 'a' });
    const [a, b] = await migrator.list();
    expect(a).toMatchObject({ name: 'a', state: 'applied', appliedAt: matching(/^\d{4}-.*Z$/) });
    expect(a?.duration).toBeGreaterThanOrEqual(0);
    expect(b).toEqual({ name: 'b', state: 'pending', appliedAt: undefined, duration: undefined });
    expect((await migrator.pending()).map(({ name }) => name)).toEqual(['b']);
  });

  test('tells how far it is', async () => {
    const { migrator } = await given('a', 'b');
    const told: MigrationProgress[] = [];
    await migrator.up({ onProgress: (progress) => told.push(progress) });
    expect(told.map(({ kind, name, number, total }) => `${kind} ${name} ${number}/${total}`)).toEqual([
      'started a 1/2',
      'finished a 1/2',
      'started b 2/2',
      'finished b 2/2',
    ]);
  });

  test('refuses an edited migration, and not one that is written in another way', async () => {
    const made = await given('a', 'b');
    await made.migrator.up({ to: 'a' });
    await write(made, 'a', ['create table a (id integer)'], [], '-- a remark\n\n');
    expect(await made.migrator.list()).toMatchObject([{ state: 'applied' }, { state: 'pending' }]);

    await write(made, 'a', ['create table a (id bigint)'], []);
    await expect(made.migrator.up()).rejects.toMatchObject({
      code: 'migration-edited',
      problems: [{ where: 'a', what: matching(/^was run at .*edited since$/) }],
    });
    expect(await tables(made)).toEqual(['a']);
  });

  test('refuses when the file of one that was run is gone', async () => {
    const made = await given('a', 'b');
    await made.migrator.up({ to: 'a' });
    await rm(join(made.folder, 'a.sql'));
    await expect(made.migrator.up()).rejects.toMatchObject({ code: 'migration-missing', problems: [{ where: 'a' }] });
    await expect(made.migrator.down()).rejects.toMatchObject({ code: 'migration-missing' });
  });

  test('refuses one that comes before those that were run, unless it is named', async () => {
    const made = await given('b');
    await made.migrator.up();
    await write(made, 'a', ['create table a (id integer)'], []);
    await expect(made.migrator.up()).rejects.toMatchObject({
      code: 'migration-out-of-order',
      problems: [{ where: 'a' }],
    });
    expect(await made.migrator.up({ only: 'a' })).toEqual(['a']);
    expect(await made.migrator.list()).toMatchObject([{ state: 'applied' }, { state: 'applied' }]);
  });

  test('refuses to take back what has no down', async () => {
    const made = await given();
    await writeFile(join(made.folder, 'a.sql'), '-- dovetail:up\ncreate table a (id integer);\n');
    await made.migrator.up();
    await expect(made.migrator.down()).rejects.toMatchObject({ code: 'migration-irreversible' });
    expect(await tables(made)).toEqual(['a']);
  });

  test('says what has become of a migration that fails, and does the rest once it is corrected', async () => {
    const made = await given('a');
    await write(
      made,
      'b',
      ['create table b (id integer)', 'create table a (id integer)', 'create table c (id integer)'],
      [],
    );
    const error: unknown = await made.migrator.up().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'statement-failed', problems: [{ where: 'b' }] });
    expect(String(error)).toContain(
      transactionalDdl
        ? 'It has been rolled back, and so has what was run before it: a.'
        : 'Of its 3 statements, one was carried out and stays',
    );
    expect(await tables(made)).toEqual(transactionalDdl ? [] : ['a', 'b']);

    await write(made, 'b', ['create table b (id integer)', 'create table c (id integer)'], []);
    expect(await made.migrator.up()).toEqual(transactionalDdl ? ['a', 'b'] : ['b']);
    expect(await tables(made)).toEqual(['a', 'b', 'c']);
  });

  test('keeps the migrations before a failing one where each has a transaction of its own', async () => {
    const made = await given('a');
    await write(made, 'b', ['create table a (id integer)'], []);
    const { migrator } = await made.open([], { allOrNothing: false });
    await expect(migrator.up()).rejects.toMatchObject({ code: 'statement-failed' });
    expect(await tables(made)).toEqual(['a']);
    expect(await migrator.list()).toMatchObject([{ state: 'applied' }, { state: 'pending' }]);
  });

  test('refuses a statement that would end the transaction, unless there is none', async () => {
    const made = await given('a');
    const ending = ['create table b (id integer)', '-- Now.\nCOMMIT'];
    await write(made, 'b', ending, ['/* back */ rollback']);
    if (!transactionalDdl) {
      expect(await made.migrator.up()).toEqual(['a', 'b']);
      return;
    }
    const refusal = { code: 'migration-invalid', problems: [{ where: 'b' }] };
    await expect(made.migrator.up()).rejects.toMatchObject(refusal);
    expect(await tables(made)).toEqual([]);

    const { migrator } = await made.open([], { transactional: false });
    await write(made, 'b', ending.slice(0, 1), ['/* back */ rollback']);
    expect(await migrator.up()).toEqual(['a', 'b']);
    await expect(made.migrator.down()).rejects.toMatchObject(refusal);
    expect(await tables(made)).toEqual(['a', 'b']);
  });

  test('leaves a migration that was finished, or taken back, by hand', async () => {
    const made = await given('a');
    await write(
      made,
      'b',
      ['create table b (id integer)', 'create table a (id integer)'],
      [],
      '',
      '-- dovetail:not-transactional\n',
    );
    await expect(made.migrator.up()).rejects.toMatchObject({ code: 'statement-failed' });
    await expect(made.migrator.baseline()).rejects.toMatchObject({
      code: 'migration-interrupted',
      problems: [{ where: 'b' }],
    });
    expect(await made.migrator.check()).toMatchObject({
      ok: false,
      pending: [],
      problems: [{ where: 'b', what: 'was begun and not finished', remedy: matching(/^run `up` again/) }],
    });
    expect(await made.migrator.baseline({ only: 'b' })).toEqual(['b']);
    expect(await made.migrator.list()).toMatchObject([{ state: 'applied' }, { name: 'b', state: 'applied' }]);

    expect(await made.migrator.forget('b')).toEqual(['b']);
    expect(await made.migrator.list()).toMatchObject([{ state: 'applied' }, { name: 'b', state: 'pending' }]);
    await expect(made.migrator.forget('b')).rejects.toMatchObject({ code: 'migration-unknown' });
    expect(await tables(made)).toEqual(['a', 'b']);
  });

  test('forgets one whose file is gone for good', async () => {
    const made = await given('a', 'b');
    await made.migrator.up();
    await rm(join(made.folder, 'a.sql'));
    await expect(made.migrator.up()).rejects.toMatchObject({ code: 'migration-missing' });
    expect(await made.migrator.forget('a')).toEqual(['a']);
    expect(await made.migrator.up()).toEqual([]);
    expect(await made.migrator.list()).toMatchObject([{ name: 'b', state: 'applied' }]);
  });

  test('runs without a transaction what no transaction takes', async () => {
    const made = await given('a');
    const statement = {
      SQLite: 'vacuum',
      'PostgreSQL (newest)': 'create index concurrently a_index on a (id)',
      'PostgreSQL (oldest)': 'create index concurrently a_index on a (id)',
    }[database.name];
    const parts = [...(statement === undefined ? [] : [statement]), 'create table b (id integer)', 'create table c (d'];
    await write(made, 'b', parts, [], '', '-- dovetail:not-transactional\n');
    await expect(made.migrator.up()).rejects.toMatchObject({ code: 'statement-failed' });
    expect(await made.migrator.list()).toMatchObject([{ state: 'applied' }, { state: 'interrupted' }]);

    await write(made, 'b', parts.slice(0, -1), ['drop table b'], '', '-- dovetail:not-transactional\n');
    expect(await made.migrator.up()).toEqual(['b']);
    expect(await made.migrator.down()).toEqual(['b']);
    expect(await tables(made)).toEqual(['a']);
  });

  test('does not take for carried out what failed and left something behind', async () => {
    const made = await given('a');
    await made.migrator.up();
    await made.site.connection.execute('insert into a values (1)');
    await made.site.connection.execute('insert into a values (1)');
    const half = {
      'PostgreSQL (newest)': 'create unique index concurrently half on a (id)',
      'PostgreSQL (oldest)': 'create unique index concurrently half on a (id)',
      MariaDB: 'drop table b, missing',
    }[database.name];
    const parts = ['create table b (id integer)', half ?? 'create table a (id integer)'];
    await write(made, 'b', parts, [], '', '-- dovetail:not-transactional\n');
    for (const attempt of ['first', 'second']) {
      await expect(made.migrator.up(), attempt).rejects.toMatchObject({ code: 'statement-failed' });
      expect(await made.migrator.list()).toMatchObject([{ state: 'applied' }, { name: 'b', state: 'interrupted' }]);
    }
  });

  const committing = transactionalDdl ? [] : [database.name];
  test.each(committing)('refuses several statements in one, each of which %s commits by itself', async () => {
    const made = await given();
    await write(made, 'a', ['create table a (id integer);\ncreate table b (id integer)'], []);
    await expect(made.migrator.up()).rejects.toMatchObject({
      code: 'migration-invalid',
      problems: [{ where: 'a', what: matching(/^holds several statements in one/) }],
    });
    expect(await tables(made)).toEqual([]);
    const trigger = 'create trigger t before insert on a for each row begin\nset new.id = 1;\nset new.id = 2;\nend';
    await write(made, 'a', ['create table a (id integer);', trigger], []);
    expect(await made.migrator.up()).toEqual(['a']);
  });

  test('runs functions', async () => {
    const made = await given('a');
    const path = join(made.folder, 'b.mjs');
    await writeFile(path, `export default { up: (connection) => connection.execute('insert into a values (1)') };\n`);
    await made.migrator.up();
    expect((await made.site.connection.query('select id from a')).map(({ id: value }) => Number(value))).toEqual([1]);
  });

  test('says which file is no migration', async () => {
    const made = await given('a');
    await writeFile(join(made.folder, 'b.mjs'), 'export const forwards = [];\n');
    await writeFile(join(made.folder, 'c.sql'), 'create table c (id integer);\n');
    await expect(made.migrator.up()).rejects.toMatchObject({
      code: 'migration-invalid',
      problems: [{ where: join(made.folder, 'b.mjs') }, { where: 'c', what: 'has no line "-- dovetail:up"' }],
    });
  });

  test('takes for granted what an existing database has', async () => {
    const made = await given('a', 'b');
    await made.site.connection.execute('create table a (id integer)');
    expect(await made.migrator.baseline({ to: 'a' })).toEqual(['a']);
    expect(await made.migrator.up()).toEqual(['b']);
    expect(await tables(made)).toEqual(['a', 'b']);
  });

  test('says what to do with a database that had all of it before', async () => {
    const made = await given('a', 'b');
    await made.site.connection.execute('create table a (id integer)');
    const advice = { where: 'the database', remedy: matching(/`baseline`/) };
    await expect(made.migrator.up()).rejects.toMatchObject({ code: 'statement-failed', problems: [{}, advice] });
    await made.migrator.baseline({ to: 'a' });
    await made.site.connection.execute('create table b (id integer)');
    await expect(made.migrator.up()).rejects.toMatchObject({ code: 'statement-failed', problems: [{ where: 'b' }] });
  });

  test('starts anew', async () => {
    const made = await given('a');
    await made.site.connection.execute('create table other (id integer)');
    await made.migrator.up();
    await made.site.connection.execute('insert into a values (1)');
    expect(await made.migrator.fresh()).toEqual(['a']);
    expect(await tables(made)).toEqual(['a']);
    expect(await made.site.connection.query('select id from a')).toEqual([]);
  });

  test('drops nothing where a migration could not be run afterwards', async () => {
    const made = await given('a');
    await made.migrator.up();
    await writeFile(join(made.folder, 'b.sql'), '-- dovetail:upp\n');
    await expect(made.migrator.fresh()).rejects.toMatchObject({ code: 'migration-invalid' });
    await write(made, 'b', [transactionalDdl ? 'commit' : 'create table b (id integer); create table c (d)'], []);
    await expect(made.migrator.fresh({ dropDb: true })).rejects.toMatchObject({ code: 'migration-invalid' });
    expect(await tables(made)).toEqual(['a']);
  });

  test('merges those that were run into one, which other databases know by their names', async () => {
    const made = await given('a', 'b');
    const other = await migrationSite(database, made.folder);
    onTestFinished(() => other.dispose());
    const { migrator: others } = await other.open([]);
    await made.migrator.up();
    await others.up();

    const merged = await made.migrator.rollup();
    expect(merged?.text).toContain('-- dovetail:replaces a\n-- dovetail:replaces b\n');
    for (const migrator of [made.migrator, others]) {
      expect(await migrator.list()).toMatchObject([{ name: merged?.name, state: 'applied' }]);
      expect(await migrator.up()).toEqual([]);
    }
    expect(await others.down()).toEqual([merged?.name]);
    expect(await tables(other)).toEqual([]);
    expect(await others.up()).toEqual([merged?.name]);
    expect(await tables(other)).toEqual(['a', 'b']);
  });

  test('a merge that was cut off leaves nothing to be run again', async () => {
    const made = await given('a', 'b');
    await made.migrator.up();
    const merged = await made.migrator.rollup();
    // As it is before their files and their records are gone.
    for (const name of ['a', 'b'])
      await write(made, name, [`create table ${name} (id integer)`], [`drop table ${name}`]);
    await made.site.connection.execute(`insert into dovetail_migrations (name) values ('b')`);
    expect(await made.migrator.list()).toMatchObject([{ name: merged?.name, state: 'applied' }]);
    expect(await made.migrator.up()).toEqual([]);
    expect(await made.migrator.down()).toEqual([merged?.name]);
    expect(await tables(made)).toEqual([]);
    expect(await made.migrator.forget(['a', 'b']).catch(() => 'nothing is kept of them')).toBe(
      'nothing is kept of them',
    );
  });

  test('leaves the table that keeps them out of every diff', async () => {
    const made = await given();
    const author = entity('Author', { id, name: Property({ type: t.string }) });
    const { orm, migrator } = await made.open([author], { tableName: 'history' });
    await migrator.create();
    await migrator.up();
    expect((await orm.schema.plan({ allow: ['data-loss'] })).steps).toEqual([]);
    await orm.schema.dropSchema();
    expect((await made.site.introspect()).tables.map(({ name }) => name)).toEqual(['history']);
    await orm.schema.dropSchema({ dropMigrationsTable: true });
    expect((await made.site.introspect()).tables).toEqual([]);
  });
});

async function write(
  { folder }: MigrationSite,
  name: string,
  up: readonly string[],
  down: readonly string[],
  remark = '',
  header = '',
): Promise<void> {
  const section = (title: string, statements: readonly string[]): string =>
    [`-- dovetail:${title}`, ...statements.flatMap((sql) => ['-- dovetail:statement', `${remark}${sql};`, ''])].join(
      '\n',
    );
  await writeFile(join(folder, `${name}.sql`), `${header}${section('up', up)}\n${section('down', down)}\n`);
}
