import {
  Collection,
  type Connection,
  Embeddable,
  Embedded,
  Entity,
  type EntityClass,
  ManyToMany,
  ManyToOne,
  OneToOne,
  PrimaryKey,
  PrimaryKeyProp,
  Property,
  raw,
  type Rel,
  t,
} from '@dovetail/core';
import { createFactory, createSeeder, type NewRow, type SeedDatabase, type Seeder } from '@dovetail/seeder';
import { faker } from '@faker-js/faker';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '@dovetail/core/driver';
import { failureOf } from '../conformance/given.js';
import { newestDatabases, type TestDatabase } from '../databases/index.js';

@Embeddable()
class Address {
  @Property() city!: string;
  @Property({ nullable: true }) zip?: string;
}

@Entity()
class Author {
  @PrimaryKey() id!: number;
  @Property({ unique: true, length: 100 }) email!: string;
  @Property({ default: 'unknown' }) name!: string;
  @Embedded(() => Address, { nullable: true }) home?: Address;
}

@Entity()
class Tag {
  @PrimaryKey({ type: t.string, length: 20 }) id!: string;
}

@Entity()
class Book {
  @PrimaryKey() id!: number;
  @Property() title!: string;
  @ManyToOne(() => Author) author!: Author;
  @ManyToOne(() => Book, { nullable: true }) sequelTo?: Rel<Book>;
  @ManyToMany(() => Tag) tags = new Collection<Tag>(this);
}

@Entity()
class Chapter {
  [PrimaryKeyProp]?: ['book', 'position'];
  @ManyToOne(() => Book, { primary: true }) book!: Book;
  @PrimaryKey({ autoincrement: false }) position!: number;
  @Property({ nullable: true }) heading?: string;
}

@Entity()
class Note {
  @PrimaryKey() id!: number;
  @ManyToOne(() => Chapter) chapter!: Chapter;
  @Property() text!: string;
}

@Entity()
class Reader {
  @PrimaryKey() id!: number;
  @ManyToOne(() => [Author, Book]) favourite!: Author | Book;
}

/** Two tables that reference each other. */
@Entity()
class Ship {
  @PrimaryKey() id!: number;
  @OneToOne(() => Captain, { nullable: true, deleteRule: 'no action' }) captain?: Rel<Captain>;
}

@Entity()
class Captain {
  @PrimaryKey() id!: number;
  @ManyToOne(() => Ship) ship!: Ship;
}

@Entity()
class Counter {
  @PrimaryKey() id!: number;
  @Property({ default: 5 }) value!: number;
}

const library = [Counter, Author, Tag, Book, Chapter, Note, Reader, Ship, Captain];

/** A database that the tests of one suite share, and that each of them finds empty. */
interface Library {
  readonly connection: Connection;
  /** Runs the body as a seeder. */
  seed(body: (db: SeedDatabase) => Promise<unknown>): Promise<void>;
  rows(table: string, orderBy: string): Promise<readonly Row[]>;
  count(table: string): Promise<number>;
  dispose(): Promise<void>;
}

async function openLibrary(database: TestDatabase, entities: readonly EntityClass[]): Promise<Library> {
  const site = await database.create();
  const orm = await site.init({ entities });
  await orm.schema.updateSchema();
  const { connection } = site;
  return {
    connection,
    seed: (body) =>
      createSeeder(orm).run(
        class implements Seeder {
          async run(db: SeedDatabase): Promise<void> {
            await body(db);
          }
        },
      ),
    rows: (table, orderBy) => connection.query(`select * from ${table} order by ${orderBy}`),
    async count(table) {
      const [row] = await connection.query(`select count(*) as n from ${table}`);
      return Number(row?.n);
    },
    dispose: () => site.dispose(),
  };
}

const ada: NewRow<Author> = { email: 'ada@example.org', name: 'Ada' };

