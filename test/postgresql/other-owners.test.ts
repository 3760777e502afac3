import { Enum, Index } from '@dovetail/core';
import { generateEntities } from '@dovetail/entity-generator';
import { createMigrator } from '@dovetail/migrations';
import { postgresqlDriver } from '@dovetail/postgresql';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, integer, text } from '../conformance/entity.js';
import { failureOf } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';
import { givenGuest } from './guest.js';

const book = entity('Book', { id, title: text() });
const kind = Enum({ items: ['novel', 'essay'], nativeEnumName: 'kind' });

describe.each(postgresql)('a role that owns nothing on $name', (database) => {
  const readers = (guest: string): readonly string[] => [`grant select on all tables in schema public to ${guest}`];

  test.each([
    ['may read them', readers],
    ['may not read them', () => []],
  ])('sees the tables, views and enums that exist, and %s', async (_, grants) => {
    const site = await givenGuest(database, [entity('Book', { id, title: text(), kind })], grants);
    const orm = await site.init([entity('Book', { id, title: text(), kind })]);

    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    expect((await orm.schema.introspect()).tables.map(({ name }) => name)).toEqual(['book']);
    expect((await orm.schema.introspect()).enums.map(({ name }) => name)).toEqual(['kind']);
    const { files } = await generateEntities(orm);
    expect(files.map((file) => file.text).join('')).toContain('class Book');
    expect((await failureOf(() => orm.schema.createSchema())).code).toBe('already-exists');
  });

  test.each([
    ['a column is added', [entity('Book', { id, title: text(), pages: integer({ nullable: true }) })]],
    ['a column becomes required', [entity('Book', { id, title: text({ nullable: true }) })]],
    ['a column gets another type', [entity('Book', { id, title: integer() })]],
    ['an index is added', [entity('Book', { id, title: text() }, Index({ properties: 'title' }))]],
    ['a column is renamed', [entity('Book', { id, name: text({ previousName: 'title' }) })]],
  ])('is told who must act where %s', async (_, wanted) => {
    const site = await givenGuest(database, [book], readers);
    const orm = await site.init(wanted);

    const error = await failureOf(() => orm.schema.updateSchema());

    const [problem] = error.problems;
    expect(problem?.where).toBe('book');
    expect(problem?.what).toContain('"dovetail"');
    expect(problem?.remedy).toContain('grant "dovetail" to');
    await site.owner.execute(`grant dovetail to ${site.guest}`);
    const { steps } = await orm.schema.plan();
    expect(steps.length).toBeGreaterThan(0);
  });

  test('is told so as well where it may not read the rows', async () => {
    const site = await givenGuest(database, [book]);
    const orm = await site.init([entity('Book', { id, title: integer() })]);

    const error = await failureOf(() => orm.schema.updateSchema());

    expect(error.code).toBe('precheck-failed');
    expect(error.problems.map(({ where, what }) => [where, what])).toEqual([
      ['book', '1 other role owns it, "dovetail", and alone may change it'],
    ]);
  });

  test('leaves tables alone that no entity describes', async () => {
    const site = await givenGuest(database, [book], (guest) => [`grant create, usage on schema public to ${guest}`]);
    const orm = await site.init([entity('Author', { id })]);

    await orm.schema.updateSchema();

    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    await orm.schema.dropSchema();
    expect((await orm.schema.introspect()).tables.map(({ name }) => name)).toEqual(['book']);
  });

  test('drops no table of another role', async () => {
    const site = await givenGuest(database, [book]);
    const orm = await site.init([book]);

    const error = await failureOf(() => orm.schema.dropSchema());

    expect(error.problems.map(({ where }) => where)).toEqual(['book']);
    expect((await orm.schema.introspect()).tables).toHaveLength(1);
  });

  test('sees which migrations were run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dovetail-migrations-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'a.sql'), '-- dovetail:up\ncreate table shelf (id integer);\n');
    const site = await givenGuest(database, [book]);
    await createMigrator(await site.initOwner([book], folder)).up();
    await site.owner.execute(`grant select on all tables in schema public to ${site.guest}`);

    const migrator = createMigrator(await site.init([book], { folder }));

    expect((await migrator.list()).map(({ state }) => state)).toEqual(['applied']);
  });

  test('is told that it may not read which migrations were run, and what to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dovetail-migrations-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'a.sql'), '-- dovetail:up\ncreate table shelf (id integer);\n');
    const site = await givenGuest(database, [book]);
    await createMigrator(await site.initOwner([book], folder)).up();

    const error = await failureOf(async () => createMigrator(await site.init([book], { folder })).list());

    expect(error.summary).toContain('permission denied for table dovetail_migrations');
    expect(error.problems.map(({ remedy }) => remedy).join()).toContain('dovetail debug lists the privileges');
  });

  test('is told what keeps a check of its rows from being run', async () => {
    const site = await givenGuest(database, [book]);
    await site.owner.execute(`alter table book owner to ${site.guest}; revoke all on book from ${site.guest}`);
    const orm = await site.init([entity('Book', { id, title: integer() })]);

    const error = await failureOf(() => orm.schema.updateSchema());

    expect(error.code).toBe('precheck-failed');
    const [problem] = error.problems;
    expect(problem?.where).toBe('book.title');
    expect(problem?.what).toContain('permission denied for table book');
    expect(problem?.remedy).toContain('dovetail debug lists the privileges');
  });

  test('is told what it lacks', async () => {
    const site = await givenGuest(database, [book]);
    const orm = await site.init([book]);

    const found = (await postgresqlDriver.privileges?.(orm.connection, { namespaces: [] })) ?? [];
    const denied = found.filter(({ granted }) => !granted).map(({ remedy }) => remedy);

    expect(denied).toContain(`grant select on "public"."book" to "${site.guest}"`);
    expect(denied).toContain(`alter table "public"."book" owner to "${site.guest}"`);
  });
});
