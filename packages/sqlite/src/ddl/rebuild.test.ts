import { afterEach, describe, expect, it } from 'vitest';
import { type Evolution, evolution, schemaOf, withHints } from '../evolution.fixture.js';

let opened: Evolution[] = [];

afterEach(async () => {
  for (const { connection } of opened) await connection.close();
  opened = [];
});

async function open(script: string): Promise<Evolution> {
  const site = await evolution(script);
  opened.push(site);
  return site;
}

/** Updates the database to the form that the script gives it, and says which statements did it. */
async function evolve(
  site: Evolution,
  desired: string,
  hints: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const generator = await site.towards(withHints(await schemaOf(desired), hints));
  const { steps } = await generator.updateSchema({ assumeRenames: false, allow: ['data-loss'] });
  expect(await generator.getUpdateSchemaSQL({ assumeRenames: false })).toBe('');
  expect(await site.rows('pragma foreign_key_check')).toEqual([]);
  expect(await site.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  return steps.map(({ sql }) => sql);
}

describe('the rows', () => {
  it('are copied column by column, whatever their order and names', async () => {
    const site = await open('create table t (a, b, c); insert into t values (1, 2, 3), (4, 5, 6);');
    await evolve(site, "create table t (c integer, \"it's\" text, b text default 'x')", { "t.it's": 'a' });
    expect(await site.rows('select * from t')).toEqual([
      { "it's": '1', b: '2', c: 3 },
      { "it's": '4', b: '5', c: 6 },
    ]);
  });

  it('get the default of a new column, also one that is computed', async () => {
    const site = await open('create table t (a); insert into t values (1), (2);');
    await evolve(
      site,
      "create table t (a, b not null default 'it''s', c not null default (1 + 1), d default current_date)",
    );
    expect(await site.rows('select a, b, c, d = current_date as today from t')).toEqual([
      { a: 1, b: "it's", c: 2, today: 1 },
      { a: 2, b: "it's", c: 2, today: 1 },
    ]);
  });

  it('compute generated columns anew', async () => {
    const site = await open('create table t (a, g as (a + 1) stored, h as (a + 2)); insert into t (a) values (1);');
    await evolve(site, 'create table t (a integer, g as (a * 10) stored, h as (g + 2))');
    expect(await site.rows('select * from t')).toEqual([{ a: 1, g: 10, h: 12 }]);
  });

  it('keep the values of a generated column that becomes a plain one', async () => {
    const site = await open('create table t (a, g as (a + 1)); insert into t (a) values (1);');
    await evolve(site, 'create table t (a, g)');
    expect(await site.rows('select * from t')).toEqual([{ a: 1, g: 2 }]);
  });

  it('stay rows where no column stays', async () => {
    const site = await open('create table t (a); insert into t values (1), (2);');
    await evolve(site, "create table t (b text default 'x', c as (b), d text default current_date)");
    expect(await site.rows('select b from t')).toEqual([{ b: 'x' }, { b: 'x' }]);
    const keyed = await open('create table t (a primary key) without rowid; insert into t values (1);');
    await evolve(keyed, "create table t (b text not null default 'x' primary key) without rowid");
    expect(await keyed.rows('select * from t')).toEqual([{ b: 'x' }]);
  });
});

describe('rowids', () => {
  it('stay as they are, with gaps', async () => {
    const site = await open('create table t (a); insert into t (rowid, a) values (7, 1), (9, 2);');
    await evolve(site, 'create table t (a text)');
    expect(await site.rows('select rowid, a from t')).toEqual([
      { rowid: 7, a: '1' },
      { rowid: 9, a: '2' },
    ]);
  });

  it('stay as they are where columns have their names', async () => {
    const site = await open('create table t (rowid, _rowid_, a); insert into t (oid, a) values (7, 1);');
    await evolve(site, 'create table t (rowid, _rowid_, a text)');
    expect(await site.rows('select oid as number, a from t')).toEqual([{ number: 7, a: '1' }]);
  });

  it('become the numbers of a new key', async () => {
    const site = await open('create table t (a); insert into t (rowid, a) values (7, 1);');
    await evolve(site, 'create table t (id integer primary key autoincrement, a)');
    await site.run('insert into t (a) values (2)');
    expect(await site.rows('select * from t order by id')).toMatchObject([{ id: 7 }, { id: 8 }]);
  });

  it('come from a column that becomes the key', async () => {
    const site = await open('create table t (a, n integer not null); insert into t values (1, 30), (2, 20);');
    await evolve(site, 'create table t (a, n integer not null primary key)');
    expect(await site.rows('select n from t order by rowid')).toEqual([{ n: 20 }, { n: 30 }]);
  });

  it('are no matter in a table without them', async () => {
    const site = await open('create table t (a text primary key not null, b); insert into t (rowid, a) values (7, 1);');
    await evolve(site, 'create table t (a text primary key not null, b integer) without rowid');
    await evolve(site, 'create table t (a text primary key not null, b integer, c text default (1))');
    expect(await site.rows('select a, c from t')).toEqual([{ a: '1', c: '1' }]);
  });
});

describe('the AUTOINCREMENT high-water mark', () => {
  const numbered = 'create table t (id integer primary key autoincrement, a)';

  it('is kept, with rows and without', async () => {
    for (const deleted of ['id = 3', 'true']) {
      const site = await open(`${numbered}; insert into t (a) values (1), (2), (3); delete from t where ${deleted};`);
      await evolve(site, 'create table t (id integer primary key autoincrement, a text)');
      expect(await site.rows('select * from sqlite_sequence')).toEqual([{ name: 't', seq: 3 }]);
      await site.run("insert into t (a) values ('new')");
      expect(await site.rows("select id from t where a = 'new'")).toEqual([{ id: 4 }]);
    }
  });

  it('follows the table to its new name', async () => {
    const site = await open(`${numbered}; insert into t (a) values (1), (2); delete from t;`);
    await evolve(site, 'create table "it\'s" (id integer primary key autoincrement, a text)', { "it's": 't' });
    expect(await site.rows('select * from sqlite_sequence')).toEqual([{ name: "it's", seq: 2 }]);
  });

  it('starts at the rows that are there when numbering is new, and ends with it', async () => {
    const site = await open('create table t (id integer primary key, a); insert into t values (5, 1);');
    await evolve(site, numbered);
    expect(await site.rows('select * from sqlite_sequence')).toEqual([{ name: 't', seq: 5 }]);
    await evolve(site, 'create table t (id integer primary key, a)');
    expect(await site.rows('select * from sqlite_sequence')).toEqual([]);
  });
});

describe('what stands on the table', () => {
  it('is put back: indexes, triggers and the views that mention it', async () => {
    const dependants = `
      create index "by ""b""" on t (b desc, lower(a) collate nocase) where b > 0;
      create unique index u on t (a);
      create trigger first after insert on t begin insert into log values (new.a); end;
      create trigger second before update of a, b on t when new.b > 1 begin select 1; end;
      create view v as select a, b from t;`;
    const log = 'create table log (x);';
    const site = await open(`create table t (a, b); ${log} ${dependants} insert into t values (1, 2);`);
    const before = await site.catalog();
    await evolve(site, `create table t (a, b integer not null default 5); ${log} ${dependants}`);
    const after = await site.catalog();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after).toMatchObject({ log: before.log, v: before.v });
    await site.run("insert into t (a) values ('x')");
    expect(await site.rows('select x from log')).toEqual([{ x: 1 }, { x: 'x' }]);
  });

  it('changes with the columns that are renamed in the same update', async () => {
    const site = await open(`
      create table t (a, b);
      create table log (x);
      create trigger note after update of a on t begin insert into log values (old.a || new.a); end;
      create view v as select a from t;
      insert into t values (1, 2);`);
    await evolve(site, 'create table s (c text, b integer); create table log (x);', { s: 't', 's.c': 'a' });
    await site.run("update s set c = 'y'");
    expect(await site.rows('select * from log')).toEqual([{ x: '1y' }]);
    expect(await site.rows('select * from v')).toEqual([{ c: 'y' }]);
  });

  it('does not lose the references of other tables, nor their rows', async () => {
    const child = 'create table child (parent integer references t (id) on delete cascade);';
    const site = await open(`
      pragma foreign_keys = on;
      create table t (id integer primary key, up integer references t (id) on delete cascade, a); ${child}
      insert into t values (1, null, 1), (2, 1, 2); insert into child values (1), (2);`);
    await evolve(
      site,
      `create table t (id integer primary key, up integer references t (id) on delete cascade, a text not null); ${child}`,
    );
    expect(await site.rows('select * from child')).toHaveLength(2);
    expect(await site.rows('select * from t')).toHaveLength(2);
    await site.run('delete from t where id = 1');
    expect(await site.rows('select * from child')).toEqual([]);
  });
});

