import { type EntityClass, Index, ManyToOne } from '@dovetail/core';
import { expect, test } from 'vitest';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { given, givenNothing } from '../conformance/given.js';
import { sqlite } from '../databases/sqlite.js';

function library(members: Members): readonly EntityClass[] {
  const author = entity('Author', { id, name: text({ unique: true }) });
  const book = entity(
    'Book',
    { id, author: ManyToOne(() => author), ...members },
    Index({ properties: ['author', 'id'] }),
  );
  return [author, book];
}

test('the script that creates a schema reads as a person would write it', async () => {
  const site = await givenNothing(sqlite);
  const orm = await site.init(library({ pages: integer({ default: 1, check: 'pages > 0' }) }));

  expect(await orm.schema.getCreateSchemaSQL()).toMatchInlineSnapshot(`
    "pragma foreign_keys = off;
    begin immediate;

    create table "author" (
      "id" integer primary key autoincrement not null,
      "name" text not null
    );

    create unique index "author_name_unique" on "author" ("name");

    create table "book" (
      "id" integer primary key autoincrement not null,
      "author_id" integer not null,
      "pages" integer not null default 1,
      constraint "book_author_id_foreign" foreign key ("author_id") references "author" ("id"),
      constraint "book_pages_check" check (pages > 0)
    );

    create index "book_author_id_id_index" on "book" ("author_id", "id");
    commit;
    pragma foreign_keys = on;
    "
  `);
});

test('the script that updates a schema in place', async () => {
  const site = await given(sqlite, library({}));
  const orm = await site.init(
    library({ pages: integer({ default: 1 }), title: text({ nullable: true, index: true }) }),
  );

  expect(await orm.schema.getUpdateSchemaSQL()).toMatchInlineSnapshot(`
    "pragma foreign_keys = off;
    begin immediate;
    alter table "book" add column "pages" integer not null default 1;
    alter table "book" add column "title" text;
    create index "book_title_index" on "book" ("title");
    commit;
    pragma foreign_keys = on;
    "
  `);
});

test('the script that rebuilds a table', async () => {
  const site = await given(sqlite, library({ code: text() }));
  const orm = await site.init(library({ code: integer() }));

  expect(await orm.schema.getUpdateSchemaSQL()).toMatchInlineSnapshot(`
    "pragma foreign_keys = off;
    begin immediate;

    create table "dovetail_new_book" (
      "id" integer primary key autoincrement not null,
      "author_id" integer not null,
      "code" integer not null,
      constraint "book_author_id_foreign" foreign key ("author_id") references "author" ("id")
    );

    insert into "dovetail_new_book" ("id", "author_id", "code")
    select "id", "author_id", "code" from "book";

    delete from sqlite_sequence where name = 'dovetail_new_book';
    insert into sqlite_sequence (name, seq) select 'dovetail_new_book', seq from sqlite_sequence where name = 'book';
    drop table "book";
    alter table "dovetail_new_book" rename to "book";
    create index "book_author_id_id_index" on "book" ("author_id", "id");
    commit;
    pragma foreign_keys = on;
    "
  `);
});

test('the script that drops a schema', async () => {
  const site = await given(sqlite, library({}));
  const orm = await site.init(library({}));

  expect(await orm.schema.getDropSchemaSQL()).toMatchInlineSnapshot(`
    "pragma foreign_keys = off;
    begin immediate;
    drop table "book";
    drop table "author";
    commit;
    pragma foreign_keys = on;
    "
  `);
});

test('without the switch of foreign keys where the configuration says so', async () => {
  const site = await givenNothing(sqlite);
  const orm = await site.init(library({}), { config: { disableForeignKeys: false } });

  expect(await orm.schema.getCreateSchemaSQL()).not.toContain('pragma');
});
