import { DovetailError } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { connect } from './connection.js';
import { dropDatabase, ensureDatabase } from './database.js';
import { evolve, generatorFor, inDatabase, newDatabase, schemaOf, servers, table } from './database.fixture.js';
import { introspect } from './introspect.js';
import { exclusively } from './session.js';

const authorTable = table('author', {
  columns: [
    { name: 'id', type: 'integer', nullable: false, autoincrement: true },
    { name: 'name', type: 'text', nullable: false, default: "'nobody'" },
  ],
  primaryKey: { columns: ['id'] },
  checks: [{ name: 'author_name', expression: "name <> ''" }],
});
const author = schemaOf(authorTable);

describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ release, url }) => {
  // The statements are the same on every server, and making a thousand tables takes a while.
  const many = release === 'newest' ? 1_000 : 100;

  test('of two updates at once, one waits, and then finds nothing to do', async () => {
    await inDatabase(url, async (connection, options) => {
      const other = await connect(options);
      try {
        const plans = await Promise.all([
          generatorFor(connection, author).updateSchema(),
          generatorFor(other, author).updateSchema(),
        ]);
        expect(plans.map(({ steps }) => steps.length).sort()).toEqual([0, 1]);
      } finally {
        await other.close();
      }
    });
  });

  test('who waits too long learns that the database is busy', async () => {
    await inDatabase(url, async (connection, options) => {
      const other = await connect(options);
      try {
        const error = await exclusively(connection, { lockTimeout: 10_000, suspendForeignKeys: false }, () =>
          exclusively(other, { lockTimeout: 50, suspendForeignKeys: false }, () => Promise.resolve()).catch(
            (reason: unknown) => reason,
          ),
        );
        expect(error).toBeInstanceOf(DovetailError);
        expect(error).toMatchObject({ code: 'database-busy' });
      } finally {
        await other.close();
      }
    });
  });

  test('a connection that is lost in the middle is a clear error, and leaves nothing half done', async () => {
    await inDatabase(url, async (connection, options) => {
      const victim = await connect(options);
      const [row] = await victim.query('select pg_backend_pid() as pid');
      const error: unknown = await exclusively(victim, { lockTimeout: 1_000, suspendForeignKeys: false }, async () => {
        await victim.execute('create table half (id int)');
        await connection.query('select pg_terminate_backend($1)', [row?.pid]);
        await victim.execute('create table whole (id int)');
      }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'connection-failed' });
      expect((await introspect(connection, { namespaces: [] })).tables).toEqual([]);
      await victim.close();
    });
  });

  test('a dry run leaves nothing behind, and no setting changes', async () => {
    await inDatabase(url, async (connection) => {
      await evolve(connection, author);
      const settings = 'select name, setting from pg_settings order by name';
      const before = await connection.query(settings);
      await generatorFor(
        connection,
        schemaOf({ ...authorTable, checks: [{ name: 'author_name', expression: "name <> 'x'" }] }),
      ).plan();
      await evolve(connection, author);
      expect(await connection.query(settings)).toEqual(before);
      expect(await connection.query("select relname from pg_class where relpersistence = 't'")).toEqual([]);
    });
  });

  test(
    `a no-op diff takes the same number of queries for 10 and for ${many} tables`,
    { timeout: 180_000 },
    async () => {
      const counts: number[] = [];
      for (const size of [10, many]) {
        await inDatabase(url, async (connection) => {
          const tables = schemaOf(
            ...Array.from({ length: size }, (_, number) => ({ ...authorTable, name: `author_${number}`, checks: [] })),
          );
          await evolve(connection, tables);
          let queries = 0;
          const counting = {
            ...connection,
            query: (...call: Parameters<typeof connection.query>) => {
              queries += 1;
              return connection.query(...call);
            },
            execute: (...call: Parameters<typeof connection.execute>) => {
              queries += 1;
              return connection.execute(...call);
            },
          };
          expect(await generatorFor(counting, tables).getUpdateSchemaSQL()).toBe('');
          counts.push(queries);
        });
      }
      expect(counts[0]).toBe(counts[1]);
    },
  );

  test('the default schema is created with the database, and is where the entities are', async () => {
    const options = { ...newDatabase(url), schema: 'My Shop' };
    expect(await ensureDatabase(options)).toBe(true);
    expect(await ensureDatabase(options)).toBe(false);
    const connection = await connect(options);
    try {
      expect((await evolve(connection, author)).left).toBe('');
      expect(await connection.query("select schemaname from pg_tables where tablename = 'author'")).toEqual([
        { schemaname: 'My Shop' },
      ]);
    } finally {
      await connection.close();
      await dropDatabase(options);
    }
  });

  test('a database that cannot be opened is an error without the password in it', async () => {
    const error: unknown = await connect({
      connectionString: url.replace('dovetail@', 'dovetail:s3cret@'),
      dbName: 'no_such_database',
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'connection-failed' });
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
  });
});

test('no server is a connection that failed', async () => {
  const error: unknown = await connect({ host: '127.0.0.1', port: 1, user: 'me', dbName: 'x' }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'connection-failed' });
});