describe('the spare name', () => {
  it('is none that a table, a view or an index has', async () => {
    const others = `
      create table dovetail_new_t (x);
      create table other (x);
      create index Dovetail_New_2_T on other (x);
      create view dovetail_new_3_t as select 1;`;
    const site = await open(`create table t (a); insert into t values (1); ${others}`);
    const statements = await evolve(site, `create table t (a text); ${others}`);
    expect(statements[0]).toContain('create table "dovetail_new_4_t"');
    expect(await site.rows('select * from t')).toEqual([{ a: '1' }]);
  });
});

describe('legacy_alter_table', () => {
  it('is switched on for the renaming alone, and only where views or triggers could be in the way', async () => {
    const plain = await open('create table t (a);');
    expect(await evolve(plain, 'create table t (a text)')).toEqual([
      'create table "dovetail_new_t" (\n  "a" text\n)',
      'insert into "dovetail_new_t" (rowid, "a")\nselect rowid, "a" from "t"',
      'drop table "t"',
      'alter table "dovetail_new_t" rename to "t"',
    ]);
    const viewed = await open('create table t (a); create view v as select 1;');
    expect((await evolve(viewed, 'create table t (a text)')).slice(3)).toEqual([
      'pragma legacy_alter_table = on',
      'alter table "dovetail_new_t" rename to "t"',
      'pragma legacy_alter_table = off',
    ]);
  });
});

describe('several tables', () => {
  it('that reference each other are rebuilt in one update', async () => {
    const ring = (type: string): string => `
      create table a (id integer primary key, b integer references b (id) on delete cascade, x ${type});
      create table b (id integer primary key, a integer references a (id) on delete cascade, x ${type});`;
    const site = await open(`pragma foreign_keys = on; ${ring('text')}
      insert into a values (1, null, '1'); insert into b values (1, 1, '2'); update a set b = 1;`);
    await evolve(site, ring('integer'));
    expect(await site.rows('select a.x as ax, b.x as bx from a join b on a.b = b.id')).toEqual([{ ax: 1, bx: 2 }]);
  });
});
