import { Entity, type EntityClass, ManyToOne } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, text } from './entity.js';
import { failureOf, type Given, given, givenNothing } from './given.js';

const author = entity('Author', { id, name: text() });
const book = entity('Book', { id, author: ManyToOne(() => author, { deleteRule: 'cascade' }) });
const library: readonly EntityClass[] = [author, book];

async function insertLibrary(site: Given): Promise<void> {
  await site.insert('author', { id: 5, name: 'Ann' });
  await site.insert('book', { id: 1, author_id: 5 }, { id: 2, author_id: 5 });
}

async function tableNames(site: Given): Promise<readonly string[]> {
  return (await site.schema()).tables.map(({ name }) => name);
}

describe.each(databases)('the schema generator on $name', (database) => {
  describe('createSchema', () => {
    test('creates all tables', async () => {
      const site = await givenNothing(database);

      await (await site.init(library)).schema.createSchema();

      await site.alreadyIs(library);
    });

    test('is refused the second time, and tells each table', async () => {
      const site = await given(database, library);
      await insertLibrary(site);
      const orm = await site.init(library);

      const error = await failureOf(() => orm.schema.createSchema());

      expect(error.code).toBe('already-exists');
      expect(error.problems.map(({ where }) => where)).toEqual(['author', 'book']);
      expect(await site.count('book')).toBe(2);
    });

    test('leaves tables alone that no entity describes', async () => {
      const site = await given(database, [entity('Publisher', { id })]);
      await site.insert('publisher', { id: 1 });

      await (await site.init(library)).schema.createSchema();

      expect(await tableNames(site)).toEqual(['author', 'book', 'publisher']);
    });
  });

  describe('dropSchema', () => {
    test('drops the tables of the entities with their rows', async () => {
      const site = await given(database, library);
      await insertLibrary(site);

      await (await site.init(library)).schema.dropSchema();

      expect(await tableNames(site)).toEqual([]);
    });

    test('asks for consent where another table holds rows', async () => {
      const site = await given(database, [...library, entity('Publisher', { id })]);
      await site.insert('publisher', { id: 1 });
      const orm = await site.init(library);

      const error = await failureOf(() => orm.schema.dropSchema());
      expect(error.problems).toMatchObject([{ where: 'publisher', what: '1 row would be lost with the table' }]);
      expect(await tableNames(site)).toHaveLength(3);

      await orm.schema.dropSchema({ dropTables: false });
      expect(await tableNames(site)).toEqual(['publisher']);

      await orm.schema.dropSchema({ allow: ['data-loss'] });
      expect(await tableNames(site)).toEqual([]);
    });

    test('does nothing where there is nothing', async () => {
      const site = await givenNothing(database);

      await (await site.init(library)).schema.dropSchema();

      expect(await tableNames(site)).toEqual([]);
    });
  });

  describe('refreshDatabase', () => {
    test('leaves the empty tables of the entities', async () => {
      const site = await given(database, [entity('Author', { id, born: text() })]);
      await site.insert('author', { id: 1, born: 'long ago' });

      await (await site.init(library)).schema.refreshDatabase();

      await site.alreadyIs(library);
      expect(await site.count('author')).toBe(0);
    });

    test('creates nothing where createSchema is false', async () => {
      const site = await given(database, library);

      await (await site.init(library)).schema.refreshDatabase({ createSchema: false });

      expect(await tableNames(site)).toEqual([]);
    });

    test('makes the whole database anew where dropDb is true', async () => {
      const site = await given(database, library);
      await insertLibrary(site);
      const orm = await site.init(library);

      await orm.schema.refreshDatabase({ dropDb: true });

      expect((await orm.schema.introspect()).tables.map(({ name }) => name)).toEqual(['author', 'book']);
      expect(await orm.connection.query('select * from author')).toEqual([]);
    });
  });

  describe('clearDatabase', () => {
    test('removes all rows and starts their numbering anew', async () => {
      const site = await given(database, library);
      await insertLibrary(site);

      await (await site.init(library)).schema.clearDatabase();

      expect(await site.count('book')).toBe(0);
      await site.insert('author', { name: 'Ben' });
      expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ben' }]);
    });

    test('leaves the rows of other tables alone', async () => {
      const site = await given(database, [...library, entity('Publisher', { id })]);
      await site.insert('publisher', { id: 1 });

      await (await site.init(library)).schema.clearDatabase();

      expect(await site.count('publisher')).toBe(1);
    });

    test('is refused where rows of other tables reference those that would go', async () => {
      const site = await given(database, library);
      await insertLibrary(site);
      const failure = await failureOf(async () => (await site.init([author])).schema.clearDatabase());

      expect(failure).toMatchObject({
        code: 'precheck-failed',
        problems: [{ where: 'book', what: '2 rows reference rows of "author"' }],
      });
      expect(await site.count('author')).toBe(1);
    });
  });

  describe('ensureDatabase', () => {
    test('says that the database exists, and empties it on demand', async () => {
      const site = await given(database, library);
      await insertLibrary(site);
      const orm = await site.init(library);

      expect(await orm.schema.ensureDatabase()).toBe(false);
      expect(await site.count('book')).toBe(2);

      expect(await orm.schema.ensureDatabase({ clear: true })).toBe(false);
      expect(await site.count('book')).toBe(0);
    });

    test.each([{ dropTables: false }, { schema: 'side' }])('drops no database where it is told %o', async (part) => {
      const site = await given(database, library);
      await insertLibrary(site);
      const orm = await site.init(library);

      const error = await failureOf(() => orm.schema.dropSchema({ dropDb: true, ...part }));

      expect(error).toMatchObject({ code: 'invalid-configuration', problems: [{ where: 'dropDb' }] });
      expect(await site.count('book')).toBe(2);
    });

    test('creates a missing database, with its tables on demand', async () => {
      const site = await givenNothing(database);
      const orm = await site.init(library);
      await orm.schema.dropSchema({ dropDb: true });

      expect(await orm.schema.ensureDatabase({ create: true })).toBe(true);

      expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    });
  });

  test('dumps, drops, creates, updates, refreshes, clears and closes in one script, as programs for MikroORM do', async () => {
    const site = await given(database, library);
    await insertLibrary(site);
    const orm = await site.init(library);

    expect(await orm.schema.getDropSchemaSQL()).not.toBe('');
    expect(await orm.schema.generate()).toContain(await orm.schema.getCreateSchemaSQL());
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    await orm.schema.dropSchema();
    await orm.schema.createSchema();
    await orm.schema.updateSchema();
    await orm.schema.refreshDatabase();
    await insertLibrary(site);
    await orm.schema.clearDatabase();
    await orm.close(true);

    expect(await site.count('book')).toBe(0);
    await site.alreadyIs(library);
  });
});

