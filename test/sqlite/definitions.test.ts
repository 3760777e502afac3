import { Check, Entity, type EntityClass, Index, ManyToOne, PrimaryKey, Property, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { matching } from '../conformance/matching.js';
import { becomeByRebuilding, definitionOf, expectSound, givenScript } from './site.js';

const author = entity('Author', { id, name: text() });

describe('hand-formatted DDL with comments', () => {
  const script = `
    CREATE TABLE [Author] ( -- who writes, (and edits)
      "id"   INTEGER   NOT NULL PRIMARY KEY   AUTOINCREMENT, /* numbered; never reused */
      \`name\` TEXT NOT
        NULL DEFAULT 'a, b) -- c' COLLATE NoCase
    );
    CREATE TABLE book(id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,pages INT/* of paper */NOT NULL,
      author_id INTEGER NOT NULL CONSTRAINT "written by" REFERENCES Author ( id ) ON
      DELETE CASCADE, CONSTRAINT positive CHECK (pages>0 AND /* no, really */ pages IN (1,2,3)),
      UNIQUE(pages, author_id));
    create  index if not exists BY_PAGES on book(pages desc) where pages>1 -- most of them
    ;
    insert into author (name) values ('Ann');
    insert into book (pages, author_id) values (3, 1);
  `;
  const library = (columnType: string, members: Members = {}): readonly EntityClass[] => {
    const writer = entity('Author', { id, name: text({ default: 'a, b) -- c', collation: 'nocase' }), ...members });
    const book = entity(
      'Book',
      {
        id,
        pages: Property({ columnType }),
        author: ManyToOne(() => writer, { foreignKeyName: 'written by', deleteRule: 'cascade' }),
      },
      Check({ name: 'positive', expression: 'pages > 0 and pages in (1, 2, 3)' }),
      Unique({ properties: ['pages', 'author'] }),
      Index({ name: 'by_pages', columns: [{ name: 'pages', sort: 'desc' }], where: 'pages > 1' }),
      Index({ name: 'book_author_id_index', properties: 'author' }),
    );
    return [writer, book];
  };

  test('is read as it is meant', async () => {
    const site = await givenScript(`${script} create index book_author_id_index on book (author_id);`);

    await site.alreadyIs(library('int'));
  });

  test('is rebuilt without loss', async () => {
    const site = await givenScript(script);

    await becomeByRebuilding(1, site, library('numeric'));

    expect(await site.rows('book')).toEqual([{ id: 1, pages: 3, author_id: 1 }]);
    await expect(site.insert('book', { pages: 4, author_id: 1 })).rejects.toThrow(/positive/);
  });

  test('keeps its text where SQLite alters in place', async () => {
    const site = await givenScript(script);

    await site.become(library('int', { age: integer({ nullable: true }) }));

    expect(await definitionOf(site, 'Author')).toContain('-- who writes, (and edits)');
  });
});

describe('a database that was ANALYZEd', () => {
  test('has statistics that no entity describes, and keeps them', async () => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, name text not null);
      create index author_name_index on author (name);
      insert into author (name) values ('Ann');
      analyze;
    `);
    await site.alreadyIs([entity('Author', { id, name: text({ index: true }) })]);

    await becomeByRebuilding(1, site, [entity('Author', { id, name: Property({ columnType: 'clob', index: true }) })]);

    expect(await site.connection.query("select name from sqlite_schema where name = 'sqlite_stat1'")).toHaveLength(1);
  });
});

describe('a database with FTS5 tables', () => {
  const script = `
    create table author (id integer not null primary key autoincrement, name text not null);
    create virtual table notes using fts5(body, tokenize = 'porter');
    insert into notes (body) values ('running water');
    insert into author (name) values ('Ann');
  `;

  test('leaves them and their shadow tables alone', async () => {
    const site = await givenScript(script);
    await site.alreadyIs([author]);

    await becomeByRebuilding(1, site, [entity('Author', { id, name: Property({ columnType: 'clob' }) })]);
    await site.become([
      entity('Writer', { id, name: Property({ columnType: 'clob' }) }, Entity({ previousName: 'author' })),
    ]);

    expect(await site.connection.query("select body from notes where notes match 'run'")).toEqual([
      { body: 'running water' },
    ]);
  });

  test('and external content keeps the rowids that the index refers to', async () => {
    const site = await givenScript(`
      create table article (code text not null primary key, body text not null, size text);
      insert into article (rowid, code, body, size) values (5, 'a', 'running water', '1'), (9, 'b', 'still stone', '2');
      create virtual table search using fts5(body, content = 'article');
      insert into search (search) values ('rebuild');
      create trigger article_added after insert on article begin
        insert into search (rowid, body) values (new.rowid, new.body);
      end;
      create trigger article_removed after delete on article begin
        insert into search (search, rowid, body) values ('delete', old.rowid, old.body);
      end;
      delete from article where code = 'zzz';
    `);
    const article = entity('Article', {
      code: PrimaryKey({ type: t.string }),
      body: text(),
      size: integer({ nullable: true }),
    });

    await becomeByRebuilding(1, site, [article]);

    const found = () => site.connection.query("select rowid, body from search where search match 'water'");
    expect(await found()).toEqual([{ rowid: 5, body: 'running water' }]);
    await site.execute(
      "insert into search (search) values ('integrity-check')",
      "delete from article where code = 'a'",
    );
    expect(await found()).toEqual([]);
    await expectSound(site);
  });
});

describe('what the model cannot express', () => {
  const script = `
    create table author (
      id integer not null primary key autoincrement,
      name text not null on conflict replace,
      code text not null,
      note text
    );
    insert into author (name, code) values ('Ann', '7');
  `;
  const writer = (members: Members): EntityClass => entity('Author', { id, name: text(), ...members });
  const note = text({ nullable: true });

  test('is refused where its table would be rebuilt, and named', async () => {
    const site = await givenScript(script);

    const error = await site.refuses([writer({ code: integer(), note })]);

    expect(error.code).toBe('unmodelled-feature');
    expect(error.message).toContain('on conflict replace');
    expect(error.problems).toMatchObject([{ where: 'author', remedy: 'make this change by hand' }]);
  });

  test('goes with its table by consent alone, even where there are no rows', async () => {
    const site = await givenScript(script);
    await site.execute('delete from author');

    const error = await site.refuses([entity('Other', { id })]);
    expect(error.code).toBe('unmodelled-feature');
    expect(error.problems).toMatchObject([{ where: 'author', what: matching(/on conflict replace/) }]);

    await site.become([entity('Other', { id })], { allow: ['data-loss'] });
    expect(await site.hasTable('author')).toBe(false);
  });

  test('stays where SQLite alters around it', async () => {
    const site = await givenScript(script);

    await site.become([
      writer({
        code: text({ nullable: true, index: true }),
        remark: text({ nullable: true, previousName: 'note' }),
        age: integer({ default: 0 }),
      }),
    ]);

    expect(await definitionOf(site, 'author')).toContain('on conflict replace');
    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', code: '7', remark: null, age: 0 }]);
  });
});
