import type { Connection } from '@dovetail/core';
import { createSeeder, type SeedDatabase, type Seeder } from '@dovetail/seeder';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, text } from '../conformance/entity.js';
import { failureOf, given, type Given } from '../conformance/given.js';
import { mariadb, mysql } from '../databases/index.js';

const Author = entity('Author', { id, name: text({ nullable: true }) });
const Named = entity('Author', { id, name: text({ backfill: "'unknown'" }) });

class AuthorSeeder implements Seeder {
  async run(db: SeedDatabase): Promise<void> {
    await db.insert(Author, [{ id: 1 }]);
  }
}

describe.each([mysql, mariadb])('what waits too long on $name', (database) => {
  /** An author whose row another connection holds. */
  async function givenHeldRow(): Promise<Given> {
    const site = await given(database, [Author]);
    await site.insert('author', { id: 1, name: null });
    await site.execute('begin', 'select * from author for update');
    onTestFinished(() => site.execute('commit'));
    return site;
  }

  /** Who holds a row can be told by MySQL alone: MariaDB shows locks with a plugin. */
  async function expectBusy(message: string, { connection }: Given, wait: string): Promise<void> {
    const [row] = await connection.query('select connection_id() as id');
    const holder = [`connection ${String(row?.id)} `, 'holds locks on "author"', `or end it: kill ${String(row?.id)}`];
    const lock = ['lock: was not given in time: Lock wait timeout exceeded', `or wait longer with ${wait}`];
    for (const text of database.name === 'MySQL' ? holder : lock) expect(message).toContain(text);
  }

  const settings = 'lockTimeout, or innodb_lock_wait_timeout where no update runs';

  test('an update waits for a row as long as lockTimeout, and leaves the session as it was', async () => {
    const site = await givenHeldRow();
    const orm = await site.init([Named], { config: { lockTimeout: 1000 } });
    await orm.connection.execute('set session innodb_lock_wait_timeout = 40, session lock_wait_timeout = 50');
    const start = Date.now();

    const error = await failureOf(() => orm.schema.updateSchema());

    expect(Date.now() - start).toBeLessThan(10_000);
    expect(error.code).toBe('database-busy');
    expect(error.message).toContain('A statement failed. Of 2 steps, 0 were carried out');
    await expectBusy(error.message, site, settings);
    expect(await waits(orm.connection)).toEqual({ rows: 40, tables: 50 });

    await site.execute('commit');
    await orm.schema.updateSchema();
    expect(await site.rows('author')).toEqual([{ id: 1, name: 'unknown' }]);
  });

  test('a seeder waits as long as its session says, and is told who holds the row', async () => {
    const site = await givenHeldRow();
    const orm = await site.init([Author]);
    await orm.connection.execute('set session innodb_lock_wait_timeout = 1');

    const error = await failureOf(() => createSeeder(orm).run(AuthorSeeder));

    expect(error.code).toBe('database-busy');
    await expectBusy(error.message, site, settings);
  });

  test('a statement that the server stops is told with the setting that stopped it', async () => {
    const orm = await (await given(database, [Author])).init([Author]);
    const limit = database.name === 'MySQL' ? 'max_execution_time = 200' : 'max_statement_time = 0.2';
    await orm.connection.execute(`set session ${limit}`);
    const numbers = 'with recursive n (n) as (select 1 union all select n + 1 from n where n < 900)';
    const endless = `${numbers} select count(*) from n as a, n as b, n as c where sha2(a.n + b.n + c.n, 512) = ''`;

    const error = await failureOf(() => orm.connection.query(endless));

    expect(error.code).toBe('statement-failed');
    expect(error.message).toContain('The database stopped a statement: Query execution was interrupted');
    expect(error.problems).toEqual([
      {
        where: 'statement',
        what: 'was stopped by the database, for it ran longer than it may',
        remedy: 'let it run longer: max_execution_time of MySQL, max_statement_time of MariaDB',
      },
    ]);
  });
});

/** How long the session waits for rows and for tables, in seconds. */
async function waits(connection: Connection): Promise<unknown> {
  const [row] = await connection.query(
    'select @@session.innodb_lock_wait_timeout as `rows`, @@session.lock_wait_timeout as `tables`',
  );
  return row;
}
