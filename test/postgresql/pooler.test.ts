import {
  Dovetail,
  Entity,
  type EntityClass,
  PrimaryKey,
  postgresqlDriver as driver,
  Property,
} from '@dovetail/postgresql';
import { describe, expect, test } from 'vitest';
import { serverUrl } from '../servers/url.js';
import { pooledSessions, startPooler } from './pooler.js';

class DiaryBefore {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'text', nullable: true }) declare day: string;
}
Entity({ tableName: 'diary' })(DiaryBefore);

class DiaryAfter {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'date', nullable: true, check: `day > '2000-01-01'` }) declare day: string;
}
Entity({ tableName: 'diary' })(DiaryAfter);

const before: readonly EntityClass[] = [DiaryBefore];
const after: readonly EntityClass[] = [DiaryAfter];

interface Access {
  readonly connectionString: string;
  readonly dbName: string;
}

let databases = 0;

/** A database with the diary before, directly and through a pooler. */
async function withDiary(url: string, body: (direct: Access, pooled: Access) => Promise<void>): Promise<void> {
  databases += 1;
  const direct = { connectionString: url, dbName: `dovetail_pooled_${process.pid}_${databases}` };
  const orm = await Dovetail.init({ entities: before, ...direct });
  await orm.schema.createSchema();
  await orm.connection.execute(`insert into diary (day) values ('2024-02-29'), (null)`);
  await orm.close();
  const pooler = await startPooler(new URL(url));
  const address = new URL(url);
  address.port = String(pooler.port);
  try {
    await body(direct, { connectionString: address.href, dbName: direct.dbName });
  } finally {
    await pooler.stop();
    await driver.dropDatabase(direct);
  }
}

/** What a program could leave behind in the session that the next query gets. */
const stateOfSession = `
  select pg_backend_pid() as pid, array(select name from pg_settings where source = 'session') as settings,
    array(select proname::text from pg_proc where pronamespace = pg_my_temp_schema()) as functions,
    array(select relname::text from pg_class where relnamespace = pg_my_temp_schema()) as relations,
    array(select name from pg_prepared_statements) as prepared,
    array(select locktype from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') as locks`;

/** How many sessions wait for a lock. A transaction would see the same number again and again. */
async function numberWaiting(access: Access): Promise<number> {
  const connection = await driver.connect(access);
  const [row] = await connection.query(
    `select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  await connection.close();
  return Number(row?.waiting);
}

describe.each([
  { release: 'newest', url: serverUrl('POSTGRESQL') },
  { release: 'oldest', url: serverUrl('POSTGRESQL_OLDEST') },
])('behind a pooler in transaction mode, on the $release server', { timeout: 60_000 }, ({ url }) => {
  test('an update is carried out, and leaves nothing in the sessions', async () => {
    await withDiary(url, async (_, pooled) => {
      const orm = await Dovetail.init({ entities: after, ensureDatabase: false, ...pooled });
      const plan = await orm.schema.plan();
      expect(await orm.schema.atStake(plan)).toEqual([]);
      await orm.schema.apply(plan);
      expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
      expect(await orm.connection.query('select day::text from diary order by id')).toEqual([
        { day: '2024-02-29' },
        { day: null },
      ]);

      const processes = new Set<unknown>();
      for (let number = 0; number < pooledSessions; number += 1) {
        const [{ pid, ...state } = {}] = await orm.connection.query(stateOfSession);
        expect(state).toEqual({ settings: [], functions: [], relations: [], prepared: [], locks: [] });
        processes.add(pid);
      }
      expect(processes.size).toBe(pooledSessions);
      await orm.close();
    });
  });

  test.each(['directly', 'through the pooler'])('an update that waits is stopped %s', async (way) => {
    await withDiary(url, async (direct, pooled) => {
      const other = await driver.connect(direct);
      await other.execute('begin; lock table diary in access share mode');
      const access = way === 'directly' ? direct : pooled;
      const orm = await Dovetail.init({ entities: after, ensureDatabase: false, ...access });
      const stop = new AbortController();
      const update = orm.schema.updateSchema({ signal: stop.signal }).catch((reason: unknown) => reason);
      await expect.poll(() => numberWaiting(direct), { timeout: 20_000 }).toBe(1);
      stop.abort();
      expect(await update).toMatchObject({ code: 'aborted' });
      await other.close();
      await orm.schema.updateSchema();
      expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
      await orm.close();
    });
  });
});
