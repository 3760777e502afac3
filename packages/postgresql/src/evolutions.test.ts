import type { Column, Connection, Schema, Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, generatorFor, inDatabase, refusal, schemaOf, servers, table } from './database.fixture.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };
const key = { primaryKey: { columns: ['id'] } };

async function count(connection: Connection, sql: string): Promise<unknown> {
  const [row] = await connection.query(sql);
  return row?.count === undefined ? row : Number(row.count);
}

describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ url }) => {
  describe('a native enum', () => {
    const mood = (...items: readonly string[]) => ({ name: 'mood', items });
    const person = (defaultText: string | undefined, parts: Partial<Table> = {}): Table =>
      table('person', {
        columns: [
          id,
          { name: 'mood', type: '"mood"', nullable: true, default: defaultText },
          { name: 'moods', type: '"mood"[]', nullable: true },
        ],
        ...key,
        ...parts,
      });
    const dog = table('dog', {
      columns: [id, { name: 'mood', type: '"mood"', nullable: true, default: "'ok'::mood" }],
      ...key,
    });
    const start: Schema = { ...schemaOf(person("'ok'::mood"), dog), enums: [mood('sad', 'ok', 'happy')] };

    test('takes values in the middle, and keeps those of its rows', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, start);
        await connection.execute(`insert into person (mood, moods) values ('happy', '{sad,ok}')`);
        const { left } = await evolve(connection, { ...start, enums: [mood('sad', 'meh', 'ok', 'happy', 'wild')] });
        expect(left).toBe('');
        expect(await connection.query('select mood::text, moods::text from person')).toEqual([
          { mood: 'happy', moods: '{sad,ok}' },
        ]);
      });
    });

    test('takes a value that a default uses at once', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, start);
        await connection.execute(`insert into person (mood) values ('happy')`);
        const { left } = await evolve(connection, {
          ...schemaOf(person("'new'::mood"), dog),
          enums: [mood('sad', 'ok', 'happy', 'new')],
        });
        expect(left).toBe('');
        await connection.execute('insert into person default values');
        expect(await connection.query('select mood::text from person order by id')).toEqual([
          { mood: 'happy' },
          { mood: 'new' },
        ]);
      });
    });

    test('loses a value that nobody uses, and has its others in another order', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, {
          ...schemaOf(
            person("'ok'::mood", {
              checks: [{ name: 'person_mood_check', expression: "mood <> 'sad'::mood" }],
              indexes: [{ name: 'person_ok', unique: false, parts: [{ column: 'id' }], where: "mood = 'ok'::mood" }],
            }),
            dog,
          ),
          enums: start.enums,
        });
        await connection.execute(`insert into person (mood, moods) values ('happy', '{happy}')`);
        const { left } = await evolve(connection, {
          ...schemaOf(
            person("'ok'::mood", {
              checks: [{ name: 'person_mood_check', expression: "mood <> 'happy'::mood or id > 0" }],
              indexes: [{ name: 'person_ok', unique: false, parts: [{ column: 'id' }], where: "mood = 'ok'::mood" }],
            }),
            dog,
          ),
          enums: [mood('happy', 'ok')],
        });
        expect(left).toBe('');
        expect(await connection.query('select mood::text, moods::text from person')).toEqual([
          { mood: 'happy', moods: '{happy}' },
        ]);
      });
    });

    test('does not lose a value that rows use', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, start);
        await connection.execute(
          `insert into person (mood) values ('sad'), ('sad'); insert into dog values (default, 'sad')`,
        );
        await connection.execute(`insert into person (mood, moods) values ('ok', '{sad}')`);
        const error = await refusal(connection, { ...start, enums: [mood('ok', 'happy')] });
        expect(error.code).toBe('precheck-failed');
        expect(error.problems.map(({ where, what }) => `${where}: ${what.split(' ')[0]}`).sort()).toEqual([
          'dog.mood: 1',
          'person.mood: 2',
          'person.moods: 1',
        ]);
      });
    });

    test('in another schema, made together with it', async () => {
      await inDatabase(url, async (connection) => {
        const desired: Schema = {
          namespaces: ['shop'],
          enums: [{ schema: 'shop', name: 'size', items: ['S', 'L'] }],
          tables: [
            table('shirt', {
              columns: [id, { name: 'size', type: '"shop"."size"', nullable: false, default: "'S'" }],
              ...key,
            }),
            table('shirt', {
              schema: 'shop',
              columns: [id, { name: 'size', type: '"shop"."size"[]', nullable: true }],
              ...key,
              checks: [{ name: 'c', expression: 'id > 0' }],
            }),
          ],
          views: [],
        };
        expect((await evolve(connection, desired)).left).toBe('');
        const { left } = await evolve(connection, {
          ...desired,
          enums: [{ schema: 'shop', name: 'size', items: ['XS', 'L', 'S'] }],
        });
        expect(left).toBe('');
      });
    });
  });

  describe('a type', () => {
    const withColumn = (type: string, parts: Partial<Column> = {}, more: Partial<Table> = {}): Schema =>
      schemaOf(table('t', { columns: [id, { name: 'c', type, nullable: true, ...parts }], ...key, ...more }));

    test.each([
      ['integer', 'bigint', '42', '42'],
      ['bigint', 'integer', '42', '42'],
      ['integer', 'text', '42', '42'],
      ['text', 'integer', "'42'", '42'],
      ['text', 'uuid', "'00000000-0000-0000-0000-00000000000a'", '00000000-0000-0000-0000-00000000000a'],
      ['uuid', 'text', "'00000000-0000-0000-0000-00000000000a'", '00000000-0000-0000-0000-00000000000a'],
      ['varchar(10)', 'varchar(5)', "'abc'", 'abc'],
      ['varchar(10)', 'text', "'abc'", 'abc'],
      ['text', 'boolean', "'yes'", 'true'],
      ['boolean', 'integer', 'true', '1'],
      ['integer', 'boolean', '1', 'true'],
      ['numeric(10,2)', 'numeric(10,1)', '1.5', '1.5'],
      ['numeric(10,2)', 'integer', '3', '3'],
      ['double precision', 'numeric(6,2)', '1.25', '1.25'],
      ['json', 'jsonb', `'{"a": 1}'`, '{"a": 1}'],
      ['text', 'jsonb', `'{"a": 1}'`, '{"a": 1}'],
      ['timestamp', 'timestamptz', "'2020-01-01 12:00:00'", '2020-01-01 12:00:00+00'],
      ['date', 'timestamp', "'2020-01-01'", '2020-01-01 00:00:00'],
      ['timestamp', 'date', "'2020-01-01 00:00:00'", '2020-01-01'],
      ['text[]', 'varchar(5)[]', "'{a,b}'", '{a,b}'],
      ['integer[]', 'text[]', "'{1,2}'", '{1,2}'],
      ['text', 'date', "'2020-02-03'", '2020-02-03'],
      ['text', 'timestamptz', "'2020-02-03 10:00+02'", '2020-02-03 08:00:00+00'],
      ['text', 'jsonb', `'{"b":1,"a":2}'`, '{"a": 2, "b": 1}'],
      ['text', 'boolean', "'fal'", 'false'],
    ])('%s becomes %s, and %s stays', async (from, to, value, expected) => {
      await inDatabase(url, async (connection) => {
        await connection.execute("set timezone = 'UTC'");
        await evolve(connection, withColumn(from));
        await connection.execute(`insert into t (c) values (${value}), (null)`);
        expect((await evolve(connection, withColumn(to))).left).toBe('');
        expect(await connection.query('select c::text from t order by id')).toEqual([{ c: expected }, { c: null }]);
      });
    });

    test.each([
      ['bigint', 'integer', '3000000000'],
      ['text', 'integer', "'abc'"],
      ['text', 'integer', "'99999999999'"],
      ['varchar(10)', 'varchar(2)', "'abc'"],
      ['numeric(10,2)', 'integer', '1.5'],
      ['numeric(10,2)', 'numeric(4,2)', '1234.5'],
      ['double precision', 'real', '0.1234567890123'],
      ['text', 'boolean', "'perhaps'"],
      ['text', 'uuid', "'no uuid'"],
      ['timestamp', 'date', "'2020-01-01 10:00'"],
      ['text', 'date', "'2020-01-01 10:00'"],
      ['text', 'timestamp', "'2020-01-01 10:00+02'"],
      ['text', 'timestamptz(0)', "'2020-01-01 10:00:00.5'"],
      ['text', 'time', "'10:00+02'"],
      ['numeric', 'integer', "'NaN'"],
      ['bigint', 'double precision', '9007199254740993'],
      ['date', 'timestamptz', "'5874897-12-31'"],
    ])('%s does not become %s where a row holds %s', async (from, to, value) => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, withColumn(from));
        await connection.execute(`insert into t (c) values (${value}), (null), (${value})`);
        const error = await refusal(connection, withColumn(to));
        expect(error.code).toBe('precheck-failed');
        expect(error.problems.map(({ what }) => what)).toEqual([expect.stringMatching(/^2 rows hold a value/u)]);
      });
    });

    test('changes with its default, its index, its check and the generated column that reads it', async () => {
      await inDatabase(url, async (connection) => {
        const desired = (type: string, defaultText: string): Schema =>
          schemaOf(
            table('t', {
              columns: [
                id,
                { name: 'c', type, nullable: false, default: defaultText },
                { name: 'g', type: 'text', nullable: true, generated: { expression: 'c || 1', stored: true } },
              ],
              ...key,
              checks: [{ name: 't_c', expression: "c <> ''" }],
              indexes: [
                { name: 't_ci', unique: true, parts: [{ column: 'c' }], where: "c > 'a'" },
                { name: 't_gi', unique: false, parts: [{ column: 'g' }] },
              ],
            }),
          );
        await evolve(connection, desired('varchar(10)', "'a'"));
        await connection.execute('insert into t default values');
        expect((await evolve(connection, desired('text', "'b'"))).left).toBe('');
        expect(await connection.query('select c, g from t')).toEqual([{ c: 'a', g: 'a1' }]);
      });
    });

    test('of a primary key changes with the foreign keys that reference it', async () => {
      await inDatabase(url, async (connection) => {
        const desired = (type: string): Schema =>
          schemaOf(
            table('parent', { columns: [{ name: 'id', type, nullable: false }], ...key }),
            table('child', {
              columns: [
                { name: 'id', type, nullable: false },
                { name: 'parent_id', type, nullable: true },
              ],
              ...key,
              foreignKeys: [
                {
                  name: 'child_parent',
                  columns: ['parent_id'],
                  references: { table: { name: 'parent' }, columns: ['id'] },
                  onDelete: 'cascade',
                  onUpdate: 'no action',
                },
              ],
            }),
          );
        await evolve(connection, desired('integer'));
        await connection.execute('insert into parent values (1); insert into child values (2, 1)');
        for (const type of ['bigint', 'text', 'varchar(40)']) {
          expect((await evolve(connection, desired(type))).left).toBe('');
          expect(await count(connection, 'select count(*) from child join parent on parent.id = child.parent_id')).toBe(
            1,
          );
        }
      });
    });
  });

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
      expect((await evolve(connection, schemaOf(node('a', 'b'), node('b', 'a')))).left).toBe('');
      expect((await evolve(connection, schemaOf())).left).toBe('');
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
