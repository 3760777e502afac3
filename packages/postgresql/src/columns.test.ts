import type { Column, Schema, Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { connect } from './connection.js';
import { evolve, generatorFor, inDatabase, schemaOf, servers, table } from './database.fixture.js';
import { introspect } from './introspect.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };
const key = { primaryKey: { columns: ['id'] } };

function withColumns(...columns: readonly Column[]): Schema {
  return schemaOf(table('t', { columns: [id, ...columns], ...key }));
}

describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ url, release }) => {
  test('columns of a domain, of types of extensions, and of arrays of arrays are quiet, and change', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute(`
        create extension citext; create extension hstore; create schema side;
        create domain side.email as citext check (value like '%@%');
        create domain age as integer`);
      const desired = (email: string, more: string): Schema =>
        withColumns(
          { name: 'email', type: email, nullable: true },
          { name: 'age', type: 'age', nullable: true, default: '18' },
          { name: 'more', type: more, nullable: true },
          { name: 'matrix', type: 'integer[][]', nullable: true, default: "'{{1,2},{3,4}}'" },
        );
      expect((await evolve(connection, desired('"side"."email"', 'hstore'))).left).toBe('');
      await connection.execute(`insert into t (email, more) values ('A@b', 'k => 1')`);
      expect((await evolve(connection, desired('citext', 'text'))).left).toBe('');
      expect(await connection.query('select email::text, age, more, matrix[2][1] as part from t')).toEqual([
        { email: 'A@b', age: 18, more: '"k"=>"1"', part: 3 },
      ]);
    });
  });

  test('a type that others made keeps its modifiers, and they change', async () => {
    await inDatabase(url, async (connection) => {
      // As an extension for vectors would make it: a type with a length of its own.
      await connection.execute(`
        create type vector;
        create function vector_in(cstring, oid, integer) returns vector language internal immutable strict as 'varcharin';
        create function vector_out(vector) returns cstring language internal immutable strict as 'varcharout';
        create type vector (input = vector_in, output = vector_out, typmod_in = varchartypmodin,
          typmod_out = varchartypmodout, like = varchar)`);
      for (const type of ['vector(3)', 'vector(4)', 'vector', 'vector(4)[]']) {
        expect((await evolve(connection, withColumns({ name: 'v', type, nullable: true }))).left).toBe('');
        const [column] = await connection.query(`select format_type(atttypid, atttypmod) as type from pg_attribute
          where attrelid = 't'::regclass and attname = 'v'`);
        expect(column).toEqual({ type });
      }
    });
  });

  test('a generated column is stored or, from 18, computed when it is read', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (stored: boolean): Schema =>
        withColumns(
          { name: 'c', type: 'integer', nullable: true },
          { name: 'g', type: 'integer', nullable: true, generated: { expression: 'c * 2', stored } },
        );
      const kinds = release === 'newest' ? [true, false, true] : [true];
      for (const stored of kinds) {
        expect((await evolve(connection, desired(stored))).left).toBe('');
        const [row] = await connection.query("select attgenerated::text as kind from pg_attribute where attname = 'g'");
        expect(row).toEqual({ kind: stored ? 's' : 'v' });
      }
      await connection.execute('insert into t (c) values (21)');
      expect(await connection.query('select g from t')).toEqual([{ g: 42 }]);
    });
  });

  test.each(['bigint', 'text', undefined])(
    'a generated column becomes a plain one, while what it read becomes %s, with its values',
    async (type) => {
      await inDatabase(url, async (connection) => {
        const a = { name: 'a', nullable: false };
        const b: Column = { name: 'b', type: 'integer', nullable: true };
        const computed = { ...b, generated: { expression: 'a * 2', stored: true } };
        await evolve(connection, withColumns({ ...a, type: 'integer' }, computed));
        await connection.execute('insert into t (a) values (21)');
        const desired = type === undefined ? withColumns(b) : withColumns({ ...a, type }, b);
        expect((await evolve(connection, desired, { allow: ['data-loss'] })).left).toBe('');
        expect(await connection.query('select b from t')).toEqual([{ b: 42 }]);
      });
    },
  );

  test('a column that may not be null is no other for the name of its constraint', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute(`create table t (id serial primary key, c text constraint "c is needed" not null)`);
      const desired = (nullable: boolean): Schema => withColumns({ name: 'c', type: 'text', nullable });
      expect(await generatorFor(connection, desired(false)).getUpdateSchemaSQL()).toBe('');
      for (const nullable of [true, false]) expect((await evolve(connection, desired(nullable))).left).toBe('');
    });
  });

  test('a sequence goes on where it was when its column changes, or becomes one that is numbered', async () => {
    await inDatabase(url, async (connection) => {
      const numbered = (column: Partial<Column>): Schema =>
        schemaOf(table('t', { columns: [{ name: 'id', type: 'integer', nullable: false, ...column }], ...key }));
      await evolve(connection, numbered({}));
      await connection.execute('insert into t values (41)');
      expect((await evolve(connection, numbered({ autoincrement: true }))).left).toBe('');
      await connection.execute('insert into t default values');
      expect((await evolve(connection, numbered({ autoincrement: true, type: 'bigint' }))).left).toBe('');
      await connection.execute("select setval('t_id_seq', 3000000000); insert into t default values");
      expect(await connection.query('select id::text from t order by t.id')).toEqual([
        { id: '41' },
        { id: '42' },
        { id: '3000000001' },
      ]);
    });
  });

  test('names of 63 bytes in letters of several bytes are kept whole', async () => {
    await inDatabase(url, async (connection) => {
      const name = '日本語の長い名前は六十三バイトまで使えます。'.slice(0, 21);
      expect(Buffer.byteLength(name)).toBe(63);
      const desired = (type: string): Table =>
        table(name, {
          columns: [
            { ...id, name },
            { name: 'ö', type, nullable: true },
          ],
          primaryKey: { columns: [name] },
          indexes: [{ name: `${name.slice(0, -1)}abc`, unique: false, parts: [{ column: 'ö' }] }],
          checks: [{ name, expression: `"${name}" > 0` }],
        });
      for (const type of ['integer', 'text']) {
        expect((await evolve(connection, schemaOf(desired(type)))).left).toBe('');
      }
      const [read] = (await introspect(connection, { namespaces: [] })).tables;
      expect([read?.name, read?.columns[0]?.name, read?.checks[0]?.name]).toEqual([name, name, name]);
    });
  });

  test('a table keeps its storage parameters', async () => {
    await inDatabase(url, async (connection) => {
      await evolve(connection, withColumns({ name: 'c', type: 'integer', nullable: true }));
      await connection.execute('alter table t set (fillfactor = 70)');
      expect((await evolve(connection, withColumns({ name: 'c', type: 'text', nullable: true }))).left).toBe('');
      expect(await connection.query("select reloptions from pg_class where relname = 't'")).toEqual([
        { reloptions: ['fillfactor=70'] },
      ]);
    });
  });

  test('tables, views and enums of another owner are no drop', async () => {
    await inDatabase(url, async (connection, options) => {
      await connection.execute(`
        do $$ begin create role dovetail_guest login; exception when duplicate_object then null; end $$;
        create table theirs (id integer); create view their_view as select id from theirs; create type their as enum ('a');
        grant all on schema public to dovetail_guest`);
      const guest = await connect({ ...options, user: 'dovetail_guest' });
      const mine = withColumns({ name: 'c', type: 'text', nullable: true });
      expect((await evolve(guest, mine)).left).toBe('');
      const { tables } = await introspect(guest, { namespaces: [] });
      expect(tables.map(({ name, owner }) => [name, owner])).toEqual([
        ['t', undefined],
        ['theirs', 'dovetail'],
      ]);
      await guest.close();
      expect(await connection.query('select count(*)::int as rows from their_view')).toEqual([{ rows: 0 }]);
    });
  });
});
