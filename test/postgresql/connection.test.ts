import {
  Dovetail,
  Entity,
  postgresqlDriver,
  PrimaryKey,
  type PostgresqlConnectionOptions,
  Property,
} from '@dovetail/postgresql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificate, startPostgresql } from '../servers/postgresql.js';
import type { RunningServer } from '../servers/server-process.js';

class Author {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'string' }) declare name: string;
}
Entity({ tableName: 'author' })(Author);

const { quoteString } = postgresqlDriver.ddl;
const secret = "s3cret ' %/@";

describe.each(['newest', 'oldest'] as const)('a connection to the %s server', { timeout: 120_000 }, (release) => {
  let server: RunningServer;
  let guest: PostgresqlConnectionOptions;
  let asked = 0;

  beforeAll(async () => {
    server = await startPostgresql(release, { secured: true });
    const { hostname, port } = new URL(server.url);
    const connection = await postgresqlDriver.connect({ connectionString: server.url, dbName: 'postgres' });
    await connection.execute(`create role guest login createdb password ${quoteString(secret)}`);
    await connection.close();
    guest = {
      host: hostname,
      port: Number(port),
      user: 'guest',
      dbName: 'library',
      ssl: { ca: certificate },
      password: () => {
        asked += 1;
        return Promise.resolve(secret);
      },
    };
  });
  afterAll(() => server.stop());

  const failure = async (options: PostgresqlConnectionOptions): Promise<unknown> =>
    Dovetail.init({ entities: [Author], ...options }).catch((error: unknown) => error);

  test('is encrypted, and asks for the password each time it is opened', async () => {
    for (const done of [true, false]) {
      const before = asked;
      const orm = await Dovetail.init({ entities: [Author], ...guest });
      expect(asked).toBeGreaterThan(before);
      expect((await orm.schema.updateSchema()).steps.length > 0).toBe(done);
      expect(await orm.connection.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual([
        { ssl: true },
      ]);
      await orm.close();
    }
  });

  test('takes user and password of a URL', async () => {
    const { host } = new URL(server.url);
    const connectionString = `postgres://guest:${encodeURIComponent(secret)}@${host}/postgres`;
    const { dbName, ssl } = guest;
    const orm = await Dovetail.init({ entities: [Author], connectionString, dbName, ssl });
    expect(await orm.connection.query('select current_user::text as user, current_database()::text as db')).toEqual([
      { user: 'guest', db: 'library' },
    ]);
    await orm.close();
  });

  test('prefers what is stated beside the URL, and takes names of every kind', async () => {
    const { user, password, ssl } = guest;
    const connectionString = new URL('/elsewhere', server.url).href;
    const stated = { connectionString, user, password, ssl, dbName: 'a #?/%20 "name"' };
    const orm = await Dovetail.init({ entities: [Author], ...stated });
    expect(await orm.connection.query('select current_user::text as user, current_database()::text as db')).toEqual([
      { user: 'guest', db: stated.dbName },
    ]);
    await orm.close();
    await postgresqlDriver.dropDatabase(stated);
  });

  test.each([0, 65_536, 1.5])('takes no port %d', async (port) => {
    expect(await failure({ ...guest, port })).toMatchObject({
      code: 'invalid-configuration',
      problems: [{ where: 'port' }],
    });
  });

  test.each([
    ['no encryption', { ssl: false }, /no encryption\n +Encrypt the connection: ssl: true/u],
    [
      'a certificate that nobody vouches for',
      { ssl: true },
      /self-signed certificate.*\n +State the certificate .* ssl: \{ ca: /u,
    ],
    [
      'another password',
      { password: `not ${secret}` },
      /password authentication failed .*\n +Check user and password/u,
    ],
    ['no password', { password: '' }, /password\n? .*Check user and password/su],
  ])('is refused with %s, and does not say the password', async (_, options, reason) => {
    const error = await failure({ ...guest, ...options });
    expect(error).toMatchObject({ code: 'connection-failed' });
    expect(String(error)).toMatch(reason);
    expect(String(error) + JSON.stringify(error)).not.toContain(secret);
  });

  test('ends a statement that takes longer than it may, and goes on', async () => {
    const orm = await Dovetail.init({ entities: [Author], ...guest, statementTimeout: 100 });
    await expect(orm.connection.query('select pg_sleep(10)')).rejects.toThrow(/statement timeout/u);
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    await orm.close();
  });
});
