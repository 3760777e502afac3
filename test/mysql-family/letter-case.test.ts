import {
  Check,
  Entity,
  type EntityClass,
  Index,
  ManyToMany,
  ManyToOne,
  PrimaryKey,
  Property,
  t,
  Trigger,
} from '@dovetail/core';
import { generateEntities } from '@dovetail/entity-generator';
import { mariadbDriver } from '@dovetail/mariadb';
import { createMigrator } from '@dovetail/migrations';
import { mysqlDriver } from '@dovetail/mysql';
import { createSeeder, type SeedDatabase, type Seeder } from '@dovetail/seeder';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, type Members, text } from '../conformance/entity.js';
import { failureOf, type Given, given, givenNothing } from '../conformance/given.js';
import { mariadb, mysql } from '../databases/index.js';
import { mariadbAt, mysqlAt } from '../databases/mysql-family.js';
import { goRound } from '../entity-generator/round-trip.js';
import { createWorkplace, type Workplace } from '../entity-generator/workplace.js';
import { startMariadb, startMysql } from '../servers/mysql-family.js';
import type { RunningServer } from '../servers/server-process.js';
import { serverUrl } from '../servers/url.js';

const cache = fileURLToPath(new URL('../../.cache/servers', import.meta.url));

/** An entity of that table. */
function table(tableName: string, members: Members = {}, ...decorators: readonly ClassDecorator[]): EntityClass {
  return entity(`Of${tableName}`, { id, ...members }, Entity({ tableName }), ...decorators);
}

function renamed(tableName: string, previousName: string, members: Members): EntityClass {
  return entity(`Of${tableName}`, { id, ...members }, Entity({ tableName, previousName }));
}

function view(tableName: string, expression: string): EntityClass {
  const shown = { name: Property({ type: t.string }) };
  return entity(`Of${tableName}`, shown, Entity({ tableName, view: true, expression }));
}

const name = text({ length: 50 });

async function tablesOf(site: Given): Promise<readonly string[]> {
  const { tables } = await site.schema();
  return tables.map((each) => each.name);
}

