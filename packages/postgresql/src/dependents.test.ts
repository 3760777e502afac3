import type { Column, Connection, Schema } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, inDatabase, refusal, schemaOf, servers, table } from './database.fixture.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };
const key = { primaryKey: { columns: ['id'] } };

/** A table with a column of the type. */
function withColumn(type: string): Schema {
  return schemaOf(table('t', { columns: [id, { name: 'c', type, nullable: true }], ...key }));
}

describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ url }) => {
  test('views on a column that changes come back, with their owner, privileges, comments, defaults, rules and indexes, and each other', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (type: string): Schema =>
        schemaOf(table('t', { columns: [id, { name: 'c', type, nullable: true }], ...key }));
      await evolve(connection, desired('varchar(10)'));
      await connection.execute(`
        do $$ begin create role dovetail_reader; exception when duplicate_object then null; end $$;
        insert into t (c) values ('x');
        create view a_top as select v.c from (values (1)) as one (n) cross join lateral (select 'y'::text as c) v;
        create view low as select id, c from t;
        create view high as select upper(c) as c from low;
        create materialized view kept as select c, count(*) as n from high group by c;
        create unique index kept_c on kept (c);
        comment on view low is 'the low one';
        comment on column low.c is 'its column';
        grant select on low to dovetail_reader with grant option;
        grant insert (id, c) on low to dovetail_reader;
        alter view low alter column c set default 'none';
        create rule keep as on delete to low do instead nothing;
        alter view high owner to dovetail_reader`);
      const before = await catalogOfViews(connection);
      expect((await evolve(connection, desired('varchar(20)'))).left).toBe('');
      expect(await catalogOfViews(connection)).toEqual(before);
      expect(await connection.query('select * from kept')).toEqual([{ c: 'X', n: '1' }]);
    });
  });

  test('triggers on a column that changes fire when they did, and keep their comments', async () => {
    await inDatabase(url, async (connection) => {
      await evolve(connection, withColumn('varchar(10)'));
      await connection.execute(`
        create function nothing() returns trigger language plpgsql as 'begin return new; end';
        create trigger "Off" before update of c on t for each row execute function nothing();
        create trigger replica before update of c on t for each row execute function nothing();
        create trigger always before update of c on t for each row execute function nothing();
        create trigger origin before update of c on t for each row when (new.c <> '') execute function nothing();
        alter table t disable trigger "Off", enable replica trigger replica, enable always trigger always;
        comment on trigger "Off" on t is 'off''s comment'`);
      const triggers = (): Promise<readonly unknown[]> =>
        connection.query(`select tgname::text, tgenabled::text, obj_description(oid, 'pg_trigger') from pg_trigger
          where tgrelid = 't'::regclass order by tgname`);
      const before = await triggers();
      expect((await evolve(connection, withColumn('text'))).left).toBe('');
      expect(await triggers()).toEqual(before);
    });
  });

  test('a table with policies and privileges keeps them', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (...columns: readonly Column[]): Schema =>
        schemaOf(table('t', { columns: [id, ...columns], ...key }));
      await evolve(connection, desired({ name: 'c', type: 'text', nullable: true }));
      await connection.execute(`
        do $$ begin create role dovetail_reader; exception when duplicate_object then null; end $$;
        alter table t enable row level security;
        create policy mine on t using (c = current_user);
        grant select (id), update on t to dovetail_reader`);
      const { left } = await evolve(
        connection,
        desired(
          { name: 'c', type: 'text', nullable: false, default: "'x'" },
          { name: 'd', type: 'integer', nullable: true },
        ),
      );
      expect(left).toBe('');
      expect(await connection.query('select policyname from pg_policies')).toEqual([{ policyname: 'mine' }]);
      expect(
        await connection.query(
          "select relrowsecurity, relacl is not null as granted from pg_class where relname = 't'",
        ),
      ).toEqual([{ relrowsecurity: true, granted: true }]);
    });
  });

  test.each([
    {
      name: 'a rule',
      sql: 'create schema side; create table side.log (c text); create rule log as on insert to t do insert into side.log values (new.c)',
      what: 'rule log on table t',
    },
    {
      name: 'a rule of another table',
      sql: 'create schema side; create table side.way (c text); create rule on_to_t as on insert to side.way do instead insert into t (c) values (new.c)',
      what: 'rule on_to_t on table side.way',
    },
    { name: 'a policy', sql: 'create policy mine on t using (c = current_user)', what: 'policy mine on table t' },
    {
      name: 'a function that is parsed',
      sql: 'create function longest() returns int begin atomic; select max(length(c)) from t; end',
      what: 'function longest()',
    },
    {
      name: 'a view of another schema',
      sql: 'create schema side; create view side.v as select c from t',
      what: 'rule _RETURN on view side.v',
    },
  ])('a column under $name keeps its type, and stays', async ({ sql, what }) => {
    await inDatabase(url, async (connection) => {
      await evolve(connection, withColumn('varchar(10)'));
      await connection.execute(`insert into t (c) values ('x'); ${sql}`);
      for (const desired of [withColumn('text'), schemaOf(table('t', { columns: [id], ...key }))]) {
        const error = await refusal(connection, desired);
        expect(error.code).toBe('precheck-failed');
        expect(error.problems.map(({ where }) => where)).toContain('t.c');
        expect(error.message).toMatch(/1 object stands on the column/u);
        expect(error.message).toContain(what);
      }
    });
  });
});

async function catalogOfViews(connection: Connection): Promise<unknown> {
  return connection.query(`
    select c.relname, c.relkind, c.relacl::text, pg_get_userbyid(c.relowner) as owner, pg_get_viewdef(c.oid) as definition,
      obj_description(c.oid) as comment, array(select col_description(c.oid, n) from generate_series(1, 3) n) as columns,
      array(select indexdef from pg_indexes where tablename = c.relname) as indexes,
      array(select pg_get_ruledef(oid) from pg_rewrite where ev_class = c.oid order by 1) as rules,
      array(select attacl::text from pg_attribute where attrelid = c.oid and attnum > 0 order by attnum) as column_acls,
      array(select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = c.oid) as defaults
    from pg_class c where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace order by 1`);
}
