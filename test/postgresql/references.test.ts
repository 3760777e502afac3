import { type EntityClass, ManyToOne } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, text } from '../conformance/entity.js';
import { failureOf } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';
import { givenGuest } from './guest.js';

const author = entity('Author', { id, name: text() });
const book = entity('Book', { id, author: ManyToOne(() => author) });
const bookWithout = entity('Book', { id, authorId: integer({ fieldName: 'author_id' }) });

const mayCreate = (guest: string): readonly string[] => [`grant create on schema public to ${guest}`];
const mayCreateAndRead = (guest: string): readonly string[] => [
  ...mayCreate(guest),
  `grant select on author to ${guest}`,
];

describe.each(postgresql)('a foreign key to a table of another role on $name', (database) => {
  test.each<[string, (guest: string) => readonly string[], readonly EntityClass[]]>([
    ['a table that is new', mayCreate, []],
    ['a table that exists', mayCreateAndRead, [author, bookWithout]],
    ['a table that exists, with rows that the role may not read', mayCreate, [author, bookWithout]],
  ])(
    'is refused before the first statement without the privilege, with the grant: of %s',
    async (_, grants, before) => {
      const site = await givenGuest(database, [author], grants);
      if (before.length > 0) await (await site.init(before)).schema.updateSchema();
      const orm = await site.init([author, book]);

      const error = await failureOf(() => orm.schema.updateSchema());

      expect(error.code).toBe('precheck-failed');
      expect(error.problems.map(({ where, remedy }) => [where, remedy])).toEqual([
        [
          'book.book_author_id_foreign',
          'let its owner run: grant references ("id") on "author" to the role that you connect as',
        ],
      ]);
      await site.owner.execute(`grant references (id), select on author to ${site.guest}`);
      await orm.schema.updateSchema();
      expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    },
  );

  test('is made where the privilege is of the whole table', async () => {
    const site = await givenGuest(database, [author], (guest) => [
      ...mayCreate(guest),
      `grant references on author to ${guest}`,
    ]);
    const orm = await site.init([author, book]);

    await orm.schema.updateSchema();

    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  });
});