describe.each([mysql, mariadb])('tables whose names differ in case alone, on $name', (database) => {
  test('are two tables: each is created, changed and dropped by itself', async () => {
    const site = await given(database, [table('Users', { name }), table('users', { name })]);
    await site.insert('Users', { id: 1, name: 'upper' });
    await site.insert('users', { id: 1, name: 'lower' }, { id: 2, name: 'lower too' });

    await site.become([table('Users', { name, age: integer({ nullable: true }) }), table('users', { name })]);
    expect(await site.rows('Users')).toEqual([{ id: 1, name: 'upper', age: null }]);
    expect(await site.rows('users')).toEqual([
      { id: 1, name: 'lower' },
      { id: 2, name: 'lower too' },
    ]);

    await site.become([table('users', { name })], { allow: ['data-loss'] });
    expect(await tablesOf(site)).toEqual(['users']);
    expect(await site.count('users')).toBe(2);
  });

  test('have their own keys, indexes, checks and triggers', async () => {
    const order = (tableName: string, limit: number): EntityClass =>
      table(
        tableName,
        { code: text({ length: 20 }), amount: integer() },
        Index({ properties: 'code' }),
        Check({ expression: `amount < ${limit}` }),
      );
    const line = (tableName: string, target: EntityClass, ...decorators: readonly ClassDecorator[]): EntityClass =>
      table(tableName, { order: ManyToOne(() => target) }, ...decorators);
    const [upper, lower] = [order('Order', 10), order('order', 20)];
    const counting = (counted: string): ClassDecorator =>
      Trigger({
        name: 'count_lines',
        timing: 'after',
        events: ['insert'],
        body: database.triggerBody(`update \`${counted}\` set amount = amount + 1`),
      });
    const site = await given(database, [upper, lower, line('Line', upper, counting('Order')), line('line', lower)]);
    await site.insert('Order', { id: 1, code: 'a', amount: 1 });
    await site.insert('order', { id: 2, code: 'b', amount: 15 });
    await site.insert('Line', { id: 1, order_id: 1 });
    await site.insert('line', { id: 1, order_id: 2 });
    await site.rejects('insert into `Line` values (2, 2)');
    await site.rejects('insert into `line` values (2, 1)');
    await site.rejects('update `Order` set amount = 15');
    expect(await site.values('Order', 'amount')).toEqual([2]);

    await site.execute('delete from `Line`');
    await site.become([upper, lower, line('Line', lower, counting('order')), line('line', lower)]);
    await site.insert('Line', { id: 1, order_id: 2 });
    expect(await site.values('Order', 'amount')).toEqual([2]);
    expect(await site.values('order', 'amount')).toEqual([16]);
  });

  test('are no substitute for each other', async () => {
    const site = await given(database, [table('users', { name })]);
    await site.insert('users', { id: 1, name: 'lower' });
    await site.become([table('Users', { name }), table('users', { name })]);
    expect(await site.count('Users')).toBe(0);
    expect(await site.count('users')).toBe(1);
    await site.refuses([table('Users', { name })]);
  });

  test('are looked over by the very name that is to be skipped', async () => {
    const site = await given(database, [table('Users'), table('users')]);
    await site.become([table('Users')], { config: { skipTables: ['users'] } });
    expect(await tablesOf(site)).toEqual(['Users', 'users']);
    await site.become([table('Users')], { config: { skipTables: ['USERS'] } });
    expect(await tablesOf(site)).toEqual(['Users']);
  });

  test('are read by the views that name them', async () => {
    const tables = [table('Users', { name }), table('users', { name })];
    const views = (read: string): readonly EntityClass[] => [
      view('Names', `select name from \`${read}\``),
      view('names', `select \`users\`.name from \`users\``),
    ];
    const site = await given(database, [...tables, ...views('users')]);
    await site.insert('Users', { id: 1, name: 'upper' });
    await site.insert('users', { id: 1, name: 'lower' });
    expect(await site.values('Names', 'name')).toEqual(['lower']);
    await site.become([...tables, ...views('Users')]);
    expect(await site.values('Names', 'name')).toEqual(['upper']);
    expect(await site.values('names', 'name')).toEqual(['lower']);
  });

  test.each([
    ['previousName', renamed('Users', 'users', { name }), {}, { assumeRenames: false }],
    ['the option', table('Users', { name }), { renames: { users: 'Users' } }, { assumeRenames: false }],
    ['its definition alone', table('Users', { name }), {}, {}],
  ] as const)('one is renamed to the other by %s, and what hangs on it follows', async (_, users, told, options) => {
    const before = table('users', { name });
    const post = (author: EntityClass): EntityClass => table('post', { author: ManyToOne(() => author) });
    const site = await given(database, [before, post(before)]);
    await site.execute(
      'create table `likes` (`id` int primary key, `user` int unsigned, foreign key (`user`) references `users` (`id`))',
      'create view `names` as select `users`.`name` from `users`',
    );
    await site.insert('users', { id: 1, name: 'Ann' });
    await site.insert('post', { id: 1, author_id: 1 });

    const skipping = { ...options, config: { skipTables: ['likes'] } };
    await (await site.init([users, post(users)], skipping)).schema.updateSchema({ ...options, ...told });
    await site.alreadyIs([users, post(users)], skipping);
    expect(await tablesOf(site)).toEqual(['Users', 'likes', 'post']);
    expect(await site.rows('Users')).toEqual([{ id: 1, name: 'Ann' }]);
    expect(await site.values('names', 'name')).toEqual(['Ann']);
    await site.insert('likes', { id: 1, user: 1 });
    await site.rejects('insert into `likes` values (2, 2)');
    await site.rejects('insert into `post` values (2, 2)');
  });

  test('keep the constraints that the server has named', async () => {
    const site = await givenNothing(database);
    await site.execute(
      'create table `Tree` (id int unsigned auto_increment primary key, `parent_id` int unsigned, ' +
        'height int not null, foreign key (parent_id) references `Tree` (id), check (height > 0))',
    );
    await site.insert('Tree', { id: 1, height: 9 }, { id: 2, parent_id: 1, height: 8 });
    const tree: EntityClass = entity(
      'Tree',
      { id, parent: ManyToOne(() => tree, { nullable: true }), height: integer() },
      Entity({ tableName: 'tree', previousName: 'Tree' }),
      Check({ expression: 'height > 0' }),
    );
    await site.become([tree]);
    expect(await site.values('tree', 'parent_id')).toEqual([null, 1]);
    await site.rejects('insert into `tree` values (3, 9, 7)');
    await site.rejects('insert into `tree` values (3, 1, 0)');
  });

  test('exchange their names', async () => {
    const site = await given(database, [table('Users', { name }), table('users', { age: integer() })]);
    await site.insert('Users', { id: 1, name: 'Ann' });
    await site.insert('users', { id: 1, age: 7 });
    await site.become([renamed('users', 'Users', { name }), renamed('Users', 'users', { age: integer() })]);
    expect(await site.rows('users')).toEqual([{ id: 1, name: 'Ann' }]);
    expect(await site.rows('Users')).toEqual([{ id: 1, age: 7 }]);
  });

  test('have columns that are renamed by the path of their table', async () => {
    const site = await given(database, [table('Users', { name }), table('users', { name })]);
    await site.insert('Users', { id: 1, name: 'upper' });
    await site.insert('users', { id: 1, name: 'lower' });
    const renames = { 'Users.name': 'title', 'users.name': 'label' };
    const entities = [table('Users', { title: name }), table('users', { label: name })];
    await (await site.init(entities)).schema.updateSchema({ renames, assumeRenames: false });
    expect(await site.rows('Users')).toEqual([{ id: 1, title: 'upper' }]);
    expect(await site.rows('users')).toEqual([{ id: 1, label: 'lower' }]);
  });

  test('have no names of columns and indexes that differ in case alone', async () => {
    const site = await given(database, [table('users', { name }, Index({ name: 'by_name', properties: 'name' }))]);
    const other = { title: text({ length: 50, name: 'NAME' }) };
    await site.alreadyIs([table('users', other, Index({ name: 'BY_NAME', properties: 'title' }))]);
  });
});

