import { Entity, type EntityClass, Enum, Index, ManyToOne, PrimaryKey, Property, t, Trigger } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, type Members, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { sqlite } from '../databases/sqlite.js';
import { becomeByRebuilding, definitionOf, expectSound, givenScript } from './site.js';

const author = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, ...members }, ...decorators);

describe('a renamed column of a table that is rebuilt in the same update', () => {
  test('is followed by indexes, triggers, views, checks and generated columns that a person made', async () => {
    const site = await givenScript(`
      create table author (
        id integer not null primary key autoincrement,
        name text not null check (name <> 'x'),
        code text not null,
        upper_name text as (upper(name))
      );
      create table log (id integer not null primary key autoincrement, what text not null);
      create index name_index on author (name) where name > 'a';
      create trigger on_name after update of name on author when new.name <> old.name begin
        insert into log (what) values (old.name || ' to ' || new.name);
      end;
      create view names as select a.name as shown from author as a where a.name like '%';
      insert into author (name, code) values ('Ann', '7');
    `);

    await becomeByRebuilding(1, site, [
      entity('Log', { id, what: text() }),
      author(
        {
          fullName: text({ previousName: 'name', check: "full_name <> 'x'" }),
          code: integer(),
          upperName: text({ nullable: true, generated: '(upper(full_name)) virtual' }),
        },
        Index({ name: 'name_index', properties: 'fullName', where: "full_name > 'a'" }),
      ),
    ]);

    await site.execute("update author set full_name = 'Ben'");
    expect(await site.rows('author')).toEqual([{ id: 1, full_name: 'Ben', code: 7, upper_name: 'BEN' }]);
    expect(await site.values('log', 'what')).toEqual(['Ann to Ben']);
    expect(await site.rows('names')).toEqual([{ shown: 'Ben' }]);
  });

  test('belongs to a table that is renamed as well, which others reference', async () => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, code text not null);
      create table book (id integer not null primary key autoincrement, author_id integer not null references author on delete cascade);
      create index book_author_id_index on book (author_id);
      create trigger on_book after insert on book begin update author set code = code || '1' where id = new.author_id; end;
      insert into author (code) values ('7');
      insert into book (author_id) values (1);
    `);
    const writer = entity(
      'Writer',
      { id, number: integer({ previousName: 'code' }) },
      Entity({ previousName: 'author' }),
    );
    const book = entity('Book', { id, author: ManyToOne(() => writer, { deleteRule: 'cascade' }) });

    await becomeByRebuilding(1, site, [writer, book]);

    await site.execute('insert into book (author_id) values (1)');
    expect(await site.rows('writer')).toEqual([{ id: 1, number: 711 }]);
    expect(await site.count('book')).toBe(2);
  });
});

describe('a managed trigger', () => {
  const logged = (column: string, options: Members): readonly EntityClass[] => [
    entity('Log', { id, what: text() }),
    author(
      options,
      Trigger({
        name: 'on_author',
        timing: 'after',
        events: ['insert'],
        body: `insert into log (what) values (new.${column});`,
      }),
    ),
  ];

  test('changes together with the column that it reads', async () => {
    const site = await given(sqlite, logged('name', { name: text() }));
    await site.insert('author', { name: 'Ann' });

    await site.become(logged('number', { number: integer({ nullable: true }) }), { allow: ['data-loss'] });

    await site.insert('author', { number: 5 });
    expect(await site.values('log', 'what')).toEqual(['Ann', '5']);
  });

  test('follows a renamed column', async () => {
    const site = await given(sqlite, logged('name', { name: text() }));

    await site.become(logged('full_name', { fullName: text({ previousName: 'name' }) }));

    await site.insert('author', { full_name: 'Ann' });
    expect(await site.values('log', 'what')).toEqual(['Ann']);
  });
});

describe('the storage of a table', () => {
  const sample = (options: Parameters<typeof Entity>[0], size: Members[string] = integer()): EntityClass =>
    entity('Sample', { code: PrimaryKey({ type: t.string }), size }, Entity(options));

  test('becomes STRICT where all values fit', async () => {
    const site = await given(sqlite, [sample({})]);
    await site.insert('sample', { code: 'a', size: 1 }, { code: 'b', size: '2' });

    await becomeByRebuilding(1, site, [sample({ strict: true })]);

    expect(await site.values('sample', 'size')).toEqual([1, 2]);
  });

  test('does not become STRICT where a value does not fit', async () => {
    const site = await given(sqlite, [sample({})]);
    await site.insert('sample', { code: 'a', size: 'many' });

    const error = await site.refuses([sample({ strict: true })]);

    expect(error.code).toBe('precheck-failed');
    expect(error.problems).toMatchObject([{ where: 'sample.size' }]);
  });

  test('becomes WITHOUT ROWID, and back', async () => {
    const site = await given(sqlite, [sample({})]);
    await site.insert('sample', { code: 'b', size: 1 }, { code: 'a', size: 2 });

    await becomeByRebuilding(1, site, [sample({ withoutRowid: true })]);
    await becomeByRebuilding(1, site, [sample({})]);

    expect(await site.rows('sample')).toEqual([
      { code: 'a', size: 2 },
      { code: 'b', size: 1 },
    ]);
  });
});

describe('a column', () => {
  test('changes its collation, and its index and unique key with it', async () => {
    const site = await given(sqlite, [author({ name: text({ unique: true, index: true }) })]);
    await site.insert('author', { name: 'Ann' }, { name: 'Ben' });

    await becomeByRebuilding(1, site, [author({ name: text({ unique: true, index: true, collation: 'nocase' }) })]);
    expect(await site.column('author', 'name')).toMatchObject({ collation: 'nocase' });
    await expect(site.insert('author', { name: 'ANN' })).rejects.toThrow(/UNIQUE/);

    await becomeByRebuilding(1, site, [author({ name: text({ unique: true, index: true }) })]);
    await site.insert('author', { name: 'ANN' });
    expect((await site.column('author', 'name')).collation).toBeUndefined();
  });

  test('does not change to a collation in which its unique values are alike', async () => {
    const site = await given(sqlite, [author({ name: text({ unique: true }) })]);
    await site.insert('author', { name: 'Ann' }, { name: 'ANN' });

    const error = await site.refuses([author({ name: text({ unique: true, collation: 'nocase' }) })]);

    expect(error.message).toMatch(/Nothing has been changed|rolled back/);
  });

  test.each(['virtual', 'stored'])('of the generated kind changes to %s and back', async (storage) => {
    const other = storage === 'virtual' ? 'stored' : 'virtual';
    const named = (kind: string): EntityClass =>
      author({ name: text(), upper: text({ nullable: true, index: true, generated: `(upper(name)) ${kind}` }) });
    const site = await given(sqlite, [named(other)]);
    await site.insert('author', { name: 'Ann' });

    await becomeByRebuilding(1, site, [named(storage)]);
    await becomeByRebuilding(1, site, [named(other)]);

    expect(await site.values('author', 'upper')).toEqual(['ANN']);
    expect((await site.table('author')).indexes).toHaveLength(1);
  });

  test('is spelled as the entity spells it when its table is made anew, and never for that alone', async () => {
    const site = await givenScript(
      'create table AUTHOR (ID integer not null primary key autoincrement, NAME TEXT not null)',
    );

    await site.alreadyIs([author({ name: text() })]);
  });

  test('that no entity describes takes its foreign key and its index along', async () => {
    const site = await givenScript(`
      create table country (id integer not null primary key autoincrement);
      create table author (
        id integer not null primary key autoincrement, name text not null,
        a integer references country, b integer, foreign key (b, a) references pair (x, y)
      );
      create table pair (x integer, y integer, primary key (x, y));
      create index mixed on author (a, name);
      create index reverse on author (name, a) where b is null;
    `);
    const country = entity('Country', { id });
    const pair = entity('Pair', { x: PrimaryKey({ type: t.integer }), y: PrimaryKey({ type: t.integer }) });

    await site.become([country, pair, author({ name: text() })]);

    expect(await site.table('author')).toMatchObject({ foreignKeys: [], indexes: [] });
    await expectSound(site);
  });

  test('becomes required together with a default', async () => {
    const site = await given(sqlite, [author({ state: text({ nullable: true }) })]);
    await site.insert('author', { state: 'on' });

    await site.become([author({ state: text({ default: 'off' }) })]);

    await site.insert('author', { id: 2 });
    expect(await site.values('author', 'state')).toEqual(['on', 'off']);
  });

  test('becomes an enum, and another one, by a rebuild each', async () => {
    const site = await given(sqlite, [author({ state: text() })]);
    await site.insert('author', { state: 'on' });
    const state = (...items: readonly string[]): readonly EntityClass[] => [author({ state: Enum({ items }) })];

    await becomeByRebuilding(1, site, state('on', 'off'));
    await becomeByRebuilding(1, site, state('on', "won't"));

    await site.insert('author', { state: "won't" });
    expect(await site.values('author', 'state')).toEqual(['on', "won't"]);
  });
});

describe('a table', () => {
  test('keeps the rows that violate a foreign key which nobody enforced', async () => {
    const site = await givenScript(`
      pragma foreign_keys = off;
      create table country (id integer not null primary key autoincrement);
      create table author (
        id integer not null primary key autoincrement, code text not null,
        home_id integer constraint author_home_id_foreign references country (id) on delete set null
      );
      create index author_home_id_index on author (home_id);
      insert into author (code, home_id) values ('7', 99);
    `);
    const country = entity('Country', { id });

    await site.become([country, author({ code: integer(), home: ManyToOne(() => country, { nullable: true }) })]);

    expect(await site.rows('author')).toEqual([{ id: 1, code: 7, home_id: 99 }]);
  });

  test('stays while rows reference it from a table that is not looked at', async () => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement);
      create table country (id integer not null primary key autoincrement);
      create table hidden (country_id integer references country (id) on delete cascade);
      insert into country (id) values (1);
      insert into hidden values (1);
    `);

    const error = await site.refuses([author({})], { allow: ['data-loss'], config: { skipTables: ['hidden'] } });

    expect(error.message).toContain('hidden');
    expect(error.message).toMatch(/Nothing has been changed|rolled back/);
  });

  test('is rebuilt although a table of the spare name exists', async () => {
    const site = await given(sqlite, [
      author({ code: text() }),
      entity('Spare', { id }, Entity({ tableName: 'dovetail_new_author' })),
    ]);
    await site.insert('author', { code: '7' });
    await site.insert('dovetail_new_author', { id: 5 });

    await site.become([
      author({ code: integer() }),
      entity('Spare', { id }, Entity({ tableName: 'dovetail_new_author' })),
    ]);

    expect(await site.values('author', 'code')).toEqual([7]);
    expect(await site.values('dovetail_new_author', 'id')).toEqual([5]);
  });

  test('whose primary key is its rowid changes to one of texts, and keeps its rows', async () => {
    const site = await given(sqlite, [author({ code: text() })]);
    await site.insert('author', { id: 5, code: 'x' }, { id: 9, code: 'y' });

    await becomeByRebuilding(1, site, [entity('Author', { id: PrimaryKey({ type: t.string }), code: text() })]);

    expect(await site.rows('author')).toEqual([
      { id: '5', code: 'x' },
      { id: '9', code: 'y' },
    ]);
  });

  test('with a column called rowid keeps it apart from the real one', async () => {
    const site = await givenScript(`
      create table author (code text not null primary key, rowid text, oid text);
      insert into author (_rowid_, code, rowid, oid) values (7, 'a', 'r', '1');
    `);

    await becomeByRebuilding(1, site, [
      entity('Author', {
        code: PrimaryKey({ type: t.string }),
        rowid: text({ nullable: true }),
        oid: integer({ nullable: true }),
      }),
    ]);

    expect(await site.connection.query('select _rowid_ as real, * from author')).toEqual([
      { real: 7, code: 'a', rowid: 'r', oid: 1 },
    ]);
  });

  test('that stops numbering leaves no high-water mark behind', async () => {
    const site = await given(sqlite, [author({})]);
    await site.insert('author', { id: 4 });

    await site.become([entity('Author', { id: PrimaryKey({ type: t.integer, autoincrement: false }) })]);

    expect(await site.connection.query('select * from sqlite_sequence')).toEqual([]);
    expect(await definitionOf(site, 'author')).not.toContain('autoincrement');
  });

  test('of bytes and dates is created, and quiet', async () => {
    await given(sqlite, [
      author({
        photo: Property({ type: t.blob, nullable: true }),
        born: Property({ type: t.date }),
        seen: Property({ type: t.datetime, length: 3 }),
        wakes: Property({ type: t.time }),
        price: Property({ type: t.decimal, precision: 12, scale: 2 }),
        tags: Property({ type: t.json, default: [] }),
      }),
    ]);
  });
});
