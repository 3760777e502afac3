import { DovetailError, type EntityClass, Property } from '@dovetail/core';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { entity, id } from '../conformance/entity.js';
import { given, type Given } from '../conformance/given.js';
import { mariadb, mysql, type TestSite } from '../databases/index.js';

/** Types, each with values that some other type holds and another does not. */
const samples: Readonly<Record<string, readonly string[]>> = {
  int: ['99', '1', '1970', '20240102', '-5'],
  bigint: ['9007199254740993', '7'],
  'tinyint unsigned': ['7', '255'],
  'decimal(10,3)': ['12', '1.5', '12.345', '-0.001'],
  double: ['0.1', '1e20', '3', '-5'],
  float: ['0.5', '1234.5', '3'],
  'bit(8)': ["b'1000001'", "b'1'"],
  year: ['2024', '1999'],
  date: ["'2024-01-02'", "'1000-01-01'"],
  time: ["'10:11:12'", "'-100:00:00'", "'00:00:00'"],
  'time(3)': ["'10:11:12.125'", "'10:11:12'"],
  datetime: ["'2024-01-02 10:11:12'", "'2024-01-02'", "'1000-01-01'", "'2500-01-01'"],
  'datetime(6)': ["'2024-01-02 10:11:12.123456'", "'2024-01-02 10:11:12.120000'"],
  timestamp: ["'2024-01-02 10:11:12'", "'2024-01-02 00:00:00'"],
  'char(10)': ["'ab'", "'12'"],
  'varchar(20)': [
    ...["'ab '", "'A'", "''", "'É'", "'x,y'", "'y,x'", "'x,x'", "'e'", "'E'", "'{}'", "'yes'"],
    ...["'12'", "'007'", "'1.5'", "'-1.50'", "'1e2'", "'+1'", "'99'", "'2024'"],
    ...["'2024-01-02'", "'24-1-2'", "'2024-01-02 10:11:12'", "'10:11:12'", "'900:00:00'", "'2500-01-01'"],
  ],
  text: ["'ab '", "'12'"],
  'binary(4)': ["'ab'", "'abcd'"],
  'varbinary(10)': ["x'6100'", "x'ff'", "'12'", "'ab '", "'e'"],
  blob: ["x'6120'", "x'c389'", "'e'"],
  json: [`'"a"'`, "'12'", "'1.5'", `'{"a": 1}'`, "'null'", "'true'", `'"2024-01-02"'`],
  "enum('e','12','ab','2024-01-02')": ["'12'", "'e'", "'2024-01-02'"],
  "set('x','y','12')": ["'x,y'", "''", "'12'"],
  point: ["st_geomfromtext('point(1 2)')"],
};

const targets: readonly string[] = [
  ...Object.keys(samples),
  ...['tinyint', 'decimal(4,1)', 'bit(4)', 'bit(64)', 'char(3)', 'varchar(3)', 'tinytext', 'longtext', 'longblob'],
  ...['binary(2)', 'time(6)', 'timestamp(6)', "enum('E','a','12')", "set('12','x')", 'linestring', 'geometry'],
];

function isSpatial(type: string): boolean {
  return /^(point|linestring|geometry)$/.test(type);
}

/** A column for each type that the values are given. */
function item(types: readonly string[]): EntityClass {
  const columns = types.map((columnType, index) => [`c${index}`, Property({ columnType, nullable: true })] as const);
  return entity('Item', { id, ...Object.fromEntries(columns) });
}

/** A value to the last byte. */
function shown(type: string, index: number): string {
  if (isSpatial(type) || /binary|blob/.test(type)) return `hex(c${index}) as c${index}`;
  return `hex(cast(${type.startsWith('bit') ? `c${index} + 0` : `c${index}`} as char)) as c${index}`;
}

/** Zeros at the end may come and go: `1.5` and `1.500`, a date and its midnight. */
function withoutZeros(hex: unknown): string {
  return Buffer.from(String(hex), 'hex')
    .toString('latin1')
    .replace(/ 00:00:00([.]0+)?$/, '')
    .replace(/([.]\d*?)0+$/, '$1')
    .replace(/[.]$/, '');
}

/** MySQL keeps the value of a document, not its text. */
function isSameJson(one: string, other: string): boolean {
  return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}