describe.each([mysql, mariadb])('databases whose names differ in case alone, on $name', (database) => {
  test('are two databases', async () => {
    const site = await givenNothing(database);
    const upper = `Letters-${randomUUID()}`;
    const lower = upper.toLowerCase();
    onTestFinished(() => site.execute(`drop database if exists \`${upper}\``, `drop database if exists \`${lower}\``));
    const shelf = (schema: string, members: Members = {}): EntityClass =>
      entity(`Of${schema}`, { id, ...members }, Entity({ tableName: 'shelf', schema }));

    await site.become([shelf(upper)]);
    await site.execute(`insert into \`${upper}\`.shelf values (1)`);
    await site.become([shelf(upper), shelf(lower, { name })]);
    await site.execute(`insert into \`${lower}\`.shelf values (1, 'lower')`);
    await site.become([shelf(lower)], { allow: ['data-loss'] });
    expect(await site.connection.query(`select * from \`${upper}\`.shelf`)).toEqual([{ id: 1 }]);
    expect(await site.connection.query(`select * from \`${lower}\`.shelf`)).toEqual([{ id: 1 }]);
  });
});

test.each([
  { server: 'MYSQL', driver: mysqlDriver },
  { server: 'MARIADB', driver: mariadbDriver },
] as const)('a missing database is made beside one of another case, on $driver.name', async ({ server, driver }) => {
  const upper = { url: serverUrl(server), dbName: `Letters-${randomUUID()}` };
  const lower = { ...upper, dbName: upper.dbName.toLowerCase() };
  for (const options of [upper, lower]) {
    onTestFinished(() => driver.dropDatabase(options));
    expect(await driver.ensureDatabase(options)).toBe(true);
    expect(await driver.ensureDatabase(options)).toBe(false);
  }
});

