import { DovetailError } from '@dovetail/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type Evolution, evolution, schemaOf, withHints } from '../evolution.fixture.js';

let site: Evolution;

afterEach(() => site.connection.close());

/** What is refused of an update, as `place: how many rows and why`; nothing when it succeeds. */
async function refusals(
  before: string,
  after: string,
  hints: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  site = await evolution(`pragma foreign_keys = off; ${before}`);
  const generator = await site.towards(withHints(await schemaOf(after), hints));
  try {
    await generator.updateSchema({ assumeRenames: false });
  } catch (error) {
    if (!(error instanceof DovetailError) || error.code !== 'precheck-failed') throw error;
    return error.problems.map(({ where, what }) => `${where}: ${what}`);
  }
  expect(await generator.getUpdateSchemaSQL({ assumeRenames: false })).toBe('');
  return [];
}

describe('values that would be lost', () => {
  it('are those of a dropped column, by its name before the table and others were renamed', async () => {
    expect(
      await refusals(
        'create table old (id integer primary key, a, b); insert into old values (1, 1, 1), (2, 2, null);',
        'create table new (id integer primary key, c);',
        { new: 'old', 'new.c': 'a' },
      ),
    ).toEqual(['new.b: 1 row holds a value that would be lost with the column']);
  });

  it('are those of a column that becomes generated', async () => {
    expect(
      await refusals(
        'create table t (a, "b""x"); insert into t values (1, 5), (2, null);',
        'create table t (a, c as (a + 1));',
        { 't.c': 'b"x' },
      ),
    ).toEqual(['t.c: 1 row holds a value that would be lost, for the column becomes a generated one']);
  });

  it('are none where a column was generated', async () => {
    expect(
      await refusals('create table t (a, g as (a)); insert into t (a) values (1);', 'create table t (a);'),
    ).toEqual([]);
  });

  it.each([
    ['text', 'integer', "'7', '-7', '1.50', 'seven', '', null, x'37'", 0],
    ['text', 'integer', "'007', '+7', ' 7', '1e3', '0x10'", 4],
    ['text', 'numeric(10,2)', "'12345678901234567890'", 1],
    ['integer', 'real', '9007199254740992, 1, null', 0],
    ['integer', 'real', '9007199254740993', 1],
    ['text', 'real', "'9007199254740993', '1.5'", 1],
    ['integer', 'text', '1, 9007199254740993', 0],
    ['real', 'integer', '1.5, 0.1, 1e300', 0],
    ['real', 'text', '0.1, 1e300', 0],
    ['text', 'varchar(10)', "'007'", 0],
    ['text', 'blob', "'007'", 0],
  ])('are those that are not the same: %s to %s, of %s', async (from, to, values, count) => {
    const rows = values.split(', ').map((value) => `(${value})`);
    const found = await refusals(
      `create table t (a ${from}); insert into t values ${rows.join(', ')};`,
      `create table t (a ${to});`,
    );
    expect(found).toEqual(
      count === 0
        ? []
        : [`t.a: ${count} ${count === 1 ? 'row holds' : 'rows hold'} a value that would not be the same as ${to}`],
    );
  });
});

describe('required columns', () => {
  it('need a value in every row that exists', async () => {
    const before = 'create table t (a); insert into t values (1), (null);';
    expect(await refusals(before, 'create table t (a not null, b not null);')).toEqual([
      't.b: 2 rows exist that would have no value in the new column, which may not be null',
      't.a: 1 row holds null, which the column would no longer allow',
    ]);
    expect(await refusals('create table t (a);', 'create table t (a not null, b not null default null);')).toEqual([]);
    expect(await refusals(before, 'create table t (a, b not null default null);')).toHaveLength(1);
  });

  it('have it where they compute or number themselves', async () => {
    const before = 'create table t (a); insert into t values (1), (2);';
    expect(
      await refusals(before, 'create table t (a, g as (a) not null, id integer primary key autoincrement);'),
    ).toEqual([]);
  });

  it('are looked for by the computed value where they are generated', async () => {
    const before = 'create table t (a, g as (a)); insert into t (a) values (1), (null);';
    expect(await refusals(before, 'create table t (a, g as (a + 1) not null);')).toEqual([
      't.g: 1 row holds null, which the column would no longer allow',
    ]);
    expect(await refusals(before, 'create table t (a, g as (coalesce(a, 0)) not null);')).toEqual([]);
  });
});