describe.each(newestDatabases)('seeding $name', (database) => {
  let site: Library;

  beforeAll(async () => {
    site = await openLibrary(database, library);
  });

  beforeEach(async () => {
    await site.seed((db) => db.clear());
  });

  afterAll(async () => {
    await site.dispose();
  });

  describe('insert', () => {
    test('gives the key of each row, and leaves defaults to the database', async () => {
      await site.seed(async (db) => {
        const keys = await db.insert(Author, [ada, { email: 'bob@example.org' }, { ...ada, email: 'cat@example.org' }]);
        const rows = await db.connection.query('select id, email from author order by id');
        const byId = new Map(rows.map((row) => [row.id, row.email]));
        expect(keys.map(({ id }) => byId.get(id))).toEqual(['ada@example.org', 'bob@example.org', 'cat@example.org']);
      });
      expect(await site.rows('author', 'email')).toMatchObject([{ name: 'Ada' }, { name: 'unknown' }, { name: 'Ada' }]);
    });

    test('maps relations by key, by inserted row, and by the values of a composite key', async () => {
      await site.seed(async (db) => {
        const [author] = await db.insert(Author, [ada]);
        const [first] = await db.insert(Book, [{ title: 'One', author }]);
        const [second] = await db.insert(Book, [{ title: 'Two', author: author?.id, sequelTo: first }]);
        const [chapter] = await db.insert(Chapter, [{ book: second, position: 7 }]);
        await db.insert(Note, [
          { chapter, text: 'by row' },
          { chapter: [Number(second?.id), 7], text: 'by values' },
          { chapter: { book: second?.id, position: 7 }, text: 'by properties' },
        ]);
      });
      const [one, two] = await site.rows('book', 'title');
      expect(two).toMatchObject({ sequel_to_id: one?.id, author_id: one?.author_id });
      const notes = await site.rows('note', 'id');
      expect(notes.map((note) => [note.chapter_book_id, note.chapter_position])).toEqual(Array(3).fill([two?.id, 7]));
    });

    test('inserts the rows of a pivot table', async () => {
      await site.seed(async (db) => {
        const tags = await db.insert(Tag, [{ id: 'new' }, { id: 'old' }]);
        const [author] = await db.insert(Author, [ada]);
        await db.insert(Book, [
          { title: 'One', author, tags },
          { title: 'Two', author, tags: ['old'] },
          { title: 'Three', author },
        ]);
      });
      const rows = await site.connection.query(
        'select b.title, bt.tag_id from book_tags bt join book b on b.id = bt.book_id order by 1, 2',
      );
      expect(rows.map((row) => [row.title, row.tag_id])).toEqual([
        ['One', 'new'],
        ['One', 'old'],
        ['Two', 'old'],
      ]);
    });

    test('lays embedded objects out in their columns', async () => {
      await site.seed(async (db) => {
        await db.insert(Author, [
          { ...ada, home: { city: 'London', zip: 'W1' } },
          { email: 'bob', home: null },
        ]);
      });
      const rows = await site.rows('author', 'email');
      expect(rows.map((row) => [row.home_city, row.home_zip])).toEqual([
        ['London', 'W1'],
        [null, null],
      ]);
    });

    test('knows which entity an inserted row is of, where a relation is to one of several', async () => {
      await site.seed(async (db) => {
        const [author] = await db.insert(Author, [ada]);
        const [book] = await db.insert(Book, [{ title: 'One', author }]);
        await db.insert(Reader, [{ favourite: book }, { favourite: author }]);
      });
      const rows = await site.rows('reader', 'id');
      expect(rows.map((row) => row.favourite_type)).toEqual(['book', 'author']);
    });

    test('inserts rows that have nothing but defaults', async () => {
      await site.seed(async (db) => {
        expect(await db.insert(Counter, [{}, {}])).toHaveLength(2);
      });
      expect((await site.rows('counter', 'id')).map(({ value }) => value)).toEqual([5, 5]);
    });

    test('takes as many rows as there are, in batches', async () => {
      await site.seed(async (db) => {
        const rows = Array.from({ length: 2_500 }, (_, index) => ({ email: `${index}` }));
        const keys = await db.insert(Author, rows);
        await db.insert(
          Book,
          keys.map((author, index) => ({ title: `${index}`, author })),
        );
      });
      const [mismatch] = await site.connection.query(
        'select count(*) as n from book b join author a on a.id = b.author_id where a.email <> b.title',
      );
      expect(Number(mismatch?.n)).toBe(0);
      expect(await site.count('book')).toBe(2_500);
    });

    test('names the property that an entity lacks, and the row that the database refuses', async () => {
      const misspelt: object = { emial: 'x' };
      const unknown = await failureOf(() => site.seed((db) => db.insert(Author, [misspelt])));
      expect(unknown).toMatchObject({ code: 'invalid-row', problems: [{ where: 'Author.emial' }] });

      const unsaved = await failureOf(() =>
        site.seed((db) => db.insert(Book, [{ title: 'One', author: { name: 'Ada' } }])),
      );
      expect(unsaved).toMatchObject({ code: 'invalid-row', problems: [{ where: 'Book.author' }] });

      const refused = await failureOf(() => site.seed((db) => db.insert(Author, [ada, ada])));
      expect(refused).toMatchObject({ code: 'statement-failed', problems: [{ where: 'Author' }] });
      expect(await site.count('author')).toBe(0);
    });
  });

  describe('a run', () => {
    test('leaves nothing when a seeder throws', async () => {
      const run = site.seed(async (db) => {
        await db.insert(Author, [ada]);
        throw new Error('enough');
      });
      await expect(run).rejects.toThrow('enough');
      expect(await site.count('author')).toBe(0);
    });

    test('calls other seeders with one context, in one transaction', async () => {
      class AuthorSeeder implements Seeder<{ count?: number }> {
        async run(db: SeedDatabase, context: { count?: number }): Promise<void> {
          context.count = (await db.insert(Author, [ada])).length;
        }
      }
      class Checking implements Seeder<{ count?: number }> {
        run(_db: SeedDatabase, { count }: { count?: number }): void {
          expect(count).toBe(1);
        }
      }
      await site.seed((db) => db.call([AuthorSeeder, Checking]));
      expect(await site.count('author')).toBe(1);
    });

    test('refuses seeders that call each other without end', async () => {
      class Hen implements Seeder {
        run(db: SeedDatabase): Promise<void> {
          return db.call([Egg]);
        }
      }
      class Egg implements Seeder {
        run(db: SeedDatabase): Promise<void> {
          return db.call([Hen]);
        }
      }
      const failure = await failureOf(() => site.seed((db) => db.call([Hen])));
      expect(failure.message).toContain('Hen → Egg → Hen');
    });

    test('fills tables from a factory with fake data', async () => {
      faker.seed(1);
      const authors = createFactory(Author, (index) => ({ email: `${index}`, name: faker.person.firstName() }));
      expect(authors.make(2)).toHaveLength(2);
      await site.seed((db) => authors.insert(db, 20, { home: { city: 'Graz' } }));
      expect(await site.count('author')).toBe(20);
      expect(new Set((await site.rows('author', 'id')).map((row) => row.home_city))).toEqual(new Set(['Graz']));
    });
  });

  describe('upsert', () => {
    test('updates what exists, inserts the rest, and changes nothing the second time', async () => {
      const bob = { email: 'bob@example.org', name: 'Bob' };
      const seed = (): Promise<void> =>
        site.seed(async (db) => {
          await db.upsert(Author, [{ ...ada, name: 'Ada L.' }, bob, bob], { by: ['email'] });
          await db.upsert(Tag, [{ id: 'new' }]);
        });
      await site.seed(async (db) => {
        const [inserted] = await db.insert(Author, [ada]);
        const [upserted] = await db.upsert(Author, [{ ...ada, name: 'A.' }], { by: ['email'] });
        expect(upserted).toEqual(inserted);
      });
      await seed();
      const rows = await site.rows('author', 'id');
      expect(rows.map(({ name }) => name)).toEqual(['Ada L.', 'Bob']);
      await seed();
      expect(await site.rows('author', 'id')).toEqual(rows);
      expect(await site.count('tag')).toBe(1);
    });

    test('leaves a row with the many-to-many relation that it is given, or as it was', async () => {
      const tagsOf = async (): Promise<unknown[]> =>
        (await site.connection.query('select tag_id from book_tags order by 1')).map((row) => row.tag_id);
      const upsert = (book: NewRow<Book>): Promise<void> =>
        site.seed(async (db) => {
          const [author] = await db.upsert(Author, [ada], { by: ['email'] });
          await db.upsert(Book, [{ ...book, author }], { by: ['title'] });
        });
      await site.seed((db) => db.insert(Tag, [{ id: 'new' }, { id: 'old' }, { id: 'odd' }]));
      for (const [tags, expected] of [
        [
          ['new', 'old'],
          ['new', 'old'],
        ],
        [
          ['old', 'odd'],
          ['odd', 'old'],
        ],
        [undefined, ['odd', 'old']],
        [[], []],
      ] as const) {
        await upsert({ title: 'One', ...(tags !== undefined && { tags: [...tags] }) });
        expect(await tagsOf()).toEqual(expected);
      }
    });

    test('gives a key that a relation to one of several takes', async () => {
      await site.seed(async (db) => {
        await db.insert(Author, [ada]);
        const [author] = await db.upsert(Author, [ada], { by: ['email'] });
        await db.insert(Reader, [{ favourite: author }]);
      });
      expect(await site.count('reader')).toBe(1);
    });

    test('says which value a row must have', async () => {
      const untold = await failureOf(() => site.seed((db) => db.upsert(Author, [ada], { by: [] })));
      expect(untold.message).toContain('no column tells whether a row exists already');
      const failure = await failureOf(() => site.seed((db) => db.upsert(Author, [ada])));
      expect(failure.message).toContain('no value for id');
    });
  });

  describe('delete', () => {
    async function fill(): Promise<void> {
      await site.seed(async (db) => {
        const [author] = await db.insert(Author, [ada]);
        await db.insert(Tag, [{ id: 'new' }]);
        const [first] = await db.insert(Book, [{ title: 'One', author, tags: ['new'] }]);
        await db.insert(Book, [{ title: 'Two', author, sequelTo: first }]);
        await db.insert(Chapter, [{ book: first, position: 1 }]);
        const [ship] = await db.insert(Ship, [{}]);
        const [captain] = await db.insert(Captain, [{ ship }]);
        await db.upsert(Ship, [{ id: ship?.id, captain }]);
      });
    }

    test('takes rows before those that they reference, over circles too', async () => {
      await fill();
      await site.seed((db) => db.delete([Ship, Captain, Author, Book, Chapter]));
      expect([await site.count('book'), await site.count('ship'), await site.count('tag')]).toEqual([0, 0, 1]);
    });

    test('clears all tables', async () => {
      await fill();
      await site.seed((db) => db.clear());
      for (const table of ['author', 'book', 'book_tags', 'tag', 'chapter', 'captain']) {
        expect(await site.count(table)).toBe(0);
      }
    });
  });
});

describe.each(newestDatabases)('keys that the database makes by a default on $name', (database) => {
  const makers: Readonly<Record<string, string>> = {
    SQLite: '(lower(hex(randomblob(16))))',
    MySQL: '(uuid())',
    MariaDB: '(uuid())',
  };

  test('come back where the database says them, and are asked for where it does not', async () => {
    @Entity()
    class Token {
      @PrimaryKey({ type: t.string, length: 40, default: raw(makers[database.name] ?? '(gen_random_uuid())::text') })
      id!: string;
      @Property() note!: string;
    }
    const site = await openLibrary(database, [Token]);
    const seed = site.seed(async (db) => {
      const [key] = await db.insert(Token, [{ note: 'a' }]);
      const [row] = await db.connection.query('select id from token');
      expect(key?.id).toBe(row?.id);
    });
    const saysThem = database.capabilities.features.includes('index-where');
    if (saysThem) await seed;
    else expect((await failureOf(() => seed)).code).toBe('unsupported-feature');
    await site.dispose();
  });
});
