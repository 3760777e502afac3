import {
  Check,
  type DovetailBase,
  Entity,
  type EntityClass,
  Index,
  ManyToOne,
  PrimaryKey,
  Property,
} from '@dovetail/core';
import type { Row } from '@dovetail/core/driver';
import { Dovetail as MariadbDovetail } from '@dovetail/mariadb';
import { Dovetail as MysqlDovetail, type MysqlConnectionOptions } from '@dovetail/mysql';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { mariadb, mysql } from '../databases/index.js';
import { startMariadb, startMysql } from '../servers/mysql-family.js';
import type { RunningServer } from '../servers/server-process.js';
import { type ServerName, serverUrl } from '../servers/url.js';

const cache = fileURLToPath(new URL('../../.cache/servers', import.meta.url));
const sqlMode = '--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,NO_ZERO_DATE';

/** What each server can be told: MySQL's letter case of names is settled when its data folder is made. */
const kinds = [
  { name: 'MySQL', start: startMysql, Dovetail: MysqlDovetail, settings: [sqlMode] },
  {
    name: 'MariaDB',
    start: startMariadb,
    Dovetail: MariadbDovetail,
    settings: [sqlMode, '--lower-case-table-names=1'],
  },
] as const;

class Shelf {
  @PrimaryKey({ type: 'integer' }) declare id: number;
}
Entity({ tableName: 'Shelf' })(Shelf);

function books(quote: string): EntityClass[] {
  class Book {}
  PrimaryKey({ type: 'integer' })(Book.prototype, 'id');
  Property({ type: 'string', default: `it's a "${quote}" \\ back` })(Book.prototype, 'title');
  Property({ type: 'string', generated: `(concat(title, "${quote}")) stored` })(Book.prototype, 'shown');
  ManyToOne({ entity: () => Shelf, fieldName: 'shelfId', nullable: true })(Book.prototype, 'shelf');
  Check({ name: 'title_check', expression: `title <> '\\'${quote}'` })(Book);
  Index({ properties: ['shown'] })(Book);
  Entity({ tableName: 'BookOfShelf' })(Book);
  return [Shelf, Book];
}

describe.each(kinds)('a server of other settings: $name', ({ start, Dovetail, settings }) => {
  let server: RunningServer;
  let options: MysqlConnectionOptions;

  beforeAll(async () => {
    server = await start(cache, settings);
    options = { url: server.url, dbName: 'of other-settings', charset: 'latin1', collation: 'latin1_german1_ci' };
  });

  afterAll(() => server.stop());

  async function withOrm(entities: readonly EntityClass[], body: (orm: DovetailBase) => Promise<void>): Promise<void> {
    const orm = await Dovetail.init({ entities, ...options });
    try {
      await body(orm);
    } finally {
      await orm.close();
    }
  }

  test('entities mean the same there: quotes, backslashes and letter case', async () => {
    await withOrm(books('x'), async ({ schema, connection }) => {
      await schema.updateSchema();
      expect(await schema.getUpdateSchemaSQL()).toBe('');
      await connection.execute('insert into `BookOfShelf` () values ()');
      const [row] = await connection.query('select title, shown from `BookOfShelf`');
      expect(row).toEqual({ title: `it's a "x" \\ back`, shown: `it's a "x" \\ backx` });
    });
    await withOrm(books('y'), async ({ schema, connection }) => {
      await schema.updateSchema();
      expect(await schema.getUpdateSchemaSQL()).toBe('');
      const [row] = await connection.query('select title, shown from `BookOfShelf`');
      expect(row).toEqual({ title: `it's a "x" \\ back`, shown: `it's a "x" \\ backy` });
    });
  });

  test('a new database gets its character set and collation', async () => {
    await withOrm([Shelf], async ({ connection }) => {
      const [row] = await connection.query(
        'select @@character_set_database as charset, @@collation_database as collation',
      );
      expect(row).toEqual({ charset: 'latin1', collation: 'latin1_german1_ci' });
    });
  });

  test('what another session of these settings has created is read as it was meant', async () => {
    const other = await createConnection({ uri: server.url, database: options.dbName });
    await other.query(`create table "foreign" ("a ""b""" varchar(20) default 'back\\slash' check ("a ""b""" <> '\\'))`);
    await other.end();
    await withOrm([Shelf], async ({ schema }) => {
      const table = (await schema.introspect()).tables.find(({ name }) => name === 'foreign');
      expect(table?.columns).toMatchObject([{ name: 'a "b"', default: `'back\\\\slash'` }]);
      expect(table?.checks).toHaveLength(1);
    });
  });
});

const connections: readonly { name: string; server: ServerName; Dovetail: typeof MysqlDovetail }[] = [
  { name: 'MySQL', server: 'MYSQL', Dovetail: MysqlDovetail },
  { name: 'MariaDB', server: 'MARIADB', Dovetail: MariadbDovetail },
];

describe.each(connections)('a connection to $name', ({ server, Dovetail }) => {
  async function first(options: MysqlConnectionOptions, sql: string): Promise<Row | undefined> {
    const orm = await Dovetail.init({ entities: [Shelf], ensureDatabase: false, ...options });
    try {
      return (await orm.connection.query(sql))[0];
    } finally {
      await orm.close();
    }
  }

  test("goes through the server's socket", async () => {
    const url = serverUrl(server);
    const found = await first({ url, dbName: 'information_schema' }, 'select @@socket as path, @@datadir as data');
    const socketPath = resolve(String(found?.data), String(found?.path));
    const row = await first({ socketPath, user: 'root', dbName: 'information_schema' }, 'select 1 as one');
    expect(row).toEqual({ one: 1 });
  });
});

test.each([
  { database: mysql, Dovetail: MysqlDovetail },
  { database: mariadb, Dovetail: MariadbDovetail },
])('who may make no temporary tables on $database.name is told what differs all the same', async (setting) => {
  const site = await setting.database.create();
  onTestFinished(() => site.dispose());
  await (await site.init({ entities: books('x') })).schema.updateSchema();
  const user = `user_${randomUUID().slice(0, 8)}`;
  const { dbName } = site.connectionOptions;
  const privileges = 'select, insert, update, delete, create, alter, drop, index, references, trigger';
  await site.connection.execute(`create user '${user}'@'%' identified by 'secret'`);
  onTestFinished(() => site.connection.execute(`drop user '${user}'@'%'`));
  await site.connection.execute(`grant ${privileges} on \`${dbName}\`.* to '${user}'@'%'`);

  const url = new URL(serverUrl(setting.database === mysql ? 'MYSQL' : 'MARIADB'));
  const server = { host: url.hostname, port: Number(url.port), user, password: 'secret', dbName };
  const orm = await setting.Dovetail.init({ entities: books('y'), ensureDatabase: false, ...server });
  onTestFinished(() => orm.close());
  const { steps } = await orm.schema.plan();
  expect(steps.map(({ description }) => description)).toContain('Alters the table "BookOfShelf".');
});

test('a connection to MySQL, which makes its own certificates, is encrypted', async () => {
  const ssl = { rejectUnauthorized: false };
  const orm = await MysqlDovetail.init({ entities: [Shelf], url: serverUrl('MYSQL'), dbName: 'sys', ssl });
  const [row] = await orm.connection.query(`show session status like 'Ssl_cipher'`);
  await orm.close();
  expect(row?.Value).not.toBe('');
});
