import type { Connection } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { inDatabase, servers } from './database.fixture.js';
import { privileges } from './privileges.js';

const scope = { namespaces: ['sales'] };

async function deniedOf(connection: Connection): Promise<readonly string[]> {
  const found = await privileges(connection, scope);
  return found.filter(({ granted }) => !granted).map(({ remedy }) => remedy);
}

describe.each(servers)('privileges on the $release server', { timeout: 30_000 }, ({ url }) => {
  test('who owns everything lacks none', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute(
        'create schema sales; create table sales.bill (id integer); create table t (id integer)',
      );
      expect(await deniedOf(connection)).toEqual([]);
    });
  });

  test('each that is lacking comes with the statement that grants it', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute(`
        do $$ begin create role "guest ""1""" login; exception when duplicate_object then null; end $$;
        do $$ begin execute format('revoke all on database %I from public', current_database()); end $$;
        create schema sales;
        create table sales."Bill" (id integer)`);
      await connection.execute('set role "guest ""1"""');
      const denied = await deniedOf(connection);
      expect(denied).toContain('grant usage, create on schema "sales" to "guest ""1"""');
      expect(denied).toContain('alter table "sales"."Bill" owner to "guest ""1"""');
      await connection.execute('reset role');
      for (const statement of denied) await connection.execute(statement);
      await connection.execute('set role "guest ""1"""');
      expect(await deniedOf(connection)).toEqual([]);
      await connection.execute('reset role; drop owned by "guest ""1""" cascade');
    });
  });
});
