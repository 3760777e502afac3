import type { Connection } from '@dovetail/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, integer, text } from '../conformance/entity.js';
import { failureOf, given, type Given } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const before = [entity('Author', { id, name: text() })];
const after = [entity('Author', { id, name: text(), age: integer({ default: 1 }) })];

/** Those on which several connections wait for each other in the database, not in the program. */
const servers = databases.filter(({ name }) => name !== 'SQLite');

describe.each(servers)('an update that has to wait on $name', (database) => {
  test('for a table gives up in time, says who holds it, and changes nothing', async () => {
    const site = await given(database, before);
    const orm = await site.init(after, { config: { lockTimeout: 1000 } });
    await holdTable(site);

    const error = await failureOf(() => orm.schema.updateSchema());

    expect(error.code).toBe('database-busy');
    expect(error.message).toContain('A statement failed.');
    if (tells) expect(error.message).toContain('"author"');
    if (tells) expect(error.problems.map(({ where }) => where).join()).toContain(await nameOf(site.connection));
    await release(site);
    await orm.schema.updateSchema();
    expect(await site.rows('author')).toEqual([{ id: 7, name: 'Ann', age: 1 }]);
  });

  test('is refused by its prechecks at once, for they wait for nobody who writes', async () => {
    const site = await given(database, before);
    await site.insert('author', { id: 1, name: 'Ben' });
    const orm = await site.init([entity('Author', { id, name: text(), age: integer() })]);
    await holdTable(site);

    const error = await failureOf(() => orm.schema.updateSchema());

    expect(error.code).toBe('precheck-failed');
    expect(error.problems).toMatchObject([{ where: 'author.age', rows: { count: 1, examples: [['1']] } }]);
  });

  test('for a table is stopped by its signal, in the middle of a statement', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    await holdTable(site);
    const abort = new AbortController();

    const onProgress = (): void => void setTimeout(() => abort.abort(), 100);
    const error = await failureOf(() => orm.schema.updateSchema({ signal: abort.signal, onProgress }));

    expect(error.code).toBe('aborted');
    expect(await hasColumn(site, 'age')).toBe(false);
    await release(site);
    await orm.schema.updateSchema();
    expect(await hasColumn(site, 'age')).toBe(true);
  });

  test('for another update gives up in time, and says who that is', async () => {
    const site = await given(database, before);
    const orm = await site.init(after, { config: { lockTimeout: 200 } });

    const error = await duringUpdate(site, () => failureOf(() => orm.schema.updateSchema()));

    expect(error.code).toBe('database-busy');
    expect(error.problems[0]?.where).toBe('lockTimeout');
    expect(error.problems[1]?.where).toContain(await nameOf(site.connection));
    expect(error.problems[1]?.what).toContain('holds the lock of updates');
  });

  test('for another update is stopped by its signal', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const plan = await orm.schema.plan();
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 150);

    const error = await duringUpdate(site, () => failureOf(() => orm.schema.apply(plan, { signal: abort.signal })));

    expect(error).toMatchObject({ code: 'aborted', message: 'The update was stopped. Nothing has been changed.' });
    await orm.schema.updateSchema();
  });

  /** Runs `body` while somebody else has the lock of updates. */
  function duringUpdate<Result>({ connection }: Given, body: () => Promise<Result>): Promise<Result> {
    return database.driver.exclusively(connection, { lockTimeout: 1000, suspendForeignKeys: false }, body);
  }

  // MariaDB shows locks of tables with a plugin alone.
  const tells = database.name !== 'MariaDB';
});

test.each(databases)('between two steps an update is stopped by its signal on $name', async (database) => {
  const site = await given(database, before);
  const abort = new AbortController();
  const orm = await site.init([...before, entity('Book', { id }), entity('Shelf', { id })]);

  const error = await failureOf(() =>
    orm.schema.updateSchema({
      signal: abort.signal,
      onProgress: ({ kind, number }) => {
        if (kind === 'finished' && number === 1) abort.abort();
      },
    }),
  );

  expect(error.code).toBe('aborted');
  const { transactionalDdl } = database.capabilities;
  expect(error.message).toContain(transactionalDdl ? 'Nothing has been changed.' : 'Of 2 steps, 1 was carried out');
  expect((await site.schema()).tables).toHaveLength(transactionalDdl ? 1 : 2);
  await orm.schema.updateSchema();
  expect((await site.schema()).tables).toHaveLength(3);
});

/** Somebody who has written a row, and not ended the transaction. */
async function holdTable(site: Given): Promise<void> {
  await site.execute('begin', `insert into author (id, name) values (7, 'Ann')`);
  onTestFinished(() => release(site));
}

async function release({ connection }: Given): Promise<void> {
  await connection.execute('commit');
}

async function hasColumn(site: Given, name: string): Promise<boolean> {
  return (await site.table('author')).columns.some((column) => column.name === name);
}

/** How the server calls a connection. */
async function nameOf(connection: Connection): Promise<string> {
  const [version] = await connection.query('select version() as text');
  const [name, number] = String(version?.text).startsWith('PostgreSQL')
    ? ['process', 'pg_backend_pid()']
    : ['connection', 'connection_id()'];
  const [row] = await connection.query(`select ${number} as id`);
  return `${name} ${String(row?.id)}`;
}