describe('unique rows', () => {
  const table = 'create table t ("count" text, "rows" integer, "child" text);';
  const rows = "insert into t values ('a', 1, null), ('a', 1, null), ('A', 1, 'x'), ('b', 2, 'x');";

  it.each([
    ['a column', '("count")', 't.u: 2 rows share a value that would have to be unique'],
    ['several columns', '("count", "rows")', 't.u: 2 rows share values that would have to be unique'],
    ['an expression', '(lower("count"))', 't.u: 3 rows share a value that would have to be unique'],
    ['a collation', '("count" collate nocase)', 't.u: 3 rows share a value that would have to be unique'],
    ['a predicate', `("rows") where "count" = 'a'`, 't.u: 2 rows share a value that would have to be unique'],
    ['nulls, which are no duplicates', '("child") where "rows" < 2', ''],
  ])('are counted by %s', async (_, index, expected) => {
    const found = await refusals(table + rows, `${table} create unique index u on t ${index};`);
    expect(found).toEqual(expected === '' ? [] : [expected]);
  });

  it('are counted by what the rows are going to hold', async () => {
    const before = "create table t (a text, b text); insert into t values ('1', 'x'), ('1.0', 'X');";
    expect(await refusals(before, 'create table t (a integer, b text); create unique index u on t (a);')).toEqual([
      't.u: 2 rows share a value that would have to be unique',
    ]);
    expect(
      await refusals(before, 'create table t (a text, b text collate nocase); create unique index u on t (b);'),
    ).toEqual(['t.u: 2 rows share a value that would have to be unique']);
    expect(
      await refusals(before, "create table t (a, b, c not null default 'x'); create unique index u on t (c);"),
    ).toEqual(['t.u: 2 rows share a value that would have to be unique']);
    expect(
      await refusals(before, 'create table s (c, b, g as (c), h as (g)); create unique index u on s (h);', {
        s: 't',
        's.c': 'a',
      }),
    ).toEqual([]);
  });

  it('are asked for by unique constraints and primary keys', async () => {
    const before = 'create table t (a, b); insert into t values (1, 1), (1, 2), (null, 2);';
    expect(await refusals(before, 'create table t (a, b, primary key (a));')).toEqual([
      't primary key: 2 rows share a value that would have to be unique',
      't primary key: 1 row holds null in a column of the new primary key',
    ]);
    expect(await refusals(before, 'create table t (a, b, unique (a, b), unique (b));')).toEqual([
      't.unique (b): 2 rows share a value that would have to be unique',
    ]);
  });
});

describe('references', () => {
  const parent = 'create table parent (id integer primary key, a, b, unique (a, b));';
  const family = `${parent} insert into parent values (1, 1, 1), (2, 2, 2);`;

  it('are counted where the row that they mean does not exist', async () => {
    const child = (reference: string): string =>
      `create table child (id integer primary key, "parent" integer ${reference});`;
    expect(
      await refusals(
        `${family} ${child('')} insert into child values (1, 1), (2, 3), (3, 4), (4, null);`,
        `${parent} ${child('references parent (id)')}`,
      ),
    ).toEqual(['child.foreign key (parent): 2 rows reference rows of "parent" that do not exist']);
  });

  it('of several columns reference nothing where one of them is null', async () => {
    const child = (key: string): string => `create table child (x, y ${key});`;
    expect(
      await refusals(
        `${family} ${child('')} insert into child values (1, 1), (1, null), (null, 9), (1, 2);`,
        `${parent} ${child(', foreign key (x, y) references parent (a, b)')}`,
      ),
    ).toEqual(['child.foreign key (x, y): 1 row references rows of "parent" that do not exist']);
  });

  it('are followed within one table, and to tables and columns that are renamed', async () => {
    const tree = (reference: string): string => `create table tree (id integer primary key, up integer ${reference});`;
    expect(
      await refusals(`${tree('')} insert into tree values (1, null), (2, 1), (3, 7);`, tree('references tree (id)')),
    ).toEqual(['tree.foreign key (up): 1 row references rows of "tree" that do not exist']);
    expect(
      await refusals(
        'create table old (id integer primary key); insert into old values (1); create table child (a integer); insert into child values (1), (2);',
        'create table "new" ("key" integer primary key); create table child (b integer references "new" ("key"));',
        { new: 'old', 'new.key': 'id', 'child.b': 'a' },
      ),
    ).toEqual(['child.foreign key (b): 1 row references rows of "new" that do not exist']);
  });

  it('to a table that is new have no row to reference', async () => {
    expect(
      await refusals(
        'create table child (a integer); insert into child values (1), (null);',
        `${parent} create table child (a integer references parent);`,
      ),
    ).toEqual(['child.foreign key (a): 1 row references rows of "parent" that do not exist']);
  });

  it('of a new column start with its default', async () => {
    const child = (key: string): string => `create table child (a ${key});`;
    const before = `${family} ${child('')} insert into child values (1);`;
    expect(await refusals(before, `${parent} ${child(', p integer references parent (id)')}`)).toEqual([]);
    expect(await refusals(before, `${parent} ${child(', p integer default 2 references parent (id)')}`)).toEqual([]);
    expect(await refusals(before, `${parent} ${child(', p integer default 3 references parent (id)')}`)).toEqual([
      'child.foreign key (p): 1 row references rows of "parent" that do not exist',
    ]);
  });
});

