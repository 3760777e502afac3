import Database from 'better-sqlite3';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUpdate } from './child.js';

/** A folder with a library before the update, of which any number of copies can be made. */
export interface LibraryTemplate {
  copy(): Promise<string>;
  dispose(): Promise<void>;
}

export interface TemplateOptions {
  readonly books: number;
  readonly journal: 'delete' | 'wal';
}

export async function makeTemplate({ books, journal }: TemplateOptions): Promise<LibraryTemplate> {
  const folder = await mkdtemp(join(tmpdir(), 'dovetail-faults-'));
  const template = join(folder, 'template.db');
  const { code, errors } = await runUpdate(template, 'before');
  if (code !== 0) throw new Error(errors);
  fill(template, books, journal);
  let copies = 0;
  return {
    async copy() {
      copies += 1;
      const path = join(folder, `copy-${copies}.db`);
      await copyFile(template, path);
      return path;
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Rows, and what no entity describes: a view on the tables to be rebuilt, triggers, a table that is to be left alone. */
function fill(path: string, books: number, journal: 'delete' | 'wal'): void {
  const database = new Database(path);
  database.pragma(`journal_mode = ${journal}`);
  database.exec(`
    begin;
    create table audit (id integer primary key, message text not null);
    create trigger book_priced after update of price on book begin
      insert into audit (message) values ('price of ' || new.title);
    end;
    create trigger author_gone before delete on author begin
      insert into audit (message) values ('gone: ' || old.id);
    end;
    create view catalogue as
      select book.id, book.title, book.price, author.id as author from book join author on author.id = book.author_id;

    with recursive number (n) as (select 1 union all select n + 1 from number where n < ${books})
    insert into author (id, name, born, mentor_id)
      select n, 'author #' || n, 1800 + n % 200, nullif(n / 2, 0) from number where n <= ${books} / 10 + 1;
    with recursive number (n) as (select 1 union all select n + 1 from number where n < ${books})
    insert into book (id, title, summary, price, shelf, author_id)
      select n * 2, 'book #' || n, printf('%.100c', char(97 + n % 26)), n % 50, null, n % (${books} / 10 + 1) + 1 from number;
    insert into loan (id, reader, book_id) select id, 'reader #' || id, id from book where id % 6 = 0;
    insert into note (text) values ('one'), ('two');
    delete from book where id % 14 = 0;
    insert into book (id, title, summary, price, author_id) values (${books} * 3, 'last', 'gone', 1, 1);
    delete from book where id = ${books} * 3;
    commit;`);
  database.close();
}
