import { describe, expect, test } from 'vitest';
import { entity, id, text } from '../conformance/entity.js';
import { failureOf } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';
import { givenGuest } from './guest.js';

const book = entity('Book', { id, title: text() });

/** Nobody but its owner may use the schema. */
const closed = (schema: string) => (guest: string) => [
  `create schema if not exists ${schema}; revoke all on schema ${schema} from public, ${guest}`,
];

describe.each(postgresql)('the default schema on $name', (database) => {
  test('is refused at the start where the role may not use it, with the grant', async () => {
    const site = await givenGuest(database, [book], closed('public'));

    const error = await failureOf(() => site.init([book]));

    expect(error.code).toBe('connection-failed');
    const [problem] = error.problems;
    expect(problem?.where).toContain('schema "public"');
    expect(problem?.what).toContain('USAGE');
    const [grant = ''] = /grant usage on schema "public" to "\w+"/u.exec(problem?.remedy ?? '') ?? [];
    await site.owner.execute(grant);
    expect(await (await site.init([book])).schema.getUpdateSchemaSQL()).toBe('');
  });

  test('is the first of the search path, though the role may use the next one', async () => {
    const site = await givenGuest(database, [book], (guest) => [
      ...closed('"Shop, ""1"""')(guest),
      `alter role ${guest} set search_path = nowhere, "Shop, ""1""", public`,
    ]);

    const error = await failureOf(() => site.init([book]));

    const [problem] = error.problems;
    expect(problem?.where).toContain('schema "Shop, "1""');
    expect(problem?.remedy).toBe(
      `Let its owner run: grant usage on schema "Shop, ""1""" to "${site.guest}"; or name the schema that is meant: schema: 'shop'`,
    );
    expect(await (await site.init([book], { schema: 'public' })).schema.getUpdateSchemaSQL()).toBe('');
  });

  test('is the one of the role where there is one', async () => {
    const site = await givenGuest(database, [book], (guest) => [`create schema authorization ${guest}`]);

    const orm = await site.init([book]);
    await orm.schema.updateSchema();

    expect(orm.connection.defaultSchema).toBe(site.guest);
    expect((await orm.schema.introspect()).tables.map(({ owner }) => owner)).toEqual([undefined]);
  });

  test('is refused where it is stated, and the role may not use it', async () => {
    const site = await givenGuest(database, [book], closed('shop'));

    const error = await failureOf(() => site.init([book], { schema: 'shop' }));

    expect(error.problems.map(({ remedy }) => remedy)).toEqual([
      `Let its owner run: grant usage on schema "shop" to "${site.guest}"`,
    ]);
  });

  test('is refused where it is stated, and does not exist', async () => {
    const site = await givenGuest(database, [book]);

    const error = await failureOf(() => site.init([book], { schema: 'shop' }));

    expect(error.problems.map(({ what, remedy }) => [what, remedy])).toEqual([
      ['does not exist', 'Create it with ensureDatabase, or run: create schema "shop"'],
    ]);
  });

  test('is refused where none of the search path exists', async () => {
    const site = await givenGuest(database, [book], (guest) => [`alter role ${guest} set search_path = nowhere`]);

    const error = await failureOf(() => site.init([book]));

    expect(error.problems.map(({ what }) => what)).toEqual(['is nowhere, and no schema of it exists']);
  });
});