describe.each([mysql, mariadb])('entities of tables whose names differ in case alone, on $name', (database) => {
  let workplace: Workplace;

  beforeAll(() => {
    workplace = createWorkplace();
  });

  afterAll(() => workplace.dispose());

  test('make the same database, from files that no system takes for one', async () => {
    const [original, copy] = [await database.create(), await database.create()];
    onTestFinished(() => original.dispose());
    onTestFinished(() => copy.dispose());
    await original.runScript(`
      create table \`Order\` (id int primary key, code varchar(20) not null, key by_code (code));
      create table \`order\` (id int primary key, parent int, foreign key (parent) references \`Order\` (id));
      create table \`ORDER\` (id int primary key, parent int, constraint by_parent foreign key (parent) references \`order\` (id));
      create table \`parts\` (id int primary key);
      create view \`Orders\` as select id, code from \`Order\`;
      create view \`orders\` as select id, parent from \`order\`;
      create view \`Parts\` as select id as part from \`parts\`;`);
    const { files } = await goRound({ database, original, copy, workplace, set: database.name });
    expect(new Set(files.map(({ path }) => path.toLowerCase())).size).toBe(7);
    const rows = await copy.connection.query('select `code` from `Orders` union all select `part` from `Parts`');
    expect(rows).toEqual([]);
    expect(workplace.typeErrors()).toEqual([]);
  });
});

