import type { Connection, Schema, Table } from '@dovetail/core/driver';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from './connection.js';
import { createIndexSql } from './ddl/create-index.js';
import { createTableSql } from './ddl/create-table.js';
import { createTriggerSql } from './ddl/create-trigger.js';
import { createViewSql } from './ddl/create-view.js';
import { introspect, introspectAgainst, schemaFromCatalog } from './introspect.js';

let connection: Connection;

beforeEach(async () => {
  connection = await connect({ dbName: ':memory:' });
});

afterEach(() => connection.close());

async function schemaOf(...statements: readonly string[]): Promise<Schema> {
  for (const statement of statements) await connection.execute(statement);
  return introspect(connection, { namespaces: [] });
}

async function tableOf(...statements: readonly string[]): Promise<Table | undefined> {
  return (await schemaOf(...statements)).tables.at(-1);
}

test('an empty database has an empty schema', async () => {
  expect(await schemaOf()).toEqual({ namespaces: [], enums: [], tables: [], views: [] });
});

test('tables come by name, with all that belongs to them', async () => {
  const schema = await schemaOf(
    'create table Writer (id integer primary key, name text not null)',
    'create table book (id integer primary key autoincrement, writer references WRITER, title text collate nocase)',
    'create index zz on book (TITLE desc)',
    'create unique index aa on book (lower(title)) where writer > 0',
    'create trigger tidy after update of TITLE on book begin update book set title = trim(title); end',
    'create view titles as select title from book',
  );
  expect(schema.tables.map(({ name }) => name)).toEqual(['Writer', 'book']);
  expect(schema.tables[1]).toEqual({
    name: 'book',
    columns: [
      { name: 'id', type: 'integer', nullable: false, autoincrement: true },
      { name: 'writer', type: '', nullable: true },
      { name: 'title', type: 'text', nullable: true, collation: 'nocase' },
    ],
    primaryKey: { columns: ['id'] },
    uniques: [],
    indexes: [
      { name: 'aa', unique: true, parts: [{ expression: 'lower(title)' }], where: 'writer > 0' },
      { name: 'zz', unique: false, parts: [{ column: 'title', sort: 'desc' }] },
    ],
    foreignKeys: [
      {
        columns: ['writer'],
        references: { table: { name: 'Writer' }, columns: ['id'] },
        onDelete: 'no action',
        onUpdate: 'no action',
      },
    ],
    checks: [],
    exclusions: [],
    triggers: [
      {
        name: 'tidy',
        timing: 'after',
        events: [{ kind: 'update', columns: ['title'] }],
        forEach: 'row',
        body: 'update book set title = trim(title);',
      },
    ],
    options: { strict: false, withoutRowid: false },
    unmodelled: [],
  });
  expect(schema.views).toEqual([{ name: 'titles', definition: 'select title from book', triggers: [] }]);
});

test('what is SQLite’s own, virtual, temporary or attached is left out', async () => {
  const schema = await schemaOf(
    'create table t (id integer primary key autoincrement)',
    'insert into t default values',
    'analyze',
    'create virtual table search using fts5 (body)',
    'create temp table scratch (a)',
    'create temp trigger watch after insert on t begin select 1; end',
    "attach ':memory:' as other",
    'create table other.t (b)',
    'create table sqliteish (a)',
  );
  expect(schema.tables.map(({ name }) => name)).toEqual(['sqliteish', 't']);
  expect(schema.tables.at(-1)).toMatchObject({ columns: [{ name: 'id' }], triggers: [] });
});

test('reads inside of a transaction as well', async () => {
  await connection.execute('begin immediate');
  expect((await schemaOf('create table t (a)')).tables).toHaveLength(1);
  await connection.execute('rollback');
  expect((await schemaOf()).tables).toEqual([]);
});

test('asks as many queries for a hundred tables as for one', async () => {
  const count = async (): Promise<number> => {
    let queries = 0;
    const counting: Connection = {
      ...connection,
      query: (sql, ...rest) => ((queries += 1), connection.query(sql, ...rest)),
    };
    await introspect(counting, { namespaces: [] });
    return queries;
  };
  await schemaOf('create table t (a)');
  const forOne = await count();
  await schemaOf(...Array.from({ length: 99 }, (_, number) => `create table t${number} (a primary key references t)`));
  expect(await count()).toBe(forOne);
});

