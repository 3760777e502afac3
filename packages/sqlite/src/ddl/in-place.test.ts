import { afterEach, describe, expect, it } from 'vitest';
import { type Evolution, evolution, schemaOf, withHints } from '../evolution.fixture.js';

let site: Evolution;

afterEach(() => site.connection.close());

/** The statements of an update that is carried out and leaves nothing to do. */
async function statements(
  before: string,
  after: string,
  hints: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  site = await evolution(before);
  const generator = await site.towards(withHints(await schemaOf(after), hints));
  const { steps } = await generator.updateSchema({ assumeRenames: false, allow: ['data-loss'] });
  expect(await generator.getUpdateSchemaSQL({ assumeRenames: false })).toBe('');
  return steps.map(({ sql }) => sql);
}

const other = 'create table other (id integer primary key);';

describe('SQLite alters the table where it stands', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['adds a column', 'a', 'a, "it\'s" text', ['alter table "t" add column "it\'s" text']],
    [
      'adds a required column with a constant default',
      'a',
      "a, b text not null default 'x'",
      ['alter table "t" add column "b" text not null default \'x\''],
    ],
    [
      'adds a column with a default in parentheses',
      'a',
      'a, b default (-1)',
      ['alter table "t" add column "b" default (-1)'],
    ],
    [
      'adds a virtual column',
      'a',
      'a, g as (a + 1)',
      ['alter table "t" add column "g" generated always as (a + 1) virtual'],
    ],
    [
      'adds a column with a foreign key',
      'a',
      'a, o integer references other (id) on delete cascade',
      ['alter table "t" add column "o" integer references "other" ("id") on delete cascade'],
    ],
    ['drops a column', 'a, b', 'a', ['alter table "t" drop column "b"']],
    [
      'drops a generated column before the one it computes from',
      'a, b, g as (b)',
      'a',
      ['alter table "t" drop column "g"', 'alter table "t" drop column "b"'],
    ],
    ['makes a column required', 'a, b', 'a, b not null', ['alter table "t" alter column "b" set not null']],
    ['makes a column nullable', 'a, b not null', 'a, b', ['alter table "t" alter column "b" drop not null']],
    ['drops a check with a name', 'a, b constraint c check (b > 1)', 'a, b', ['alter table "t" drop constraint "c"']],
    [
      'drops a column with the check that mentions it',
      'a, b, constraint c check (b > 1)',
      'a',
      ['alter table "t" drop constraint "c"', 'alter table "t" drop column "b"'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await statements(`create table t (${before}); ${other}`, `create table t (${after}); ${other}`)).toEqual(
      expected,
    );
  });

  it('renames tables and columns, indexes not', async () => {
    expect(
      await statements(
        'create table t (a); create index i on t (a);',
        'create table "se""lect" ("b c"); create index j on "se""lect" ("b c");',
        { 'se"lect': 't', 'se"lect.b c': 'a' },
      ),
    ).toEqual([
      'alter table "t" rename to "se""lect"',
      'alter table "se""lect" rename column "a" to "b c"',
      'drop index "i"',
      'create index "j" on "se""lect" ("b c")',
    ]);
  });

  it('swaps the names of tables by way of a spare one', async () => {
    expect(
      await statements(
        'create table a (x integer, y text); create table b (z blob); insert into a values (1, 2);',
        'create table b (x integer, y text); create table a (z blob);',
        { b: 'a', a: 'b' },
      ),
    ).toHaveLength(3);
    expect(await site.rows('select * from b')).toEqual([{ x: 1, y: '2' }]);
  });

  it('changes indexes and triggers by themselves', async () => {
    const table = 'create table t (a, b);';
    expect(
      await statements(
        `${table} create index i on t (a); create trigger x after insert on t begin select 1; end;`,
        `${table} create index i on t (a desc) where b > 0; create trigger x after insert on t begin select 2; end;`,
      ),
    ).toEqual([
      'drop index "i"',
      'drop trigger "x"',
      'create index "i" on "t" ("a" desc) where b > 0',
      'create trigger "x" after insert on "t" for each row begin\n  select 2;\nend',
    ]);
  });
});

