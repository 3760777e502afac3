import type { Column, Index, Schema, Table, UniqueConstraint } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, generatorFor, inDatabase, refusal, schemaOf, servers, table } from './database.fixture.js';
import { introspect } from './introspect.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };
const key = { primaryKey: { columns: ['id'] } };

describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ url }) => {
  test('a serial column becomes an identity and back, and goes on counting', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (column: Partial<Column>): Schema =>
        schemaOf(
          table('t', {
            columns: [
              { name: 'id', type: 'integer', nullable: false, ...column },
              { name: 'c', type: 'text', nullable: true },
            ],
            ...key,
          }),
        );
      const forms: readonly Partial<Column>[] = [
        { autoincrement: true },
        { identity: 'by default' },
        { identity: 'always', type: 'bigint' },
        { autoincrement: true, type: 'bigint' },
        { autoincrement: true, type: 'integer' },
        {},
        { autoincrement: true },
      ];
      let rows = 0;
      for (const form of forms) {
        expect((await evolve(connection, desired(form))).left).toBe('');
        rows += 1;
        await connection.execute(
          form.autoincrement === true || form.identity !== undefined
            ? 'insert into t default values'
            : `insert into t values (${rows})`,
        );
      }
      expect(await connection.query('select id::int from t order by id')).toEqual(
        forms.map((_, index) => ({ id: index + 1 })),
      );
    });
  });

  test.each([
    [{ autoincrement: true }, { identity: 'by default' }],
    [{ identity: 'always' }, { autoincrement: true }],
  ] as const)('the numbers of rows that are gone are not given again: %o becomes %o', async (from, to) => {
    await inDatabase(url, async (connection) => {
      const desired = (column: Partial<Column>): Schema =>
        schemaOf(table('t', { columns: [{ name: 'id', type: 'integer', nullable: false, ...column }], ...key }));
      await evolve(connection, desired(from));
      await connection.execute('insert into t default values', []);
      await connection.execute('insert into t default values', []);
      await connection.execute('delete from t', []);
      expect((await evolve(connection, desired(to))).left).toBe('');
      await connection.execute('insert into t default values', []);
      expect(await connection.query('select id::int from t')).toEqual([{ id: 3 }]);
    });
  });

  test('a unique key takes the name of an index of another table', async () => {
    await inDatabase(url, async (connection) => {
      const things = (ofA: Partial<Table>, ofB: Partial<Table>): Schema =>
        schemaOf(table('a', { columns: [id], ...key, ...ofA }), table('b', { columns: [id], ...key, ...ofB }));
      const index: Index = { name: 'ix', unique: false, parts: [{ column: 'id' }] };
      const unique: UniqueConstraint = { name: 'ix', columns: ['id'] };
      await evolve(connection, things({}, { indexes: [index] }));
      expect((await evolve(connection, things({ uniques: [unique] }, {}))).left).toBe('');
      expect((await evolve(connection, things({}, { indexes: [index] }))).left).toBe('');
    });
  });

  test('tables of one name in two schemas, with constraints of one name, do not leak into each other', async () => {
    await inDatabase(url, async (connection) => {
      const thing = (schema: string | undefined, type: string): Table =>
        table('thing', {
          schema,
          columns: [id, { name: 'c', type, nullable: true, comment: `in ${schema ?? 'default'}` }],
          ...key,
          checks: [{ name: 'thing_c', expression: type === 'text' ? "c <> ''" : 'c > 0' }],
          uniques: [
            { name: 'thing_u', columns: ['c'], deferrable: schema === undefined ? 'initially deferred' : undefined },
          ],
          indexes: [
            {
              name: 'thing_i',
              unique: false,
              parts: [{ column: 'c', sort: schema === undefined ? 'desc' : undefined }],
            },
          ],
        });
      const both = (first: string, second: string): Schema => ({
        ...schemaOf(thing(undefined, first), thing('other', second)),
        namespaces: ['other'],
      });
      expect((await evolve(connection, both('text', 'integer'))).left).toBe('');
      expect((await evolve(connection, both('integer', 'text'))).left).toBe('');
    });
  });

  test('a ring of foreign keys is created and dropped', async () => {
    await inDatabase(url, async (connection) => {
      const node = (name: string, other: string): Table =>
        table(name, {
          columns: [id, { name: 'other_id', type: 'integer', nullable: true }],
          ...key,
          foreignKeys: [
            {
              name: `${name}_fk`,
              columns: ['other_id'],
              references: { table: { name: other }, columns: ['id'] },
              onDelete: 'set null',
              onUpdate: 'cascade',
              deferrable: 'initially deferred',
            },
          ],
        });
      const keys = "select conname as name from pg_constraint where contype = 'f' order by 1";
      expect((await evolve(connection, schemaOf(node('a', 'b'), node('b', 'a')))).left).toBe('');
      expect(await connection.query(keys)).toEqual([{ name: 'a_fk' }, { name: 'b_fk' }]);
      expect((await evolve(connection, schemaOf())).left).toBe('');
      expect(await connection.query(keys)).toEqual([]);
      expect((await introspect(connection, { namespaces: [] })).tables).toEqual([]);
    });
  });

  test('a unique key waits for the end of the transaction, or no longer', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (deferrable?: UniqueConstraint['deferrable']): Schema =>
        schemaOf(
          table('seat', {
            columns: [id, { name: 'place', type: 'integer', nullable: false }],
            ...key,
            uniques: [{ name: 'seat_place', columns: ['place'], deferrable }],
          }),
        );
      const exchange = (): Promise<void> =>
        connection.execute(
          'begin; update seat set place = 3 - place where id = 1; update seat set place = 3 - place where id = 2; commit',
        );
      await evolve(connection, desired('initially deferred'));
      await connection.execute('insert into seat (place) values (1), (2)');
      await exchange();
      expect(await connection.query('select place from seat order by id')).toEqual([{ place: 2 }, { place: 1 }]);
      expect((await evolve(connection, desired())).left).toBe('');
      await expect(exchange()).rejects.toThrow(/duplicate key/u);
      await connection.execute('rollback');
      expect((await evolve(connection, desired('initially deferred'))).left).toBe('');
      await exchange();
    });
  });

  test('an exclusion keeps what overlaps out, and what it compares changes', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute('create extension btree_gist');
      const desired = (definition: string): Schema =>
        schemaOf(
          table('stay', {
            columns: [
              id,
              { name: 'room', type: 'integer', nullable: false },
              { name: 'during', type: 'daterange', nullable: false },
            ],
            ...key,
            exclusions: [{ name: 'stay_free', definition }],
          }),
        );
      const stay = (room: number): Promise<void> =>
        connection.execute(`insert into stay (room, during) values (${room}, '[2020-01-01,2020-01-05)')`);
      await evolve(connection, desired('using gist (during with &&)'));
      await stay(1);
      await expect(stay(2)).rejects.toThrow(/exclusion constraint/u);
      expect((await evolve(connection, desired('using gist (room with =, during with &&)'))).left).toBe('');
      await stay(2);
      await expect(stay(2)).rejects.toThrow(/exclusion constraint/u);
    });
  });

  test('a check of its own table alone stays one, or becomes one of all', async () => {
    await inDatabase(url, async (connection) => {
      for (const noInherit of [true, undefined, true]) {
        const desired = schemaOf(
          table('t', { columns: [id], ...key, checks: [{ name: 't_id', expression: 'id > 0', noInherit }] }),
        );
        expect((await evolve(connection, desired)).left).toBe('');
        expect(await connection.query("select connoinherit as own from pg_constraint where conname = 't_id'")).toEqual([
          { own: noInherit === true },
        ]);
      }
    });
  });

  test('constraints and indexes of every kind converge, and change', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute('create extension btree_gist; create extension citext');
      const room = (changed: boolean): Table =>
        table('room', {
          columns: [
            id,
            { name: 'number', type: 'integer', nullable: false },
            { name: 'during', type: 'tstzrange', nullable: true },
            { name: 'email', type: 'citext', nullable: true, default: changed ? "'B'" : "'b'" },
            { name: 'labels', type: 'text[]', nullable: true },
            { name: 'data', type: 'jsonb', nullable: true },
            { name: 'title', type: 'text', nullable: true, collation: changed ? 'C' : 'POSIX' },
          ],
          ...key,
          comment: changed ? "It's changed" : 'The rooms',
          uniques: [
            {
              name: 'room_number',
              columns: ['number'],
              deferrable: changed ? 'initially deferred' : 'initially immediate',
            },
            { name: 'room_email', columns: ['email'], include: changed ? ['number'] : undefined },
          ],
          exclusions: [
            {
              name: 'room_free',
              definition: changed
                ? 'using gist (number with =, during with &&) where (number > 1)'
                : 'using gist (number with =, during with &&)',
            },
          ],
          indexes: [
            {
              name: 'i_gin',
              unique: false,
              type: 'gin',
              parts: [{ column: 'data', opclass: changed ? 'jsonb_path_ops' : undefined }],
            },
            { name: 'i_gin2', unique: false, type: 'gin', parts: [{ column: 'labels' }] },
            { name: 'i_hash', unique: false, type: 'hash', parts: [{ column: changed ? 'email' : 'number' }] },
            {
              name: 'i_brin',
              unique: false,
              type: 'brin',
              parts: [{ column: 'number' }],
              storage: { pages_per_range: changed ? '64' : '32' },
            },
            { name: 'i_gist', unique: false, type: 'gist', parts: [{ column: 'during' }] },
            { name: 'i_spgist', unique: false, type: 'spgist', parts: [{ column: 'title' }] },
            {
              name: 'i_op',
              unique: false,
              parts: [{ column: 'title', opclass: 'text_pattern_ops', sort: changed ? 'desc' : undefined }],
            },
            {
              name: 'i_nulls',
              unique: false,
              parts: [{ column: 'number', nulls: changed ? 'first' : 'last' }],
              include: ['email'],
            },
            {
              name: 'i_coll',
              unique: true,
              parts: [{ column: 'title', collation: 'C' }, { expression: 'lower(title)' }],
              storage: { fillfactor: '70' },
            },
          ],
        });
      expect((await evolve(connection, schemaOf(room(false)))).left).toBe('');
      expect((await evolve(connection, schemaOf(room(true)))).left).toBe('');
      expect((await evolve(connection, schemaOf(room(false)))).left).toBe('');
    });
  });

  test('what belongs to others is no drop: partitions, children, extensions', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute('create extension pg_stat_statements').catch(() => undefined);
      await connection.execute(`
        create table event (id integer not null, at date not null) partition by range (at);
        create table event_2020 partition of event for values from ('2020-01-01') to ('2021-01-01');
        create table base (id integer not null);
        create table derived (more text) inherits (base)`);
      const desired = schemaOf(
        table('event', {
          columns: [
            { name: 'id', type: 'integer', nullable: false },
            { name: 'at', type: 'date', nullable: false },
          ],
          options: { partitionBy: 'range (at)' },
        }),
        table('base', { columns: [{ name: 'id', type: 'integer', nullable: false }] }),
      );
      expect(await generatorFor(connection, desired).getUpdateSchemaSQL()).toBe('');
    });
  });
});