describe.each([
  { name: 'MySQL', start: startMysql, databaseAt: mysqlAt, driver: mysqlDriver },
  { name: 'MariaDB', start: startMariadb, databaseAt: mariadbAt, driver: mariadbDriver },
])('a server of $name that keeps names of tables in lower case', ({ start, databaseAt, driver }) => {
  const database = databaseAt(() => server.url);
  let server: RunningServer;

  // The first time, the server fills a data folder for itself.
  beforeAll(async () => {
    server = await start(cache, ['--lower-case-table-names=1']);
  }, 180_000);

  afterAll(() => server.stop());

  const users = (members: Members = {}, ...decorators: readonly ClassDecorator[]): EntityClass =>
    table('Users', { name, ...members }, ...decorators);
  const post = (author: EntityClass): EntityClass =>
    table('BlogPost', {
      author: ManyToOne(() => author),
      readers: ManyToMany(() => author, { pivotTable: 'Readers' }),
    });

  test('has what entities want whose names are in another case', async () => {
    const before = users();
    const site = await given(database, [before, post(before), view('Names', 'select name from Users')]);
    expect(await tablesOf(site)).toEqual(['blogpost', 'readers', 'users']);
    await site.insert('Users', { id: 1, name: 'Ann' });
    await site.insert('BlogPost', { id: 1, author_id: 1 });

    const after = users({ age: integer({ default: 7 }) });
    await site.become([after, post(after), view('Names', 'select name from Users where age > 1')]);
    expect(await site.rows('users')).toEqual([{ id: 1, name: 'Ann', age: 7 }]);
    expect(await site.values('names', 'name')).toEqual(['Ann']);
    await site.rejects('insert into BlogPost values (2, 2)');

    const orm = await site.init([after, post(after), view('Names', 'select name from Users')]);
    await orm.schema.clearDatabase();
    expect(await site.count('blogpost')).toBe(0);
    await orm.schema.dropSchema();
    expect(await tablesOf(site)).toEqual([]);
  });

  test('has nothing to do where a name changes its case alone', async () => {
    const site = await given(database, [table('users', { name })]);
    await site.insert('users', { id: 1, name: 'Ann' });
    await site.alreadyIs([users()]);
    await site.alreadyIs([renamed('Users', 'users', { name })]);
    await site.alreadyIs([users()], { renames: { users: 'Users' } });
    const error = await failureOf(async () => (await site.init([users()])).schema.createSchema());
    expect(error.code).toBe('already-exists');
  });

  test('takes former names in any case', async () => {
    const site = await given(database, [users(), table('Groups', { name })]);
    await site.insert('users', { id: 1, name: 'Ann' });
    await site.insert('groups', { id: 1, name: 'all' });
    const entities = [
      table('People', { fullName: text({ length: 50, name: 'fullName' }) }),
      renamed('Teams', 'GROUPS', { name }),
    ];
    const renames = { Users: 'People', 'Users.name': 'People.fullName' };
    await (await site.init(entities)).schema.updateSchema({ renames, assumeRenames: false });
    await site.alreadyIs(entities);
    expect(await site.rows('people')).toEqual([{ id: 1, fullName: 'Ann' }]);
    expect(await site.values('teams', 'name')).toEqual(['all']);
  });

  test('refuses two entities whose tables would be one', async () => {
    const site = await givenNothing(database);
    const error = await site.refuses([table('Users'), table('users')]);
    expect(error.code).toBe('invalid-metadata');
    expect(error.problems.map(({ where }) => where)).toEqual(['Ofusers']);
    expect(await tablesOf(site)).toEqual([]);
  });

  test('skips tables and columns by names in any case', async () => {
    const site = await given(database, [users(), table('Groups', { name })]);
    await site.become([users({ name: text({ length: 60 }) })], {
      config: { skipTables: ['Groups'], skipColumns: { Users: ['name'] } },
    });
    expect(await tablesOf(site)).toEqual(['groups', 'users']);
    expect((await site.column('users', 'name')).type).toBe('varchar(50)');
  });

  test('keeps migrations in a table of another case, and rows of seeders in theirs', async () => {
    const site = await database.create();
    const path = await mkdtemp(join(tmpdir(), 'dovetail-letter-case-'));
    onTestFinished(() => rm(path, { recursive: true }));
    onTestFinished(() => site.dispose());
    class Shelf {
      @PrimaryKey() declare id: number;
    }
    Entity({ tableName: 'BookShelf' })(Shelf);
    const orm = await site.init({ entities: [Shelf], migrations: { path, emit: 'sql', tableName: 'Migrations' } });
    const migrator = createMigrator(orm);
    await migrator.create();
    expect(await migrator.up()).toHaveLength(1);
    expect(await migrator.up()).toHaveLength(0);
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');

    class ShelfSeeder implements Seeder {
      async run(db: SeedDatabase): Promise<void> {
        await db.insert(Shelf, [{ id: 5 }]);
      }
    }
    await createSeeder(orm).run(ShelfSeeder);
    expect(await site.connection.query('select * from bookshelf')).toEqual([{ id: 5 }]);
    await orm.schema.dropSchema({ dropMigrationsTable: true });
    expect((await site.introspect()).tables).toEqual([]);
  });

  test('makes a database once, whatever the case of its name', async () => {
    const options = { url: server.url, dbName: `Letters-${randomUUID()}` };
    expect(await driver.ensureDatabase(options)).toBe(true);
    expect(await driver.ensureDatabase(options)).toBe(false);
    await driver.dropDatabase(options);
  });

  test('gives entities whose tables are in lower case', async () => {
    const site = await database.create();
    onTestFinished(() => site.dispose());
    await site.runScript('create table `Order` (id int primary key); create view `Orders` as select id from `Order`');
    const orm = await site.init({ entities: [], discovery: { warnWhenNoEntities: false } });
    const { files, differences } = await generateEntities(orm);
    expect(differences).toEqual([]);
    expect(files).toHaveLength(2);
  });

  test('has databases under names in any case', async () => {
    const site = await givenNothing(database);
    const entities = [entity('Shelf', { id }, Entity({ tableName: 'Shelf', schema: 'LetterCase' }))];
    onTestFinished(() => site.execute('drop database if exists lettercase'));
    await site.become(entities);
    await site.execute('insert into lettercase.shelf values (1)');
    await site.alreadyIs(entities);
    await site.alreadyIs(entities, { schema: 'LetterCase' });
  });
});
