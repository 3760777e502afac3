import type { Column, Connection, Schema, Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, generatorFor, inDatabase, schemaOf, servers, table } from './database.fixture.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };

const withColumns = (columns: readonly Column[], more: Partial<Table> = {}): Schema =>
  schemaOf(table('t', { columns: [id, ...columns], primaryKey: { columns: ['id'] }, ...more }));

const reader = 'do $$ begin create role dovetail_reader; exception when duplicate_object then null; end $$;';

/** What the query says before and after the change. */
async function survives(connection: Connection, desired: Schema, query: string): Promise<void> {
  const before = await connection.query(query);
  expect((await evolve(connection, desired)).left).toBe('');
  expect(before).not.toEqual([]);
  expect(await connection.query(query)).toEqual(before);
}

describe.each(servers)('what is made anew on the $release server', { timeout: 30_000 }, ({ url }) => {
  const generated = (type: string, expression: string): Schema =>
    withColumns([
      { name: 'c', type, nullable: true },
      { name: 'g', type: 'bigint', nullable: true, comment: 'computed', generated: { expression, stored: true } },
    ]);

  test.each([
    ['the type of what it reads', generated('bigint', 'c + 1')],
    ['its expression', generated('integer', 'c + 2')],
  ])('a generated column keeps privileges, statistics and comment when %s changes', async (_, desired) => {
    await inDatabase(url, async (connection) => {
      await evolve(connection, generated('integer', 'c + 1'));
      await connection.execute(`${reader}
        grant select (g), references (g) on t to dovetail_reader with grant option;
        grant select (g) on t to public;
        alter table t alter column g set statistics 500`);
      await survives(
        connection,
        desired,
        `select attacl::text, attstattarget, col_description(attrelid, attnum) from pg_attribute
         where attrelid = 't'::regclass and attname = 'g'`,
      );
    });
  });

  test.each([
    ['another type of what they read', 'bigint', '1'],
    ['other expressions', 'integer', '2'],
  ])(
    'statistics of generated columns come back with %s, but for those of a column that goes',
    async (_, type, summand) => {
      const desired = (c: string, more: string, ...others: readonly Column[]): Schema =>
        withColumns([
          { name: 'c', type: c, nullable: true },
          { name: 'f', type: 'bigint', nullable: true, generated: { expression: `c + ${more}`, stored: true } },
          { name: 'g', type: 'bigint', nullable: true, generated: { expression: `c * ${more}`, stored: true } },
          ...others,
        ]);
      const goes: Column = { name: 'goes', type: 'integer', nullable: true };
      await inDatabase(url, async (connection) => {
        await evolve(connection, desired('integer', '1', goes));
        await connection.execute(`
        create statistics of_three (dependencies) on f, g, c from t; comment on statistics of_three is 'three';
        alter statistics of_three set statistics 50;
        create statistics of_expression on (f + g) from t;
        create statistics of_gone on f, goes from t;
        create statistics untouched on id, c from t`);
        const query = `select stxname::text as name, pg_get_statisticsobjdef(oid), obj_description(oid), stxstattarget
        from pg_statistic_ext where stxname <> 'of_gone' order by stxname`;
        await survives(connection, desired(type, summand), query);
        expect(await connection.query('select stxname::text as name from pg_statistic_ext order by 1')).toHaveLength(3);
      });
    },
  );

  test.each([
    ['serial', 'identity', [id, { ...id, autoincrement: undefined, identity: 'always' as const }]],
    ['identity', 'serial', [{ ...id, autoincrement: undefined, identity: 'by default' as const }, id]],
  ])(
    'the sequence of a %s column that gets one of %s counts as before, and is granted as before',
    async (_, __, ids) => {
      await inDatabase(url, async (connection) => {
        const [from, to] = ids.map((column) =>
          schemaOf(table('t', { columns: [column], primaryKey: { columns: ['id'] } })),
        );
        await evolve(connection, from ?? schemaOf());
        await connection.execute(`${reader}
        alter sequence t_id_seq rename to numbers;
        alter sequence numbers increment by 10 cache 5 cycle;
        comment on sequence numbers is 'counts';
        grant usage, select on sequence numbers to dovetail_reader;
        insert into t default values`);
        await survives(
          connection,
          to ?? schemaOf(),
          `select relname, relacl::text, seqincrement, seqcache, seqcycle, obj_description(c.oid)
         from pg_sequence join pg_class c on c.oid = seqrelid`,
        );
        await connection.execute('insert into t default values');
      });
    },
  );

  const marks = `select relname, indisclustered, indisreplident, c.reloptions, obj_description(c.oid)
    from pg_index join pg_class c on c.oid = indexrelid where indisclustered or indisreplident order by 1`;

  test('an index on a generated column that is made anew is the one by which the table is clustered', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (type: string): Schema =>
        withColumns(
          [
            { name: 'c', type, nullable: true },
            { name: 'g', type: 'bigint', nullable: true, generated: { expression: 'c + 1', stored: true } },
          ],
          {
            indexes: [
              { name: 't_g', unique: false, parts: [{ column: 'g' }], storage: { fillfactor: '70' }, comment: 'by g' },
            ],
          },
        );
      await evolve(connection, desired('integer'));
      await connection.execute('alter table t cluster on t_g');
      await survives(connection, desired('bigint'), marks);
    });
  });

  test('rows are told apart by the unique constraint that takes the place of another', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (...columns: readonly string[]): Schema =>
        withColumns(
          ['u', 'v'].map((name) => ({ name, type: 'integer', nullable: false })),
          { uniques: [{ name: `t_${columns.join('_')}`, columns }] },
        );
      await evolve(connection, desired('u'));
      await connection.execute('alter table t replica identity using index t_u');
      expect((await evolve(connection, desired('u', 'v'))).left).toBe('');
      expect(await connection.query(marks)).toMatchObject([{ relname: 't_u_v', indisreplident: true }]);
    });
  });

  test('the plan says that rows are no longer told apart where nothing takes the place', async () => {
    await inDatabase(url, async (connection) => {
      const columns = [{ name: 'u', type: 'integer', nullable: false }];
      await evolve(connection, withColumns(columns, { uniques: [{ name: 't_u', columns: ['u'] }] }));
      await connection.execute('alter table t replica identity using index t_u');
      const { steps } = await generatorFor(connection, withColumns(columns)).plan();
      expect(steps.flatMap(({ hazards }) => hazards.map(({ message }) => message))).toContain(
        '"t" loses its replica identity, which went by an index that is dropped.',
      );
    });
  });

  test('a materialized view stays without data, and keeps its clustering and statistics', async () => {
    await inDatabase(url, async (connection) => {
      const desired = (type: string): Schema => withColumns([{ name: 'c', type, nullable: true }]);
      await evolve(connection, desired('varchar(10)'));
      await connection.execute(`
        create materialized view v as select id, c from t with no data;
        create index v_c on v (c);
        alter materialized view v cluster on v_c;
        alter materialized view v alter column c set statistics 300;
        create statistics v_s on id, c from v`);
      await survives(
        connection,
        desired('text'),
        `select relispopulated, array(select attstattarget::int from pg_attribute where attrelid = c.oid and attnum > 0 order by attnum),
           array(select stxname from pg_statistic_ext where stxrelid = c.oid)
         from pg_class c where relname = 'v'`,
      );
      expect(await connection.query(marks)).toMatchObject([{ relname: 'v_c' }]);
    });
  });

  describe('a view whose query changes', () => {
    const withView = (definition: string, materialized = false): Schema => ({
      ...withColumns(['c', 'd'].map((name) => ({ name, type: 'text', nullable: true }))),
      views: [{ name: 'v', definition, materialized }],
    });
    const ofColumns = `select attname, attacl::text, col_description(attrelid, attnum) as comment,
        (select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = attrelid and adnum = attnum) as "default"
      from pg_attribute where attrelid = 'v'::regclass and attnum > 0 order by attname`;

    test.each([
      ['loses a column', 'select id, c from t', ['c', 'id']],
      ['gets another column first', "select 1 as first, id, c, d || '!' as d from t", ['c', 'd', 'id']],
    ])('keeps what stands on the columns that it still has, when it %s', async (_, definition, kept) => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, withView('select id, c, d from t'));
        await connection.execute(`${reader}
          grant select on v to dovetail_reader;
          grant update (id, c, d) on v to dovetail_reader with grant option;
          alter view v alter column c set default 'none', alter column d set default 'none';
          comment on column v.c is 'the third'; comment on column v.d is 'the fourth'`);
        const before = await connection.query(ofColumns);

        expect((await evolve(connection, withView(definition))).left).toBe('');

        const after = await connection.query(ofColumns);
        expect(after.filter(({ attname }) => attname !== 'first')).toEqual(
          before.filter(({ attname }) => kept.includes(String(attname))),
        );
        expect(
          await connection.query(
            "select relacl::text like '%dovetail_reader=r/%' as granted from pg_class where relname = 'v'",
          ),
        ).toEqual([{ granted: true }]);
      });
    });

    test('keeps the statistics of the columns that it still has, where it is materialized', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, withView('select id, c, d from t', true));
        await connection.execute(`
          create statistics kept on id, c from v; comment on statistics kept is 'of two';
          alter statistics kept set statistics 40;
          create statistics lost on (c || d), id from v;
          alter materialized view v alter column c set statistics 30, alter column d set statistics 30`);

        expect((await evolve(connection, withView('select id, c from t', true))).left).toBe('');

        expect(
          await connection.query(`select stxname::text as name, obj_description(oid) as comment, stxstattarget::int as target
            from pg_statistic_ext where stxrelid = 'v'::regclass`),
        ).toEqual([{ name: 'kept', comment: 'of two', target: 40 }]);
        expect(
          await connection.query(`select attname::text as name, attstattarget::int as target
            from pg_attribute where attrelid = 'v'::regclass and attstattarget > 0`),
        ).toEqual([{ name: 'c', target: 30 }]);
      });
    });
  });
});