describe('checks', () => {
  it('are tried on what the rows are going to hold', async () => {
    const before = "create table t (a text, b integer); insert into t values ('10', 1), ('2', null);";
    expect(await refusals(before, 'create table t (a text, b integer, check (b > 1));')).toEqual([
      't.check (b > 1): 1 row does not meet the condition b > 1',
    ]);
    expect(await refusals(before, 'create table t (a integer, b integer, check (a > 3));')).toEqual([
      't.check (a > 3): 1 row does not meet the condition a > 3',
    ]);
    expect(
      await refusals(before, "create table t (a text, b integer, c integer default '5', check (c < 10));"),
    ).toEqual([]);
    expect(await refusals(before, "create table t (a text, b integer, c text default 5, check (c = '5'));")).toEqual(
      [],
    );
    expect(
      await refusals(
        before,
        'create table t (a text, b integer, g as (coalesce(b, 9)), constraint "it\'s" check (g < 5));',
      ),
    ).toEqual(["t.it's: 1 row does not meet the condition g < 5"]);
    expect(
      await refusals(before, 'create table s (a text, c integer, check (c < 5));', { s: 't', 's.c': 'b' }),
    ).toEqual([]);
  });
});

describe('a column that takes few values', () => {
  it.each([
    ['integer', "1, '2', '3.0', null", 0],
    ['integer', "1.5, 'x', x'00'", 3],
    ['real', "1, 1.5, '2'", 0],
    ['real', "'x', x'00'", 2],
    ['text', "'x', 1", 0],
    ['text', "x'00'", 1],
    ['blob', "x'00', null", 0],
    ['blob', "'x', 1", 2],
    ['any', "'x', 1, x'00'", 0],
  ])('is one of a STRICT table: %s of %s', async (type, values, count) => {
    const rows = values.split(', ').map((value) => `(${value})`);
    const found = await refusals(
      `create table t (a blob); insert into t values ${rows.join(', ')};`,
      `create table t (a ${type}) strict;`,
    );
    expect(found).toEqual(
      count === 0
        ? []
        : [
            `t.a: ${count} ${count === 1 ? 'row holds' : 'rows hold'} a value that is no ${type}, which the column would refuse`,
          ],
    );
  });

  it('is one of a STRICT table when its type changes there, or the table becomes strict', async () => {
    const strict = "create table t (a text) strict; insert into t values (7), ('x');";
    expect(await refusals(strict, 'create table t (a integer) strict;')).toEqual([
      't.a: 1 row holds a value that is no integer, which the column would refuse',
    ]);
    expect(
      await refusals("create table t (a int); insert into t values ('x');", 'create table t (a int) strict;'),
    ).toEqual(['t.a: 1 row holds a value that is no int, which the column would refuse']);
  });

  it('is the key that stands for the rowid', async () => {
    const before = "create table t (a text not null primary key); insert into t values ('1'), ('x');";
    expect(await refusals(before, 'create table t (a integer not null primary key);')).toEqual([
      't.a: 1 row holds a value that is no integer, which the column would refuse',
    ]);
    expect(
      await refusals(
        "create table t (a integer not null); insert into t values ('x');",
        'create table t (a integer not null primary key);',
      ),
    ).toEqual(['t.a: 1 row holds a value that is no integer, which the column would refuse']);
  });
});