describe('foreign keys', () => {
  const target = async (references: string): Promise<unknown> =>
    (await tableOf('create table Parent (Id, Kind, primary key (Id, Kind))', `create table u (x, y, ${references})`))
      ?.foreignKeys[0]?.references;

  test('name the referenced table and columns as these are spelled', async () => {
    expect(await target('foreign key (x, y) references parent (KIND, id)')).toEqual({
      table: { name: 'Parent' },
      columns: ['Kind', 'Id'],
    });
  });

  test('without columns reference the primary key', async () => {
    expect(await target('foreign key (x, y) references parent')).toEqual({
      table: { name: 'Parent' },
      columns: ['Id', 'Kind'],
    });
  });

  test('stay as they are written where what they reference is missing or does not fit', async () => {
    expect(await target('foreign key (x) references parent')).toEqual({ table: { name: 'Parent' }, columns: [] });
    expect(
      (await tableOf('create table v (x references Nowhere, y references nowhere (Z))'))?.foreignKeys.map(
        ({ references }) => references,
      ),
    ).toEqual([
      { table: { name: 'Nowhere' }, columns: [] },
      { table: { name: 'nowhere' }, columns: ['Z'] },
    ]);
  });

  test('may reference their own table', async () => {
    const table = await tableOf('create table node (id integer primary key, parent references NODE on delete cascade)');
    expect(table?.foreignKeys[0]).toMatchObject({
      references: { table: { name: 'node' }, columns: ['id'] },
      onDelete: 'cascade',
    });
  });
});

test('a view keeps its triggers', async () => {
  const schema = await schemaOf(
    'create view v (a) as select 1',
    'create trigger g instead of insert on v begin select new.a; end',
  );
  expect(schema.views).toEqual([
    {
      name: 'v',
      columns: ['a'],
      definition: 'select 1',
      triggers: [
        { name: 'g', timing: 'instead of', events: [{ kind: 'insert' }], forEach: 'row', body: 'select new.a;' },
      ],
    },
  ]);
});

test('objects with hostile names come back from the DDL that is rendered of them', async () => {
  const names = [
    'select',
    '__proto__',
    'constructor',
    'a"b',
    "it's",
    'x`y',
    '[z',
    'ä 表 🦊',
    ' ',
    'a.b',
    '--',
    '/*',
    'a;b',
    '1',
  ];
  const statements = names.flatMap((name, number) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const index = `"i ${number} ${name.replaceAll('"', '""')}"`;
    return [
      `create table ${quoted} (id integer primary key, ${quoted} text default '${name.replaceAll("'", "''")}' check (${quoted} <> ''),
         g as (${quoted} || 'x'), constraint ${quoted} unique (${quoted}, id), foreign key (${quoted}) references ${quoted} (${quoted}))`,
      `create index ${index} on ${quoted} (${quoted} desc, lower(${quoted})) where ${quoted} > 1`,
      `create trigger ${index} after update of ${quoted} on ${quoted} when new.${quoted} = 1 begin delete from ${quoted}; end`,
      `create view "v ${number}" (${quoted}) as select ${quoted} from ${quoted}`,
    ];
  });
  const schema = await schemaOf(...statements);
  expect(schema.tables.map(({ name }) => name).sort()).toEqual([...names].sort());
  expect(schema.tables.flatMap(({ unmodelled }) => unmodelled)).toEqual([]);
  await connection.close();
  connection = await connect({ dbName: ':memory:' });
  const rendered = schema.tables.flatMap((table) => [
    createTableSql(table),
    ...table.indexes.map((index) => createIndexSql(table, index)),
    ...table.triggers.map((trigger) => createTriggerSql(table, trigger)),
  ]);
  expect(await schemaOf(...rendered, ...schema.views.map(createViewSql))).toEqual(schema);
});