/** What came after PostgreSQL 14. */
describe.each(servers.filter(({ release }) => release === 'newest'))('on the $release server', ({ url }) => {
  test('a foreign key keeps the columns that it sets', async () => {
    await inDatabase(url, async (connection) => {
      const keyed = (type: string): Schema =>
        schemaOf(
          table('parent', {
            columns: [
              { name: 'a', type, nullable: false },
              { name: 'b', type: 'integer', nullable: false },
            ],
            primaryKey: { columns: ['a', 'b'] },
          }),
          table('child', {
            columns: [id, { name: 'a', type, nullable: true }, { name: 'b', type: 'integer', nullable: true }],
            ...key,
            foreignKeys: [
              {
                name: 'child_parent',
                columns: ['a', 'b'],
                references: { table: { name: 'parent' }, columns: ['a', 'b'] },
                onDelete: 'set null',
                onUpdate: 'no action',
              },
            ],
          }),
        );
      await evolve(connection, keyed('integer'));
      await connection.execute(`
        alter table child drop constraint child_parent;
        alter table child add constraint child_parent foreign key (a, b) references parent on delete set null (b);
        insert into parent values (1, 2); insert into child (a, b) values (1, 2)`);
      expect((await evolve(connection, keyed('bigint'))).left).toBe('');
      await connection.execute('delete from parent');
      expect(await connection.query('select a::int, b from child')).toEqual([{ a: 1, b: null }]);
    });
  });

  test('two nulls are one value or two', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (nullsNotDistinct?: boolean): Schema =>
        schemaOf(
          table('t', {
            columns: [
              id,
              { name: 'a', type: 'integer', nullable: true },
              { name: 'b', type: 'integer', nullable: true },
            ],
            ...key,
            uniques: [{ name: 't_a', columns: ['a'], nullsNotDistinct }],
            indexes: [{ name: 't_b', unique: true, parts: [{ column: 'b' }], where: 'id > 0', nullsNotDistinct }],
          }),
        );
      await evolve(connection, desired());
      await connection.execute('insert into t default values; insert into t default values');
      expect((await refusal(connection, desired(true))).problems.map(({ where }) => where).sort()).toEqual([
        't.t_a',
        't.t_b',
      ]);
      await connection.execute('delete from t where id = 2');
      expect((await evolve(connection, desired(true))).left).toBe('');
      await expect(connection.execute('insert into t (a) values (1)')).rejects.toThrow(/"t_b"/u);
      await expect(connection.execute('insert into t (b) values (1)')).rejects.toThrow(/"t_a"/u);
      expect((await evolve(connection, desired())).left).toBe('');
      await connection.execute('insert into t default values');
    });
  });

  test('an index with a list in its condition is renamed where another takes its name', async () => {
    await inDatabase(url, async (connection) => {
      const where = "name in ('a', 'b')";
      const desired = (...indexes: readonly Index[]): Schema =>
        schemaOf(
          table('t', { columns: [id, { name: 'name', type: 'varchar(20)', nullable: false }], ...key, indexes }),
        );
      await evolve(connection, desired({ name: 't_name', unique: false, parts: [{ column: 'name' }], where }));
      const { left } = await evolve(
        connection,
        desired(
          { name: 't_name', unique: false, parts: [{ column: 'name', collation: 'C' }], where },
          { name: 't_name_2', unique: false, parts: [{ column: 'name' }], where },
        ),
      );
      expect(left).toBe('');
      expect(
        (await introspect(connection, { namespaces: [] })).tables.flatMap(({ indexes }) =>
          indexes.map(({ name }) => name),
        ),
      ).toEqual(['t_name', 't_name_2']);
    });
  });
});
