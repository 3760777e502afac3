import type { Column, Connection, Schema, Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, inDatabase, refusal, schemaOf, servers, table } from './database.fixture.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };
const key = { primaryKey: { columns: ['id'] } };

async function count(connection: Connection, sql: string): Promise<unknown> {
  const [row] = await connection.query(sql);
  return row?.count === undefined ? row : Number(row.count);
}
describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ url }) => {
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
      ['text', 'boolean', "'true'", 'true'],
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
      ['text', 'boolean', "'yes'"],
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

    test('that grows rewrites neither table nor index', async () => {
      await inDatabase(url, async (connection) => {
        const desired = (type: string): Schema =>
          withColumn(type, {}, { indexes: [{ name: 't_c', unique: false, parts: [{ column: 'c' }] }] });
        const files = (): Promise<unknown> =>
          connection.query("select relname, relfilenode from pg_class where relname in ('t', 't_c') order by 1");
        await evolve(connection, desired('varchar(10)'));
        await connection.execute("insert into t (c) values ('x')");
        const before = await files();
        for (const type of ['varchar(20)', 'varchar', 'text']) {
          expect((await evolve(connection, desired(type))).left).toBe('');
        }
        expect(await files()).toEqual(before);
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
});