describe('SQLite rebuilds the table, once for all changes', () => {
  it.each([
    ['a column with a default that is computed', 'a', 'a, b default current_timestamp'],
    ['a required column without a default', 'a', 'a, b not null'],
    ['a required column whose default is null', 'a', 'a, b not null default null'],
    ['a foreign key with a default', 'a', 'a, o integer default 1 references other (id)'],
    ['a foreign key over columns that exist', 'a integer', 'a integer references other (id)'],
    ['a stored column', 'a', 'a, g as (a) stored'],
    ['a virtual column that computes from another new one', 'a', 'a, g as (a), h as (g)'],
    ['two virtual columns less, one of which computes from the other', 'a, g as (a), h as (g)', 'a'],
    ['a column that the remaining check mentions in its new form', 'a, b, check (a > 1)', 'a, check (a > 2)'],
    ['a check', 'a', 'a, constraint c check (a > 1)'],
    ['another check under one name', 'a, constraint c check (a > 1)', 'a, constraint c check (a > 2)'],
    ['a check without a name less', 'a, check (a > 1)', 'a'],
    [
      'a check less, whose name another constraint has',
      'a constraint c unique, b constraint c check (b > 1)',
      'a constraint c unique, b',
    ],
    ['a type', 'a', 'a text'],
    ['a default', 'a', 'a default 1'],
    ['a collation', 'a', 'a collate nocase'],
    ['a unique constraint', 'a unique', 'a'],
    ['a column of a foreign key less', 'a, o integer references other (id)', 'a'],
    ['a column of the key', 'a, b primary key', 'a'],
    ['nullability of the key', 'a text primary key', 'a text not null primary key'],
    ['another expression', 'a, g as (a)', 'a, g as (a + 1)'],
    ['several of these', 'a, b, c', 'a text, b not null, d default (1 + 1)'],
  ])('%s', async (_, before, after) => {
    const sql = await statements(`create table t (${before}); ${other}`, `create table t (${after}); ${other}`);
    expect(sql.filter((statement) => statement.startsWith('drop table'))).toEqual(['drop table "t"']);
  });

  it('storage options', async () => {
    const table = (options: string): string => `create table t (a text primary key not null) ${options};`;
    expect((await statements(table(''), table('strict, without rowid')))[0]).toContain('strict, without rowid');
  });
});

describe('the order of steps', () => {
  it('has triggers that mention other tables after these tables are done', async () => {
    await statements(
      'create table b (x, y);',
      `create table a (x);
       create trigger t after insert on a begin insert into c values (new.x); end;
       create table b (x);
       create table c (x);`,
    );
  });

  it('has changed views and triggers out of the way of what they no longer mention', async () => {
    await statements(
      `create table a (x, y); create table b (x);
       create view v as select x, y from a;
       create trigger t after insert on b begin update a set y = 1; end;`,
      `create table a (x); create table b (x);
       create view v as select x from a;
       create trigger t after insert on b begin update a set x = 1; end;`,
    );
  });

  it('keeps the triggers of a view that changes', async () => {
    const trigger = 'create trigger t instead of insert on v begin insert into a (x) values (new.x); end;';
    await statements(
      `create table a (x, y); create view v as select x, y from a; ${trigger}`,
      'create table a (x); create view v as select x from a;',
    );
    await site.run('insert into v values (1);');
    expect(await site.rows('select * from a')).toEqual([{ x: 1 }]);
  });

  it('has a unique index and a column less in one update with a rebuild', async () => {
    await statements(
      'create table t (a, b, c); create unique index u on t (a);',
      'create table t (b text, d integer references t (b)); create unique index u on t (b);',
    );
  });

  it('has names of indexes free before others take them', async () => {
    await statements(
      'create table a (x); create index i on a (x); create table b (x); create index j on b (x); create table k (x);',
      'create table a (x); create index j on a (x); create table b (x); create index k on b (x);',
    );
  });
});
