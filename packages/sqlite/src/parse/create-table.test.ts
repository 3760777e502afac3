import type { Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { readCreateTable } from './create-table.js';

const firstColumn = (definition: string): Table['columns'][number] | undefined =>
  readCreateTable(`CREATE TABLE t (${definition})`).columns[0];

const constraints = (definitions: string): Table => readCreateTable(`CREATE TABLE t (a, b, c, ${definitions})`);

describe('a table written by hand', () => {
  const sql = `CREATE TABLE [Order Details] -- what was ordered
  (
    "id" INTEGER /* the rowid, */ PRIMARY KEY AUTOINCREMENT,
    \`größe\` decimal ( 10 , 2 ) NOT NULL DEFAULT 0, -- in centimetres, rounded
    'select' text COLLATE NoCase CHECK ("select" <> 'a, b)' /* ) */),
    __proto__ text constraint "has, proto" check (
      __proto__ in ('a', -- first
        'b')
    )
    , total AS (größe * 2), UNIQUE ([select], \`größe\`) /* end */
  ) -- done`;

  test('keeps every name, whatever its quotes', () => {
    const table = readCreateTable(sql);
    expect(table.name).toBe('Order Details');
    expect(table.columns.map(({ name }) => name)).toEqual(['id', 'größe', 'select', '__proto__', 'total']);
    expect(table.uniques).toEqual([{ columns: ['select', 'größe'] }]);
  });

  test('keeps checks as they are written, with what looks like an end inside of them', () => {
    expect(readCreateTable(sql).checks).toEqual([
      { expression: `"select" <> 'a, b)'` },
      { name: 'has, proto', expression: `__proto__ in ('a', -- first\n        'b')` },
    ]);
  });

  test('leaves nothing over', () => {
    expect(readCreateTable(sql).unmodelled).toEqual([]);
  });
});

describe('a column', () => {
  test.each([
    ['a', ''],
    ['a INT', 'INT'],
    ['a NVARCHAR ( 160 )', 'NVARCHAR(160)'],
    ['a decimal( 10,\n -2 )', 'decimal(10,-2)'],
    ['a unsigned /* very */ big  int', 'unsigned big int'],
    ['a generated always int', 'generated always int'],
    ['a int generated always as (1)', 'int'],
    ['a "double precision"', 'double precision'],
    ['a "check"', '"check"'],
    ['a "what-ever"', '"what-ever"'],
  ])('%s has the type %s', (definition, type) => {
    expect(firstColumn(definition)?.type).toBe(type);
  });

  test.each([
    ['0', '0'],
    ['-1.5', '-1.5'],
    ["''", "''"],
    ["'it''s'", "'it''s'"],
    ["'NULL'", "'NULL'"],
    ['NULL', 'NULL'],
    ['true', 'true'],
    ["x'00ff'", "x'00ff'"],
    ['CURRENT_TIMESTAMP', 'CURRENT_TIMESTAMP'],
    ["(lower('X') -- small\n)", "(lower('X'))"],
    ['word', "'word'"],
    ['"a word"', "'a word'"],
    ['("a word" || 1)', "('a word' || 1)"],
  ])('default %s is %s', (written, expected) => {
    expect(firstColumn(`a text DEFAULT ${written} NOT NULL`)).toMatchObject({ default: expected, nullable: false });
  });

  test('has its constraints in any order, with names or without', () => {
    expect(
      firstColumn(
        "a text constraint u unique default 'x' constraint f references p on delete cascade collate rtrim not null",
      ),
    ).toEqual({ name: 'a', type: 'text', nullable: false, default: "'x'", collation: 'rtrim' });
  });

  test('is generated, stored or virtual', () => {
    expect(firstColumn('a int generated always as ((b) + (c)) stored, b, c')?.generated).toEqual({
      expression: '(b) + (c)',
      stored: true,
    });
    expect(firstColumn('a as (b), b')?.generated).toEqual({ expression: 'b', stored: false });
    expect(firstColumn('a as (b) virtual, b')?.generated).toEqual({ expression: 'b', stored: false });
  });

  test('loses the collation that it would have anyway', () => {
    expect(firstColumn('a text collate BINARY')?.collation).toBeUndefined();
  });

  test('has the strings of its expressions in single quotes where it was written with double ones', () => {
    expect(
      firstColumn(`a as (json_extract(b, "$.it's") || "b" || t."x" || cast("B" as "text")), b`)?.generated?.expression,
    ).toBe(`json_extract(b, '$.it''s') || "b" || t."x" || cast("B" as "text")`);
  });
});

describe('the primary key', () => {
  test('of a rowid table may hold NULL, unless it is the rowid', () => {
    expect(firstColumn('a text primary key')?.nullable).toBe(true);
    expect(firstColumn('a INTEGER primary key')?.nullable).toBe(false);
    expect(firstColumn('a int primary key')?.nullable).toBe(true);
    expect(readCreateTable('CREATE TABLE t (a integer, primary key (A))').columns[0]?.nullable).toBe(false);
  });

  test('of a strict table or one without rowid holds no NULL', () => {
    expect(readCreateTable('CREATE TABLE t (a text primary key, b) STRICT').columns[0]?.nullable).toBe(false);
    const both = readCreateTable('CREATE TABLE t (a text, b text, c, primary key (b, a)) WITHOUT ROWID, STRICT');
    expect(both.columns.map(({ nullable }) => nullable)).toEqual([false, false, true]);
    expect(both.options).toEqual({ strict: true, withoutRowid: true });
    expect(both.primaryKey).toEqual({ columns: ['b', 'a'] });
  });

  test('numbers itself, in both notations', () => {
    for (const sql of [
      'a integer primary key autoincrement',
      'a integer, constraint pk primary key (a autoincrement)',
    ]) {
      expect(firstColumn(sql)?.autoincrement).toBe(true);
    }
  });

  test('has a name, in both notations', () => {
    for (const sql of ['a int constraint pk primary key', 'a int, constraint pk primary key (a)']) {
      expect(readCreateTable(`CREATE TABLE t (${sql})`).primaryKey).toEqual({ name: 'pk', columns: ['a'] });
    }
  });
});

describe('constraints of the table', () => {
  test('need no commas between them', () => {
    const table = constraints('unique (a) check (a > 0) constraint k unique (b, "C")');
    expect(table.uniques).toEqual([{ columns: ['a'] }, { name: 'k', columns: ['b', 'c'] }]);
    expect(table.checks).toEqual([{ expression: 'a > 0' }]);
  });

  test('include foreign keys with everything that one can say', () => {
    const sql =
      'constraint fk foreign key (A, b) references p ("x", y) on update set null on delete set default match full';
    expect(constraints(`${sql} deferrable initially deferred`).foreignKeys).toEqual([
      {
        name: 'fk',
        columns: ['a', 'b'],
        references: { table: { name: 'p' }, columns: ['x', 'y'] },
        onDelete: 'set default',
        onUpdate: 'set null',
        match: 'full',
        deferrable: 'initially deferred',
      },
    ]);
  });

  test.each([
    ['', undefined],
    ['deferrable', 'initially immediate'],
    ['deferrable initially immediate', 'initially immediate'],
    ['deferrable initially deferred', 'initially deferred'],
    ['not deferrable', undefined],
    ['not deferrable initially deferred', undefined],
  ])('a foreign key that says "%s" is %s', (clause, deferrable) => {
    expect(constraints(`foreign key (a) references p ${clause}`).foreignKeys[0]?.deferrable).toBe(deferrable);
    const column = readCreateTable(`CREATE TABLE t (a references p not null ${clause})`);
    expect(column.foreignKeys[0]?.deferrable).toBe(deferrable);
  });
});

describe('what the model cannot express is told', () => {
  test.each([
    ['a integer primary key on conflict replace', 'on conflict replace of the primary key'],
    ['a integer primary key desc', 'descending order of column "a" in the primary key'],
    ['a not null on conflict ignore', 'on conflict ignore of not null of column "a"'],
    ['a unique on conflict fail', 'on conflict fail of the unique constraint of column "a"'],
    ['a constraint nn not null', 'name "nn" of not null of column "a"'],
    ['a constraint d default 1', 'name "d" of the default of column "a"'],
    ['a constraint one constraint two unique', 'name "one" of no constraint of column "a"'],
    ['a, unique (a desc)', 'descending order of column "a" in a unique constraint'],
    ['a, unique (a collate nocase)', 'collation nocase of column "a" in a unique constraint'],
    ['a, primary key (a) on conflict rollback', 'on conflict rollback of the primary key'],
    ['a, check (a > 0) on conflict ignore', 'on conflict ignore of a check'],
    ['a, constraint nothing', 'name "nothing" of no constraint'],
    ['a references p match sometimes', 'match sometimes of the foreign key (a)'],
  ])('%s', (definition, phrase) => {
    expect(readCreateTable(`CREATE TABLE t (${definition})`).unmodelled).toEqual([phrase]);
  });

  test.each([
    'a null',
    'a not null on conflict abort',
    'a integer primary key asc',
    'a text collate nocase, unique (a collate nocase asc)',
    'a, unique ((a))',
    'a references p match simple not deferrable initially immediate',
  ])('but not what makes no difference: %s', (definition) => {
    expect(readCreateTable(`CREATE TABLE t (${definition})`).unmodelled).toEqual([]);
  });
});

test.each([
  ['CREATE TABLE t (a', 'expected a column constraint, found the end'],
  ['CREATE TABLE t (a int) WITH OIDS', 'expected strict, found WITH at character 24'],
  ['CREATE TABLE t (a int) STRICT x', 'expected the end, found x at character 31'],
  ['CREATE TABLE t (a int frobnicate (1) 2)', 'expected a column constraint, found 2 at character 38'],
  ["CREATE TABLE t (a default 'x)", "expected a default, found 'x) at character 27"],
  ['CREATE TABLE t (a, unique (a + 1))', 'expected a column, found ) at character 33'],
])('%s is refused', (sql, message) => {
  expect(() => readCreateTable(sql)).toThrow(message);
});
