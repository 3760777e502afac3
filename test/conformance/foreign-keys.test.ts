import { type EntityClass, ManyToOne, type ManyToOneOptions, OneToOne, PrimaryKey, t, Unique } from '@dovetail/core';
import type { ForeignKey } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { testFeature } from './feature.js';
import { type Given, given, givenNothing } from './given.js';

const author = entity('Author', { id, name: text() });
const book = (members: Members = {}): EntityClass => entity('Book', { id, title: text(), ...members });
const toAuthor = (options: ManyToOneOptions = {}): readonly EntityClass[] => [
  author,
  book({ author: ManyToOne(() => author, options) }),
];

async function onlyForeignKey(site: Given, table = 'book'): Promise<ForeignKey | undefined> {
  const { foreignKeys } = await site.table(table);
  expect(foreignKeys).toHaveLength(1);
  return foreignKeys[0];
}

async function insertLibrary(site: Given): Promise<void> {
  await site.insert('author', { id: 1, name: 'Ann' }, { id: 2, name: 'Ben' });
  await site.insert('book', { id: 1, title: 'Emma', author_id: 1 }, { id: 2, title: 'Eve', author_id: 2 });
}

describe.each(databases)('foreign keys on $name', (database) => {
  const { capabilities } = database;

  test('reference a key, and are refused before anything is made where there is none', async () => {
    const site = await givenNothing(database);

    const error = await site.refuses(toAuthor({ targetKey: 'name' }));

    expect(error.problems).toEqual([
      {
        where: 'Book.author',
        what: 'it references (name) of Author, which is neither its primary key nor unique',
        remedy: 'Add a `@Unique` of these properties to Author.',
      },
    ]);
  });

  test('reference the primary key, and have an index', async () => {
    const site = await given(database, toAuthor());

    expect(await onlyForeignKey(site)).toMatchObject({
      columns: ['author_id'],
      references: { table: { name: 'author' }, columns: ['id'] },
      onDelete: 'no action',
      onUpdate: 'no action',
    });
    expect(await site.column('book', 'author_id')).toMatchObject({ nullable: false });
    const isIndexed = (await site.table('book')).indexes.some(({ name }) => name === 'book_author_id_index');
    expect(isIndexed).toBe(capabilities.indexForeignKeys);
  });

  test('are added with their column to a table with rows', async () => {
    const site = await given(database, [author, book()]);
    await site.insert('book', { title: 'Emma' });

    await site.become(toAuthor({ nullable: true }));

    expect(await onlyForeignKey(site)).toMatchObject({ onDelete: 'set null' });
    expect(await site.rows('book')).toEqual([{ id: 1, title: 'Emma', author_id: null }]);
  });

  test('are added to a column that exists', async () => {
    const site = await given(database, [author, book({ authorId: integer() })]);
    await insertLibrary(site);

    await site.become(toAuthor());

    expect(await onlyForeignKey(site)).toMatchObject({ columns: ['author_id'] });
    expect(await site.values('book', 'author_id')).toEqual([1, 2]);
  });

  test('are not added where rows reference nothing', async () => {
    const site = await given(database, [author, book({ authorId: integer() })]);
    await insertLibrary(site);
    await site.insert('book', { id: 9, title: 'Lost', author_id: 9 });

    const error = await site.refuses(toAuthor());

    expect(error.code).toBe('precheck-failed');
    expect(error.problems[0]?.what).toBe('1 row references rows of "author" that do not exist');
  });

  test('come with a table that references a new table', async () => {
    const site = await given(database, [book()]);
    await site.insert('book', { title: 'Emma' });

    await site.become(toAuthor({ nullable: true }));

    expect(await site.hasTable('author')).toBe(true);
    expect(await site.count('book')).toBe(1);
  });

  test.each(capabilities.referentialActions)('take %s as a rule of deleting and updating', async (action) => {
    const site = await given(database, toAuthor({ nullable: true }));
    await insertLibrary(site);

    await site.become(toAuthor({ nullable: true, deleteRule: action, updateRule: action }));

    expect(await onlyForeignKey(site)).toMatchObject({ onDelete: action, onUpdate: action });
    expect(await site.values('book', 'author_id')).toEqual([1, 2]);
  });

  test('delete what references a deleted row where they say so', async () => {
    const site = await given(database, toAuthor({ deleteRule: 'cascade' }));
    await insertLibrary(site);
    await site.init(toAuthor()).then((orm) => orm.connection.execute('delete from author where id = 1'));

    expect(await site.values('book', 'title')).toEqual(['Eve']);
  });

  test('are dropped, and leave the column', async () => {
    const site = await given(database, toAuthor());
    await insertLibrary(site);

    await site.become([author, book({ authorId: integer() })]);

    expect((await site.table('book')).foreignKeys).toEqual([]);
    expect(await site.values('book', 'author_id')).toEqual([1, 2]);
  });

  test('go with their column', async () => {
    const site = await given(database, toAuthor({ nullable: true }));
    await site.insert('book', { title: 'Emma', author_id: null });

    await site.become([author, book()]);

    expect(await site.table('book')).toMatchObject({ foreignKeys: [], indexes: [] });
    expect(await site.rows('book')).toEqual([{ id: 1, title: 'Emma' }]);
  });

  test('go with the table that they reference', async () => {
    const site = await given(database, toAuthor({ nullable: true }));
    await site.insert('book', { title: 'Emma', author_id: null });

    await site.become([book()]);

    expect(await site.hasTable('author')).toBe(false);
    expect(await site.rows('book')).toEqual([{ id: 1, title: 'Emma' }]);
  });

  test('change what they reference', async () => {
    const editor = entity('Editor', { id, name: text() });
    const written = (target: EntityClass): EntityClass => book({ author: ManyToOne(() => target) });
    const site = await given(database, [author, editor, written(author)]);
    await insertLibrary(site);
    await site.insert('editor', { id: 1, name: 'Cat' }, { id: 2, name: 'Dan' });

    await site.become([author, editor, written(editor)]);

    expect(await onlyForeignKey(site)).toMatchObject({ references: { table: { name: 'editor' } } });
    expect(await site.values('book', 'author_id')).toEqual([1, 2]);
  });

  test('keep a name of their own, and change it', async () => {
    const site = await given(database, toAuthor({ foreignKeyName: 'written_by' }));
    expect(await onlyForeignKey(site)).toMatchObject({ name: 'written_by' });
    await insertLibrary(site);

    await site.become(toAuthor({ foreignKeyName: 'book_writer' }));

    expect(await onlyForeignKey(site)).toMatchObject({ name: 'book_writer' });
    expect(await site.count('book')).toBe(2);
  });

  test('reference a unique index of their own table', async () => {
    const columns = [{ name: 'code', sort: 'desc' }] as const;
    const author: EntityClass = entity(
      'Author',
      { id, code: integer(), mentor: ManyToOne(() => author, { referenceColumnName: 'code', nullable: true }) },
      Unique({
        name: 'author_by_code',
        ...(capabilities.features.includes('index-sort') ? { columns } : { properties: 'code' }),
      }),
    );
    const site = await given(database, [author]);

    await site.insert('author', { id: 1, code: 7, mentor_code: 7 });
    await site.rejects('insert into author (id, code, mentor_code) values (2, 8, 9)');
  });

  test('reference the columns of a composite key in whatever order they are stated', async () => {
    const shelf = entity('Shelf', { room: PrimaryKey({ type: t.integer }), number: PrimaryKey({ type: t.integer }) });
    const stated = (room: string, number: string, turned: boolean): EntityClass => {
      const [joinColumns, referencedColumnNames] = [
        [room, number],
        ['room', 'number'],
      ].map((names) => (turned ? names.toReversed() : names));
      return book({ shelf: ManyToOne(() => shelf, { joinColumns, referencedColumnNames, index: false }) });
    };
    const site = await given(database, [shelf, stated('shelf_room', 'shelf_number', true)]);
    await site.insert('shelf', { room: 1, number: 2 });
    await site.insert('book', { id: 1, title: 'Emma', shelf_room: 1, shelf_number: 2 });

    await site.rejects("insert into book (title, shelf_room, shelf_number) values ('Eve', 2, 1)");
    await site.alreadyIs([shelf, stated('shelf_room', 'shelf_number', false)]);
  });

  test('reference a composite key', async () => {
    const seat = entity('Seat', { line: PrimaryKey({ type: t.integer }), place: PrimaryKey({ type: t.integer }) });
    const ticket = (options: ManyToOneOptions = {}): EntityClass =>
      entity('Ticket', { id, seat: ManyToOne(() => seat, { nullable: true, ...options }) });
    const site = await given(database, [seat, ticket()]);
    await site.insert('seat', { line: 1, place: 2 });
    await site.insert('ticket', { id: 1, seat_line: 1, seat_place: 2 }, { id: 2, seat_line: null, seat_place: null });

    expect(await onlyForeignKey(site, 'ticket')).toMatchObject({
      columns: ['seat_line', 'seat_place'],
      references: { table: { name: 'seat' }, columns: ['line', 'place'] },
    });

    await site.become([seat, ticket({ deleteRule: 'cascade', foreignKeyName: 'ticket_seat' })]);
    expect(await onlyForeignKey(site, 'ticket')).toMatchObject({ name: 'ticket_seat', onDelete: 'cascade' });
    expect(await site.count('ticket')).toBe(2);
  });

  test.each([{}, { index: true, foreignKeyName: 'ticket_seat' }, { index: false, nullable: true }])(
    'follow a composite key whose columns change places: %j',
    async (options) => {
      const seats = (...columns: readonly string[]): readonly EntityClass[] => {
        const key = PrimaryKey({ type: t.integer, autoincrement: false });
        const seat = entity('Seat', Object.fromEntries(columns.map((name) => [name, key])));
        return [seat, entity('Ticket', { id, seat: ManyToOne(() => seat, options) })];
      };
      const site = await given(database, seats('line', 'place'));
      await site.insert('seat', { line: 1, place: 2 });
      await site.insert('ticket', { id: 1, seat_line: 1, seat_place: 2 });

      await site.become(seats('place', 'line'));

      expect((await site.table('seat')).primaryKey?.columns).toEqual(['place', 'line']);
      const fresh = await given(database, seats('place', 'line'));
      expect(await onlyForeignKey(site, 'ticket')).toEqual(await onlyForeignKey(fresh, 'ticket'));
      await site.rejects('insert into ticket (id, seat_line, seat_place) values (2, 2, 1)');
      expect(await site.count('ticket')).toBe(1);
    },
  );

  test('reference a unique column that is not the primary key', async () => {
    const country = entity('Country', { id, code: text({ unique: true }) });
    const city = entity('City', { id, country: ManyToOne(() => country, { targetKey: 'code' }) });
    const site = await given(database, [country, city]);

    expect(await onlyForeignKey(site, 'city')).toMatchObject({
      columns: ['country_code'],
      references: { columns: ['code'] },
    });
  });

  test('reference their own table', async () => {
    const node = (members: Members = {}): EntityClass => {
      const made: EntityClass = entity('Node', {
        id,
        parent: ManyToOne(() => made, { nullable: true, deleteRule: 'cascade' }),
        ...members,
      });
      return made;
    };
    const site = await given(database, [node()]);
    await site.insert('node', { id: 1, parent_id: null }, { id: 2, parent_id: 1 }, { id: 3, parent_id: 2 });

    await site.become([node({ label: text({ default: 'x' }) })]);

    expect(await onlyForeignKey(site, 'node')).toMatchObject({ references: { table: { name: 'node' } } });
    expect(await site.values('node', 'parent_id')).toEqual([null, 1, 2]);
  });

  describe('in a ring of tables', () => {
    const ring = (members: Members = {}): readonly EntityClass[] => {
      const hen: EntityClass = entity('Hen', { id, egg: ManyToOne(() => egg, { nullable: true }), ...members });
      const egg: EntityClass = entity('Egg', { id, hen: ManyToOne(() => hen, { nullable: true }), ...members });
      return [hen, egg];
    };

    test('are created, altered and dropped', async () => {
      const site = await given(database, ring());
      await site.insert('hen', { id: 1, egg_id: null });
      await site.insert('egg', { id: 1, hen_id: 1 });

      await site.become(ring({ weight: integer({ default: 60 }) }));

      expect(await site.rows('egg')).toEqual([{ id: 1, hen_id: 1, weight: 60 }]);
      await site.become([author], { allow: ['data-loss'] });
      expect((await site.schema()).tables.map(({ name }) => name)).toEqual(['author']);
    });
  });

  test('of a one-to-one relation are unique', async () => {
    const profile = entity('Profile', { id, author: OneToOne(() => author) });
    const site = await given(database, [author, profile]);
    await site.insert('author', { id: 1, name: 'Ann' });
    await site.insert('profile', { author_id: 1 });

    await site.rejects('insert into profile (author_id) values (1)');
  });

  test('of one relation may be left out', async () => {
    const site = await given(database, toAuthor({ createForeignKeyConstraint: false }));

    expect((await site.table('book')).foreignKeys).toEqual([]);
    expect(await site.column('book', 'author_id')).toMatchObject({ nullable: false });
  });

  testFeature(
    database,
    'foreign-key-deferrable',
    'are checked at the end of the transaction, or not',
    () => toAuthor({ deferMode: 'deferred' }),
    async (site) => {
      expect(await onlyForeignKey(site)).toMatchObject({ deferrable: 'initially deferred' });

      await site.become(toAuthor({ deferMode: 'immediate' }));
      expect(await onlyForeignKey(site)).toMatchObject({ deferrable: 'initially immediate' });

      await site.become(toAuthor());
      expect((await onlyForeignKey(site))?.deferrable).toBeUndefined();
    },
  );

  testFeature(
    database,
    'foreign-key-match',
    'match in full',
    () => toAuthor({ match: 'full' }),
    async (site) => {
      expect(await onlyForeignKey(site)).toMatchObject({ match: 'full' });
    },
  );
});