describe.each([mysql, mariadb])('values that get another type on $name', ({ create }) => {
  let site: TestSite;
  beforeEach(async () => {
    site = await create();
  });
  afterEach(() => site.dispose());

  /** @returns the error of a refusal before the first statement; none where the update is done. */
  const update = async (types: readonly string[]): Promise<DovetailError | undefined> => {
    const orm = await site.init({ entities: [item(types)] });
    try {
      await orm.schema.updateSchema();
      return undefined;
    } catch (error) {
      expect.assert(error instanceof DovetailError);
      expect(error.code, error.message).toBe('precheck-failed');
      return error;
    }
  };

  const read = async (types: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    site.connection.query(`select ${types.map(shown).join(', ')} from item order by id`);

  test.each(Object.entries(samples))('are the same, or are refused: %s', async (from, values) => {
    const to = targets.filter((target) => target !== from);
    const before = to.map(() => from);
    await update(before);
    for (const [index, value] of values.entries()) {
      await site.connection.execute(`insert into item values (${[index + 1, ...to.map(() => value)].join(', ')})`);
    }

    // A value that is refused is left out, until those that remain are converted.
    let rows = await read(before);
    for (let error = await update(to); error !== undefined; error = await update(to)) {
      for (const problem of error.problems) {
        const refused = (problem.rows?.examples ?? []).flat().join(', ');
        await site.connection.execute(`update ${problem.where.replace('.', ' set ')} = null where id in (${refused})`);
      }
      rows = await read(before);
    }

    const converted = await read(to);
    const changes = rows.flatMap((row, index) =>
      to.flatMap((target, column) => {
        const then = withoutZeros(row[`c${column}`]);
        const now = withoutZeros(converted[index]?.[`c${column}`]);
        return then === now || (target === 'json' && isSameJson(then, now)) ? [] : [`${then} is ${now} as ${target}`];
      }),
    );
    expect(changes).toEqual([]);
  });

  test.each([
    ['varchar(20)', "set('x','y')", "'x,y'"],
    ['varchar(20)', "enum('a','A')", "'A'"],
    ['varchar(30)', 'datetime(3)', "'2024-01-02 10:11:12.5'"],
    ['varchar(20)', 'decimal(9,3)', "'-1.5'"],
    ['datetime', 'timestamp', "'2024-01-02 10:11:12'"],
    ['time(6)', 'time', "'-100:00:00'"],
    ['bigint', 'year', '2024'],
    ['int', 'bit(8)', '255'],
    ['json', 'varchar(20)', `'{"a": 1}'`],
    ['varbinary(10)', 'varchar(10)', "x'c389'"],
    ['point', 'int', 'null'],
    ['int', 'point', 'null'],
    ['date', 'geometry', 'null'],
    ['point', "enum('a')", 'null'],
  ])('from %s to %s are not refused where they are the same: %s', async (from, to, value) => {
    await update([from]);
    await site.connection.execute(`insert into item values (1, ${value})`);
    expect(await update([to])).toBeUndefined();
  });
});

test('JSON takes a decimal with all its digits, or not at all: MySQL makes a double of it', async () => {
  const price = (columnType: string): EntityClass => entity('Item', { id, price: Property({ columnType }) });
  const values = ['0.1', '1234567890123.25', '12345678901234567890.1234567891'];
  const insert = (site: Given): Promise<void> =>
    site.execute(...values.map((value, index) => `insert into item values (${index + 1}, ${value})`));
  const [onMysql, onMariadb] = [
    await given(mysql, [price('decimal(40,10)')]),
    await given(mariadb, [price('decimal(40,10)')]),
  ];
  await insert(onMysql);
  await insert(onMariadb);

  const error = await onMysql.refuses([price('json')]);
  await onMariadb.become([price('json')]);

  expect(error.problems).toMatchObject([{ where: 'item.price', consent: 'data-loss', rows: { examples: [['3']] } }]);
  // As a text, for mysql2 reads JSON, whose numbers are doubles in JavaScript.
  const [kept] = await onMariadb.connection.query('select cast(price as char) as price from item where id = 3');
  expect(kept).toEqual({ price: '12345678901234567890.1234567891' });
});
