import { Check, Entity, type EntityClass, Enum, Index, ManyToOne, PrimaryKey, Property, t } from '@dovetail/core';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { matching } from '../conformance/matching.js';
import { entity, id, integer, text } from '../conformance/entity.js';
import { checkEvolutions, requestedRuns } from '../convergence/check-evolutions.js';
import { mariadb, mysql, newestDatabases, postgresql } from '../databases/index.js';
import { migrationSite, type MigrationSite } from './given.js';
import { writeOfflineAndLive } from './offline.js';

const numRuns = Number(requestedRuns ?? 2);

const before = (): EntityClass[] => [entity('Author', { id, name: text(), phone: text({ nullable: true }) })];
const after = (): EntityClass[] => [
  entity('Author', {
    id,
    fullName: Property({ type: t.string, previousName: 'name' }),
    born: integer({ nullable: true }),
  }),
  entity('Book', { id, title: text() }),
];

/** The name of a migration, and with it its first line, depend on when it is written. */
const withoutName = (file: string | undefined): string => (file ?? '').split('\n').slice(1).join('\n');

const parse: (text: string) => { readonly schema: unknown; readonly stated: unknown } = JSON.parse;

describe.each(newestDatabases)('$name', (database) => {
  async function given(): Promise<MigrationSite> {
    const site = await migrationSite(database);
    onTestFinished(() => site.dispose());
    return site;
  }

  test('writes what is missing, says what is at stake, and what does not come back', async () => {
    const made = await given();
    const first = await made.open(before());
    expect((await first.migrator.create({ name: 'start' })).files).toMatchObject([
      { name: matching(/^Migration\d{14}_start$/), text: matching(/create table/i) },
    ]);
    await first.migrator.up();

    const { orm, migrator } = await made.open(after());
    const { files, plan } = await migrator.create();
    const [file] = files;
    expect(plan?.undo.irreversible).toMatchObject([{ object: 'author.phone' }]);
    expect(file?.text).toContain('-- ! author.phone: All values of "phone" are lost.\n');
    expect(file?.text).toContain('-- irreversible: author.phone: All values of "phone" are lost.\n');
    expect(await readFile(file?.path ?? '', 'utf8')).toBe(file?.text);
    expect(await migrator.up()).toEqual([file?.name]);
    expect((await orm.schema.plan()).steps).toEqual([]);
    expect(await migrator.check()).toMatchObject({ ok: true, pending: [], problems: [] });
    expect((await migrator.create()).files).toEqual([]);
  });

  test('a snapshot is not taken for the migrations where the one that it was written with is removed', async () => {
    const made = await given();
    const first = await made.open(before());
    await first.migrator.create();
    await first.migrator.up();
    const { migrator } = await made.open(after());
    const [file] = (await migrator.create({ name: 'two' })).files;
    const path = file?.path ?? '';
    const renamed = path.replace('_two', '_renamed');
    await rename(path, renamed);
    expect(await migrator.check()).toMatchObject({ ok: false, pending: [matching(/_renamed$/)] });
    expect((await migrator.create()).files).toEqual([]);

    await rm(renamed);
    await expect(migrator.check()).rejects.toMatchObject({ code: 'snapshot-invalid' });
    await expect(migrator.create()).rejects.toThrow('which is not there any more');

    await rm(join(made.folder, '.snapshot.json'));
    const [again] = (await migrator.create({ name: 'again' })).files;
    expect(withoutName(again?.text)).toBe(withoutName(file?.text));
    await migrator.up();
    expect(await migrator.check()).toMatchObject({ ok: true });
  });

  test.each(['mjs', 'js', 'ts'] as const)('writes and reads %s', async (emit) => {
    const made = await given();
    const { orm, migrator } = await made.open(before(), { emit, load: (path) => import(/* @vite-ignore */ path) });
    const { files } = await migrator.create();
    expect(files.map(({ path }) => path)).toEqual([join(made.folder, `${files[0]?.name ?? ''}.${emit}`)]);
    expect(await migrator.up()).toEqual(files.map(({ name }) => name));
    expect((await orm.schema.plan()).steps).toEqual([]);
    await migrator.down();
    expect((await made.site.introspect()).tables.map(({ name }) => name)).toEqual(['dovetail_migrations']);
  });

  test('writes from the snapshot, whatever the database holds', async () => {
    const [made, other] = [await given(), await given()];
    const plain = entity('Author', { id, name: text({ unique: true }), rating: integer({ default: 3 }) });
    for (const { open } of [made, other]) {
      const { migrator } = await open(before());
      await migrator.create();
    }
    await (await made.open(before())).migrator.up();
    const live = await made.open([plain], { snapshot: false });
    const [snapshot, unconnected] = [await other.open([plain]), await other.open([plain], { connect: false })];
    const [written, ...others] = await Promise.all(
      [live, snapshot, unconnected].map(async ({ migrator }) =>
        withoutName((await migrator.create({ dump: true })).files[0]?.text),
      ),
    );
    expect(written).toMatch(/rating/);
    expect(others).toEqual([written, written]);
  });

  test('writes without a connection: the first one, the next ones, and nothing where nothing is new', async () => {
    const made = await given();
    const checked = entity('Author', {
      id,
      name: text(),
      age: integer({ check: 'age in (1, 2, 3)', defaultRaw: '(1 + 1)' }),
    });
    const offline = async (entities: EntityClass[]) => (await made.open(entities, { connect: false })).migrator;
    await expect((await offline(before())).create()).rejects.toThrow('.snapshot.json: does not exist');
    const [first] = (await (await offline(before())).create({ initial: true })).files;
    const [second] = (await (await offline([checked])).create({ name: 'ages' })).files;
    expect((await (await offline([checked])).create()).files).toEqual([]);

    const { orm, migrator } = await made.open([checked]);
    expect(await migrator.up()).toEqual([first?.name, second?.name]);
    expect((await orm.schema.plan()).steps).toEqual([]);
    expect(await migrator.check()).toMatchObject({ ok: true });
    const [third] = (await migrator.create({ name: 'books' })).files;
    expect(third).toBeUndefined();
    await expect((await offline(before())).up()).rejects.toMatchObject({ code: 'connection-failed' });
  });

  test('what goes without a connection is gone from the snapshot, though the database words it in another way', async () => {
    const made = await given();
    const checked = [entity('Author', { id, name: text({ check: "name <> '' or name = ''" }) })];
    const { migrator } = await made.open(checked);
    await migrator.create();
    await migrator.up();
    const unchecked = [entity('Author', { id, name: text() })];
    expect((await (await made.open(unchecked, { connect: false })).migrator.create()).files).toHaveLength(1);
    const later = await made.open(unchecked);
    expect(await later.migrator.up()).toHaveLength(1);
    expect((await later.migrator.create({ dump: true })).files).toEqual([]);
    expect((await later.orm.schema.plan()).steps).toEqual([]);
  });

  test('a connection that comes later is as good as one from the start', async () => {
    const made = await given();
    const { orm, migrator } = await made.open(before(), { connect: false });
    expect(orm.isConnected()).toBe(false);
    await expect(orm.schema.updateSchema()).rejects.toMatchObject({ code: 'connection-failed' });
    await migrator.create({ initial: true });
    await orm.schema.ensureDatabase();
    expect(await migrator.up()).toHaveLength(1);
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    const connected = await made.open(before());
    expect(orm.entityOptions.schema).toBe(connected.orm.entityOptions.schema);
  });

  test('refuses a rename without a connection', async () => {
    const made = await given();
    await (await made.open(before())).migrator.create();
    const { migrator } = await made.open(after(), { connect: false });
    await expect(migrator.create()).rejects.toMatchObject({
      code: 'connection-failed',
      problems: [{ where: 'author.name' }],
    });
  });

  test(
    `writes from the snapshot what it writes from the database, for ${numRuns} random evolutions`,
    () => checkEvolutions(database, numRuns, writeOfflineAndLive),
    Infinity,
  );

  test('keeps the snapshot readable, and the same for the same schema', async () => {
    const [made, other] = [await given(), await given()];
    for (const { open } of [made, other]) {
      await (await open(before(), { fileName: () => 'Migration1' })).migrator.create();
    }
    const [snapshot, same] = await Promise.all(
      [made, other].map(({ folder }) => readFile(join(folder, '.snapshot.json'), 'utf8')),
    );
    expect(snapshot).toBe(same);
    expect(snapshot).toContain('\n            "name": "phone",\n');
  });

  test('keeps nothing in the snapshot of how a column was called, and of what fills it', async () => {
    const [made, other] = [await given(), await given()];
    const hinted = Property({ type: t.string, previousName: 'name', backfill: "'nobody'" });
    await (await made.open([entity('Author', { id, fullName: text() })])).migrator.create();
    await (await other.open([entity('Author', { id, fullName: hinted })])).migrator.create();
    const [plain, same] = await Promise.all(
      [made, other].map(async ({ folder }) => {
        const { schema, stated } = parse(await readFile(join(folder, '.snapshot.json'), 'utf8'));
        return { schema, stated };
      }),
    );
    expect(same).toEqual(plain);
    expect(plain?.schema).toMatchObject({ tables: [{ name: 'author' }] });
  });

  test('refuses a rename from a snapshot that the database is not at', async () => {
    const made = await given();
    await (await made.open(before())).migrator.create();
    const { migrator } = await made.open(after());
    await expect(migrator.create()).rejects.toMatchObject({
      code: 'snapshot-invalid',
      problems: [{ where: 'author' }],
    });
  });

  test('refuses a snapshot that it cannot read', async () => {
    const made = await given();
    const { migrator } = await made.open(before());
    await writeFile(join(made.folder, '.snapshot.json'), '{ "version": 2, "database": "Other" }');
    await expect(migrator.create()).rejects.toMatchObject({ code: 'snapshot-invalid' });
    await writeFile(join(made.folder, '.snapshot.json'), '{');
    await expect(migrator.create()).rejects.toMatchObject({ code: 'snapshot-invalid' });
  });

  test('writes nothing from a database that is behind', async () => {
    const made = await given();
    const { migrator } = await made.open(before(), { snapshot: false });
    await migrator.create();
    await expect(migrator.create()).rejects.toMatchObject({ code: 'migration-pending' });
    expect(await migrator.check()).toMatchObject({ ok: false, plan: undefined, pending: [matching(/./)] });
  });

  test('tells a script of what no migration brings', async () => {
    const made = await given();
    const first = await made.open(before());
    await first.migrator.create();
    await first.migrator.up();
    const { migrator } = await made.open([...before(), entity('Book', { id })]);
    const { ok, plan } = await migrator.check();
    expect(ok).toBe(false);
    expect(plan?.steps).toMatchObject([{ description: matching(/book/) }]);
  });

  test('writes a blank one, and gives a text without writing it', async () => {
    const made = await given();
    const { migrator } = await made.open(before());
    const dumped = await migrator.create({ dump: true });
    expect(dumped.files[0]?.text).toMatch(/create table/i);
    const { files } = await migrator.create({ blank: true, name: 'by hand' });
    expect(files[0]?.text).toContain('-- dovetail:up\n');
    expect(await readdir(made.folder)).toEqual([`${files[0]?.name ?? ''}.sql`]);
  });

  test('writes the first one of a database that exists, which is taken for granted there', async () => {
    const made = await given();
    const { orm, migrator } = await made.open(before());
    await orm.schema.createSchema();
    const { files } = await migrator.create({ initial: true });
    expect(files[0]?.text).toMatch(/create table/i);
    await migrator.baseline();
    expect(await migrator.up()).toEqual([]);
    expect(await migrator.check()).toMatchObject({ ok: true });
    await expect(migrator.create({ initial: true })).rejects.toMatchObject({ code: 'already-exists' });
  });

  test('names and words them as the options say', async () => {
    const made = await given();
    const { migrator } = await made.open(before(), {
      fileName: (timestamp, name = 'x') => `${name}-${timestamp}`,
      template: ({ name, up }) => `-- ${name}\n-- dovetail:up\n${up[0]?.sql ?? ''}\n`,
    });
    const { files } = await migrator.create({ name: 'start' });
    expect(files[0]?.name).toMatch(/^start-\d{14}$/);
    expect(await migrator.up()).toEqual([files[0]?.name]);
  });
});