describe.each(databases.filter(({ capabilities }) => capabilities.features.includes('namespaces')))(
  'one schema of several on $name',
  (database) => {
    test('is dropped alone, and created anew', async () => {
      const [one, two] = [
        entity('Author', { id }, Entity({ schema: 'one' })),
        entity('Book', { id }, Entity({ schema: 'two' })),
      ];
      const site = await given(database, [one, two]);
      const orm = await site.init([one, two]);

      await orm.schema.dropSchema({ schema: 'two' });
      expect((await orm.schema.introspect()).tables).toMatchObject([{ schema: 'one', name: 'author' }]);

      await orm.schema.refreshDatabase({ schema: 'one' });
      expect((await orm.schema.introspect()).tables).toMatchObject([{ schema: 'one', name: 'author' }]);
    });

    test('is refused where no entity is in it, with the one that was probably meant', async () => {
      const site = await given(database, [entity('Author', { id }, Entity({ schema: 'sales' }))]);
      const orm = await site.init([entity('Author', { id }, Entity({ schema: 'sales' }))]);

      for (const work of [
        () => orm.schema.plan({ schema: 'slaes' }),
        () => orm.schema.draft({ schema: 'slaes' }),
        () => orm.schema.createSchema({ schema: 'slaes' }),
        () => orm.schema.dropSchema({ schema: 'slaes' }),
        () => orm.schema.clearDatabase({ schema: 'slaes' }),
      ]) {
        const { code, message } = await failureOf(work);
        expect(code).toBe('invalid-configuration');
        expect(message).toMatch(/schema: is "slaes", which no entity is in\n {4}Write sales, of .+, sales\.$/);
      }
    });

    test('is any where an entity is in every one', async () => {
      const tenants = [entity('Author', { id }, Entity({ schema: '*' }))];
      const site = await given(database, [entity('Author', { id }, Entity({ schema: 'one' }))]);
      const orm = await site.init(tenants);

      expect((await orm.schema.plan({ schema: 'one' })).steps).toEqual([]);
    });
  },
);