describe('what SQLite says of a table agrees with its text', () => {
  test.each([
    'create table t (a "my type" primary key, b [int] default word, c default -1, d default (1 + /* two */ 2))',
    'create table t (a INTEGER, b /* c */ varchar /* d */ ( 5 , 6 ) default + .5, constraint k primary key (a))',
    'create table t (a text not null null default "x", b collate nocase unique primary key, unique (a), unique (a, b))',
    'create table t (id integer primary key unique, a generated always as (id) stored not null, b as (a) unique)',
    'create table t (a text, b text, primary key (b, a), unique (a, b)) without rowid, strict',
    'create table t (a references t, b references u (x) on update cascade, c, foreign key (c, b) references t (a, b))',
    'create table t as select 1 as a, \'x\' as "b c", 1.5 as d, null as e',
  ])('%s', async (statement) => {
    expect((await tableOf(statement))?.unmodelled).toEqual([]);
  });

  test('after SQLite itself has rewritten the text', async () => {
    const table = await tableOf(
      'create table t (a int, b text not null check (b <> a), c) -- the end',
      'create index i on t (b) where a > 1',
      'alter table t rename to "new name"',
      'alter table "new name" rename column b to "new b"',
      'alter table "new name" add column d text default \'x\' references "new name" (a)',
      'alter table "new name" drop column c',
      'alter table "new name" alter column a set not null',
      'alter table "new name" add constraint k check (a > 0)',
    );
    expect(table).toMatchObject({
      name: 'new name',
      columns: [
        { name: 'a', nullable: false },
        { name: 'new b', nullable: false },
        { name: 'd', default: "'x'" },
      ],
      checks: [{ expression: '"new b" <> a' }, { name: 'k', expression: 'a > 0' }],
      indexes: [{ parts: [{ column: 'new b' }] }],
      unmodelled: [],
    });
  });
});

describe('read against the schema that is desired', () => {
  const author = 'create table "author" (\n  "id" integer primary key not null,\n  "name" text not null\n)';
  const book =
    'create table "book" (\n  "id" integer primary key not null,\n  "author" integer,\n' +
    '  foreign key ("author") references "author" ("id")\n)';
  const index = 'create index "book_author" on "book" ("author")';
  const trigger = 'create trigger "tidy" after insert on "book" for each row begin\n  select 1;\nend';

  test('a table is the desired one where the catalog holds what would be written for it', async () => {
    const desired = await schemaOf(author, book, index, trigger);
    const { tables } = await introspectAgainst(connection, desired);
    expect(tables.map((table, position) => table === desired.tables[position])).toEqual([true, true]);
  });

  test.each([
    ['a column more', 'alter table "book" add column "title" text'],
    ['an index more', 'create index "book_id" on "book" ("id")'],
    ['an index less', 'drop index "book_author"'],
    ['a trigger of another text', 'drop trigger "tidy"', trigger.replace('1', '2')],
    ['an index of another text', 'drop index "book_author"', `${index} where "author" > 1`],
    ['a column renamed elsewhere', 'alter table "author" rename column "id" to "key"'],
  ])('a table with %s is read', async (_, ...statements) => {
    const desired = await schemaOf(author, book, index, trigger);
    for (const statement of statements) await connection.execute(statement);
    const { tables } = await introspectAgainst(connection, desired);
    expect(tables[1]).not.toBe(desired.tables[1]);
    expect(tables).toEqual((await introspect(connection, { namespaces: [] })).tables);
  });

  test('a table that is not desired is read, and one that is missing is not there', async () => {
    const desired = await schemaOf(author, book);
    await connection.execute('drop table "book"');
    await connection.execute('create table "shelf" ("id" integer primary key)');
    const { tables } = await introspectAgainst(connection, desired);
    expect(tables.map(({ name }) => name)).toEqual(['author', 'shelf']);
  });
});

describe('a catalog that holds more than we can read', () => {
  const catalog = (sql: string): Parameters<typeof schemaFromCatalog>[0] => ({
    objects: new Map([['t', [{ type: 'table', name: 't', table: 't', sql }]]]),
    tables: [
      {
        name: 't',
        strict: false,
        withoutRowid: false,
        columns: [{ name: 'a', type: 'INT', notNull: true, default: undefined, keyPosition: 1, generated: undefined }],
        foreignKeyColumns: [],
        indexes: [],
      },
    ],
  });

  test('gives what the pragmas tell, and says what is missing', () => {
    const [table] = schemaFromCatalog(catalog('CREATE TABLE t (a int primary key frobnicated)')).tables;
    expect(table).toMatchObject({
      name: 't',
      columns: [{ name: 'a', type: 'INT', nullable: false }],
      primaryKey: { columns: ['a'] },
      unmodelled: [
        'its definition, which could not be read: expected a column constraint, found frobnicated at character 35',
      ],
    });
  });

  test('says where text and pragmas contradict each other', () => {
    const [table] = schemaFromCatalog(
      catalog('CREATE TABLE t (a text not null, unique (a), foreign key (a) references t)'),
    ).tables;
    expect(table?.unmodelled).toEqual([
      `column "a", of which SQLite's pragmas say something else than its text`,
      `its primary key, of which SQLite's pragmas say something else than its text`,
      `its foreign keys, of which SQLite's pragmas say something else than its text`,
      `its unique constraints, of which SQLite's pragmas say something else than its text`,
    ]);
  });
});
