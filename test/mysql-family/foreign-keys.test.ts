import { Entity, type EntityClass, ManyToOne, PrimaryKey, type PropertyOptions, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, text } from '../conformance/entity.js';
import { given, givenNothing } from '../conformance/given.js';
import { mariadb, mysql } from '../databases/index.js';

const config = { skipTables: ['loan'] };
const book = (options: PropertyOptions): EntityClass => entity('Book', { id: PrimaryKey(options) });
const shelf = (...columns: readonly string[]): EntityClass =>
  entity(
    'Shelf',
    Object.fromEntries(columns.map((name) => [name, PrimaryKey({ type: 'integer', autoincrement: false })])),
  );

describe.each([mysql, mariadb])('the foreign key of a table that no entity describes, on $name', (database) => {
  test('stays where its column could no longer reference a key of another type', async () => {
    const site = await given(database, [book({ columnType: 'int' })], { config });
    await site.execute('create table loan (book int, constraint loan_book foreign key (book) references book (id))');

    const error = await site.refuses([book({ columnType: 'bigint' })], { config });

    expect(error.code).toBe('precheck-failed');
    expect(error.problems.map(({ where }) => where)).toEqual(['loan.loan_book']);
    expect(error.problems[0]?.what).toContain('loan.book is int, and book.id is bigint');
  });

  test('stays where its column could no longer reference a key of another collation', async () => {
    const code = (collation: string): PropertyOptions => ({ columnType: 'varchar(20)', collation });
    const site = await given(database, [book(code('utf8mb4_bin'))], { config });
    await site.execute(
      'create table loan (book varchar(9) collate utf8mb4_bin, constraint loan_book foreign key (book) references book (id))',
    );

    const error = await site.refuses([book(code('utf8mb4_general_ci'))], { config });

    expect(error.problems.map(({ where }) => where)).toEqual(['loan.loan_book']);
    expect(error.problems[0]?.what).toContain('book.id is varchar(20) collate utf8mb4_general_ci');
  });

  test('stays where no key would begin with the columns that it references', async () => {
    const site = await given(database, [shelf('room', 'number')], { config });
    await site.execute(
      'create table loan (room int, number int,' +
        ' constraint loan_shelf foreign key (room, number) references shelf (room, number))',
    );

    const error = await site.refuses([shelf('number', 'room')], { config });

    expect(error.problems.map(({ where }) => where)).toEqual(['loan.loan_shelf']);
    expect(error.problems[0]?.what).toContain('no key of shelf would begin with (room, number)');
  });

  test('comes back where its column still references the key', async () => {
    const code = (length: number): PropertyOptions => ({ columnType: `varchar(${length})` });
    const site = await given(database, [book(code(20))], { config });
    await site.execute(
      'create table loan (book varchar(9), constraint loan_book foreign key (book) references book (id))',
    );

    await site.become([book(code(30))], { config });

    expect((await site.table('loan')).foreignKeys).toMatchObject([{ name: 'loan_book', columns: ['book'] }]);
  });
});

describe.each([mysql, mariadb])('a foreign key of texts on $name', (database) => {
  const key: PropertyOptions = { type: 'string', length: 20 };
  const author = (options: PropertyOptions, ...decorators: readonly ClassDecorator[]): EntityClass =>
    entity('Author', { code: PrimaryKey({ ...key, ...options }) }, ...decorators);
  const note = (of: EntityClass, ...decorators: readonly ClassDecorator[]): EntityClass =>
    entity('Note', { id, author: ManyToOne(() => of, { nullable: true }) }, ...decorators);
  const other = Entity({ collation: 'utf8mb4_unicode_ci' });

  test.each([
    ['the database', Entity()],
    ['its table', Entity({ collation: 'utf8mb4_general_ci' })],
    ['its character set', Entity({ charset: 'latin1' })],
  ])('is refused before the first statement where it would have the collation of %s', async (_source, own) => {
    const site = await givenNothing(database);
    const target = author({}, other);

    const error = await site.refuses([target, note(target, own)]);

    expect(error.code).toBe('precheck-failed');
    expect(error.problems.map(({ where }) => where)).toEqual(['note.note_author_code_foreign']);
    expect(error.problems[0]?.what).toContain('author.code is varchar(20) collate utf8mb4_unicode_ci');
    expect(error.problems[0]?.remedy).toContain('state one `collation`');
  });

  test('is refused in a table that exists', async () => {
    const target = author({}, other);
    const site = await given(database, [target, entity('Note', { id })]);

    const error = await site.refuses([target, note(target)]);

    expect(error.problems.map(({ where }) => where)).toEqual(['note.note_author_code_foreign']);
  });

  test('is made where the remedy is followed', async () => {
    const stated = author({ collation: 'utf8mb4_unicode_ci' });
    await given(database, [stated, note(stated)]);
    const target = author({}, other);
    await given(database, [target, note(target, other)]);
    const latin = author({}, Entity({ charset: 'latin1' }));
    await given(database, [latin, note(latin, Entity({ charset: 'latin1' }))]);
  });
});

describe.each([mysql, mariadb])('a new foreign key on $name', (database) => {
  const columns = { number: integer(), room: integer() };
  const numbered = (...properties: readonly string[]): EntityClass =>
    entity('Shelf', { id, ...columns }, Unique({ properties }));
  const lent = (target: EntityClass, referencedColumnNames: readonly string[]): EntityClass => {
    const joinColumns = referencedColumnNames.map((name) => `shelf_${name}`);
    return entity('Loan', { id, shelf: ManyToOne(() => target, { joinColumns, referencedColumnNames }) });
  };

  test('references columns in the order of a key, and is refused before anything is made otherwise', async () => {
    const site = await givenNothing(database);
    const shelf = numbered('room', 'number');

    const error = await site.refuses([shelf, lent(shelf, ['number', 'room'])]);

    expect(error.problems.map(({ where }) => where)).toEqual(['loan.loan_shelf_number_shelf_room_foreign']);
    expect(error.message).toContain('no key of shelf would begin with (number, room)');
    expect(error.message).toContain('write `joinColumns` and `referencedColumnNames` in the order of the unique key');
    await site.become([shelf, lent(shelf, ['room', 'number'])]);
  });
});

test.each([mariadb])(
  '$name keeps a long unique text by a hash, which no foreign key can reference',
  async (database) => {
    const page = entity('Page', { id, url: text({ length: 2000, unique: true }) });
    const link = entity('Link', { id, page: ManyToOne(() => page, { targetKey: 'url' }) });
    const site = await givenNothing(database);

    const error = await site.refuses([page, link]);

    expect(error.message).toContain('no key of page would begin with (url)');
    expect(error.message).toContain('give it a shorter `length`');
    await site.become([page]);
  },
);