test.each([mysql, mariadb])(
  'a foreign key is written without a connection where the type of a text says its character set, on $name',
  async (database) => {
    const made = await migrationSite(database);
    onTestFinished(() => made.dispose());
    const columnType = 'varchar(100) character set utf8mb4';
    const table = Entity({ charset: 'utf8mb4', collation: 'utf8mb4_bin' });
    const author = entity('Author', { name: PrimaryKey({ columnType }) }, table);
    const related = entity('Author', { name: PrimaryKey({ columnType }), mentor: ManyToOne(() => related) }, table);
    await (await made.open([author])).migrator.create();
    await (await made.open([related], { connect: false })).migrator.create();

    const { orm, migrator } = await made.open([related]);
    expect(await migrator.up()).toHaveLength(2);
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  },
);

describe.each(postgresql)('what the server prints in its own way, on $name', (database) => {
  async function given(): Promise<MigrationSite> {
    const site = await migrationSite(database);
    onTestFinished(() => site.dispose());
    return site;
  }

  const view = (name: string, expression: string, type = 'integer'): EntityClass =>
    entity(name, { z: Property({ type }) }, Entity({ view: true, expression, tableName: name }));

  test('views are written once, before they exist as well', async () => {
    const made = await given();
    const entities = [
      entity('Thing', { id, size: integer() }),
      view('w', 'select size as z from thing'),
      view('b', 'select z from w'),
    ];
    const { migrator } = await made.open(entities);
    expect((await migrator.create()).files).toHaveLength(1);
    expect((await migrator.create()).files).toEqual([]);
    await migrator.up();
    expect((await made.site.introspect()).views.map(({ name }) => name)).toEqual(['b', 'w']);
  });

  test('a native enum changes before it exists', async () => {
    const made = await given();
    const withState = (array: boolean): EntityClass[] => [
      entity('Thing', { id, state: Enum({ items: ['a', 'b'], nativeEnumName: 'state', array }) }),
    ];
    await (await made.open(withState(false))).migrator.create();
    const { orm, migrator } = await made.open(withState(true));
    await migrator.create();
    await migrator.up();
    expect((await orm.schema.plan()).steps).toEqual([]);
  });

  test('the values of a native enum that a check compares change their order', async () => {
    const made = await given();
    const withState = (...items: string[]): EntityClass[] => [
      entity(
        'Thing',
        { id, state: Enum({ items, nativeEnumName: 'state' }) },
        Check({ name: 'no_b', expression: "state <> 'b'" }),
      ),
    ];
    const first = await made.open(withState('a', 'b'));
    await first.migrator.create();
    await first.migrator.up();
    const { orm, migrator } = await made.open(withState('b', 'a'));
    await migrator.create();
    await migrator.up();
    expect((await orm.schema.plan()).steps).toEqual([]);
    await migrator.down();
    expect((await first.orm.schema.plan()).steps).toEqual([]);
  });

  test('a native enum becomes a text under the condition of an index', async () => {
    const made = await given();
    const withState = (nativeEnumName?: string): EntityClass[] => [
      entity(
        'Thing',
        { id, state: Enum({ items: ['a', 'b'], nativeEnumName }) },
        Index({ name: 'no_b', properties: ['id'], where: "state <> 'b'" }),
      ),
    ];
    const first = await made.open(withState('state'));
    await first.migrator.create();
    await first.migrator.up();
    const { orm, migrator } = await made.open(withState());
    await migrator.create();
    await migrator.up();
    expect((await orm.schema.plan()).steps).toEqual([]);
  });

  test('the kind of partitions may be written in small letters', async () => {
    const made = await given();
    const partitioned = (comment?: string): EntityClass[] => [
      entity(
        'Thing',
        { id: PrimaryKey({ type: t.integer, autoincrement: false }) },
        Entity({ partitionBy: 'range(id)', comment }),
      ),
    ];
    const first = await made.open(partitioned());
    await first.migrator.create();
    await first.migrator.up();
    const { orm, migrator } = await made.open(partitioned('of all kinds'));
    await migrator.create();
    await migrator.up();
    expect((await orm.schema.plan()).steps).toEqual([]);
  });

  test('views that read each other come back in order with the column that was renamed', async () => {
    const made = await given();
    const entities = (column: string, type: string, previousName?: string): EntityClass[] => [
      entity('Thing', { id, [column]: Property({ type, previousName }) }),
      view('w', `select ${column} as z from thing`, type),
      entity(
        'Mv',
        { z: Property({ type }) },
        Entity({ view: { materialized: true }, expression: 'select z from w', tableName: 'mv' }),
      ),
    ];
    const first = await made.open(entities('size', 'integer'));
    await first.migrator.create();
    await first.migrator.up();
    const { migrator } = await made.open(entities('height', 'bigint', 'size'));
    await migrator.create();
    await migrator.up();
    await migrator.down();
    expect((await first.orm.schema.plan()).steps).toEqual([]);
  });
});
