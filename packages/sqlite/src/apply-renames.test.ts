import type { RenameChange, Schema } from '@dovetail/core/driver';
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { applyRenames } from './apply-renames.js';
import { type Evolution, evolution, schemaOf } from './evolution.fixture.js';
import { introspect } from './introspect.js';

let site: Evolution;

afterEach(() => site.connection.close());

const renameTable = { kind: 'rename-table', table: { name: 'person' }, to: 'customer', reason: 'hint' } as const;
const renameColumn = {
  kind: 'rename-column',
  table: { name: 'customer' },
  from: 'mail',
  to: 'e-mail',
  reason: 'hint',
} as const;
const renames: readonly RenameChange[] = [renameTable, renameColumn];

async function renamed(): Promise<Schema> {
  const { connection } = site;
  return applyRenames(connection, await introspect(connection, { namespaces: [] }), renames);
}

it('follows renames into everything that mentions the objects, and changes nothing', async () => {
  site = await evolution(`
    create table person (id integer primary key, mail text check (mail like '%@%'), shout as (upper(mail)));
    create table letter (author integer references person (id) on delete cascade);
    create unique index by_mail on person (lower(mail)) where mail is not null;
    create trigger hush after update of mail on person begin delete from letter where author = new.id; end;
    create view mails as select mail from person;`);
  const before = await site.catalog();
  const expected = await schemaOf(`
    create table customer (id integer primary key, "e-mail" text check ("e-mail" like '%@%'), shout as (upper("e-mail")));
    create table letter (author integer references customer (id) on delete cascade);
    create unique index by_mail on customer (lower("e-mail")) where "e-mail" is not null;
    create trigger hush after update of "e-mail" on customer begin delete from letter where author = new.id; end;
    create view mails as select "e-mail" from "customer";`);
  expect(await renamed()).toEqual(expected);
  expect(await site.catalog()).toEqual(before);
});

it('leaves out what is not a table of its own: full text tables, their shadows, statistics', async () => {
  site = await evolution(`
    create table person (id integer primary key, mail text);
    create virtual table mails using fts5 (mail, content = 'person', content_rowid = 'id');
    create trigger indexing after insert on person begin insert into mails (rowid, mail) values (new.id, new.mail); end;
    create view found as select rowid from mails where mails match 'x';
    analyze;`);
  const { tables } = await renamed();
  expect(tables.map(({ name }) => name)).toEqual(['customer']);
  expect(tables[0]?.triggers[0]?.body).toContain('new."e-mail"');
});

it('passes over a virtual table whose module is missing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
  const dbName = join(folder, 'test.db');
  const database = new Database(dbName);
  database.exec('create table person (id integer primary key, mail text); create virtual table t using fts5 (x);');
  database.exec('create virtual table words using fts5vocab (t, row);');
  database.unsafeMode().pragma('writable_schema = on');
  database.exec("update sqlite_schema set sql = replace(sql, 'fts5vocab', 'unheard_of')");
  database.close();

  site = await evolution('', dbName);
  const { tables } = await renamed();
  expect(tables.map(({ name }) => name)).toEqual(['customer']);
  rmSync(folder, { recursive: true });
});

it('says what SQLite refuses to rename, and that nothing has been changed', async () => {
  site = await evolution(
    'create table person (id integer primary key, mail text); create view v as select x from nowhere;',
  );
  await expect(renamed()).rejects.toThrow('error in view v');
  await expect(renamed()).rejects.toMatchObject({ code: 'statement-failed' });
});
