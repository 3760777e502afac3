import {
  Check,
  Entity,
  type EntityClass,
  Index,
  ManyToOne,
  type ManyToOneOptions,
  type Plan,
  PrimaryKey,
  Property,
  type PropertyOptions,
} from '@dovetail/core';
import { mariadbDriver } from '@dovetail/mariadb';
import { mysqlDriver } from '@dovetail/mysql';
import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, integer, type MemberDecorator, type Members, text } from '../conformance/entity.js';
import { failureOf, given, givenNothing } from '../conformance/given.js';
import { mariadb, mysql } from '../databases/index.js';

const item = (members: Members, ...decorators: readonly ((target: EntityClass) => void)[]): EntityClass =>
  entity('Item', { id, ...members }, ...decorators);

const raw = (columnType: string, options: PropertyOptions = {}): MemberDecorator =>
  Property({ columnType, ...options });

const hazards = ({ steps }: Plan): readonly string[] => steps.flatMap((step) => step.hazards.map(({ kind }) => kind));

describe.each([mysql, mariadb])('columns on $name', (database) => {
  const attributes: Readonly<Record<string, PropertyOptions>> = {
    'what it does on update': { defaultRaw: 'now(3)', extra: 'on update now(3)' },
    'its invisibility': { invisible: true, defaultRaw: 'now(3)' },
    'the expression that computes it': { nullable: true, generated: `('2024-02-29') stored` },
  };

  test.each(Object.entries(attributes))('a rename and a comment leave a column %s', async (_, options) => {
    const site = await given(database, [item({ before: raw('datetime(3)', options), note: text() })]);
    await site.insert('item', { id: 1, note: 'n' });
    const column = await site.column('item', 'before');
    const values = await site.connection.query('select `before` as value from item');

    await site.become([item({ after: raw('datetime(3)', { ...options, previousName: 'before' }), note: text() })]);
    expect(await site.column('item', 'after')).toEqual({ ...column, name: 'after' });
    await site.become([item({ after: raw('datetime(3)', { ...options, comment: "it's" }), note: text() })]);
    expect(await site.column('item', 'after')).toEqual({ ...column, name: 'after', comment: "it's" });
    expect(await site.connection.query('select `after` as value from item')).toEqual(values);
  });

  test('a rename and a comment leave a column its collation', async () => {
    const collated = { charset: 'latin1', collation: 'latin1_german2_ci' };
    const site = await given(database, [item({ before: text(collated) })]);
    await site.insert('item', { id: 1, before: 'ä' });
    await site.become([item({ after: text({ ...collated, previousName: 'before' }) })]);
    await site.become([item({ after: text({ ...collated, comment: 'c' }) })]);
    expect(await site.column('item', 'after')).toMatchObject(collated);
    expect(await site.connection.query("select id from item where after = 'ae'")).toEqual([{ id: 1 }]);
  });

  test('the numbering of rows moves to another column, and back', async () => {
    const numbered = (first: boolean): readonly EntityClass[] => [
      entity('Item', {
        first: PrimaryKey({ type: 'integer', autoincrement: first }),
        second: Property({ type: 'integer', unsigned: true, autoincrement: !first, unique: true }),
      }),
    ];
    const site = await given(database, numbered(true));
    await site.insert('item', { second: 5 });
    await site.become(numbered(false));
    await site.insert('item', { first: 7 });
    await site.become(numbered(true));
    await site.insert('item', { second: 9 });
    expect(await site.rows('item')).toEqual([
      { first: 1, second: 5 },
      { first: 7, second: 6 },
      { first: 8, second: 9 },
    ]);
  });

  test('their order is no difference', async () => {
    const site = await given(database, [item({ a: text(), b: integer() })]);
    await site.alreadyIs([item({ b: integer(), a: text() })]);
    await site.execute('alter table item modify column b int not null first');
    await site.alreadyIs([item({ a: text(), b: integer() })]);
  });

  test('the items of an enum and of a set are kept to the letter', async () => {
    const items = [`a,b`, `it's`, `say "x"`, `back\\slash`, 'ü日本', ' a', '%_', ''];
    const list = items.map((text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
    const set = list.filter((text) => !text.includes(',') && text !== "''");
    const site = await given(database, [
      item({ kind: raw(`enum(${list.join(',')})`), kinds: raw(`set(${set.join(',')})`) }),
    ]);
    for (const value of items) await site.insert('item', { kind: value, kinds: value.includes(',') ? '' : value });
    expect(await site.values('item', 'kind')).toEqual(items);
    const more = [...list, "'new'"].join(',');
    await site.become([item({ kind: raw(`enum(${more})`), kinds: raw(`set(${set.join(',')})`) })]);
    expect(await site.values('item', 'kind')).toEqual(items);
  });
});

describe.each([mysql, mariadb])('a stored column that is computed of rows that exist on $name', (database) => {
  const [n, s] = [integer({ nullable: true }), text({ nullable: true })];
  const [first, second] = [entity('First', { id }), entity('First', { id, more: integer({ nullable: true }) })];

  const outOfRange = 'computes a value that is out of the range of';
  const tooLong = 'computes a value that is too long for';
  const cases: readonly (readonly [problem: string, computed: MemberDecorator])[] = [
    [`1 row ${outOfRange} int`, integer({ nullable: true, generated: '(n * 2) stored' })],
    [`1 row ${outOfRange} tinyint`, Property({ columnType: 'tinyint', nullable: true, generated: '(n / 7) stored' })],
    [
      `1 row ${outOfRange} decimal(4,1)`,
      Property({ columnType: 'decimal(4,1)', nullable: true, generated: '(n) stored' }),
    ],
    [`1 row ${tooLong} varchar(3)`, text({ nullable: true, length: 3, generated: '(upper(s)) stored' })],
  ];

  test.each(cases)('is refused before anything is done where it has no room: %s', async (problem, computed) => {
    const site = await given(database, [first, item({ n, s })]);
    await site.insert('item', { id: 1, n: 2_000_000_000, s: 'long one' }, { id: 2, n: 1, s: 'ab ' }, { id: 3 });

    const error = await site.refuses([second, item({ n, s, computed })], { allow: ['data-loss'] });

    expect(error.problems).toMatchObject([{ where: 'item.computed', what: problem }]);
  });

  test('is added where a value is rounded, or has spaces too many', async () => {
    const site = await given(database, [first, item({ n, s })]);
    await site.insert('item', { id: 1, n: 889, s: 'ab   ' });

    await site.become([
      second,
      item({
        n,
        s,
        seventh: Property({ columnType: 'tinyint', nullable: true, generated: '(n / 7) stored' }),
        same: text({ nullable: true, length: 3, generated: '(s) stored' }),
      }),
    ]);

    expect(await site.rows('item')).toMatchObject([{ seventh: 127, same: 'ab ' }]);
  });

  if (database !== mysql) return;

  test('is refused before anything is done where it is null, and may not be', async () => {
    const site = await given(database, [first, item({ n })]);
    await site.insert('item', { id: 1, n: null });

    const error = await site.refuses([second, item({ n, computed: integer({ generated: '(n * 2) stored' }) })]);

    expect(error.problems).toMatchObject([
      { where: 'item.computed', what: '1 row computes null, which the column does not allow' },
    ]);
  });
});

describe.each([mysql, mariadb])('what is computed from a later column on $name', (database) => {
  const kind = (generated: string): MemberDecorator => integer({ nullable: true, generated });

  test('is created', async () => {
    const site = await given(database, [
      item({ sum: kind('(twice + 1) virtual'), twice: kind('(n * 2) stored'), n: integer({ defaultRaw: '(1 + 1)' }) }),
    ]);
    await site.insert('item', { id: 1 });
    expect(await site.rows('item')).toMatchObject([{ n: 2, twice: 4, sum: 5 }]);
  });

  test('is altered: it, what it reads, and what reads it', async () => {
    const model = (twice: string, defaultRaw: string): EntityClass =>
      item({
        twice: kind(`(${twice}) virtual`),
        sum: kind('(twice + 1) virtual'),
        n: integer(),
        m: integer({ defaultRaw }),
      });
    const site = await given(database, [model('n * 2', '5')]);
    await site.insert('item', { id: 1, n: 3, m: 4 });
    await site.become([model('m * 2', '5')]);
    expect(await site.rows('item')).toMatchObject([{ n: 3, m: 4, twice: 8, sum: 9 }]);
    await site.become([model('m * 2', '(2 + 3)')]);
    await site.become([model('n * 2', '(2 + 3)')]);
    const plan = await site.become([model('m * 3', '(2 + 4)')]);
    expect(plan.steps.map(({ sql }) => sql)).toHaveLength(1);
    expect(await site.rows('item')).toMatchObject([{ n: 3, m: 4, twice: 12, sum: 13 }]);
  });

  test('is added with it', async () => {
    const site = await given(database, [item({ n: integer() })]);
    await site.insert('item', { id: 1, n: 3 });
    await site.become([item({ n: integer(), twice: kind('(m * 2) virtual'), m: integer({ defaultRaw: '(1 + 1)' }) })]);
    expect(await site.rows('item')).toMatchObject([{ n: 3, m: 2, twice: 4 }]);
  });
});

describe.each([mysql, mariadb])('tables on $name', (database) => {
  test('their options are compared where the entity states them', async () => {
    const stated = {
      engine: 'InnoDB',
      rowFormat: 'compressed',
      charset: 'latin1',
      collation: 'latin1_bin',
      comment: 'c',
    };
    const site = await given(database, [item({ name: text() })]);
    await site.insert('item', { id: 1, name: 'é' });
    const { options } = await site.table('item');

    await site.become([item({ name: text() }, Entity(stated))]);
    const { comment, ...changed } = stated;
    expect(await site.table('item')).toMatchObject({ comment, options: changed });

    await site.become([item({ name: text() }, Entity({ ...stated, rowFormat: 'dynamic', comment: 'd' }))]);
    expect(await site.table('item')).toMatchObject({ comment: 'd', options: { ...changed, rowFormat: 'dynamic' } });
    expect(options.collation).toBe('utf8mb4_bin');
    expect(await site.values('item', 'name')).toEqual(['é']);
  });

  test('a hint of the rows is no difference: where their numbering goes on', async () => {
    const site = await given(database, [item({ name: text() })]);
    await site.execute('alter table item auto_increment = 1000');
    await site.alreadyIs([item({ name: text() })]);
    await site.become([item({ name: text({ length: 80 }) })]);
    await site.insert('item', { name: 'a' });
    expect(await site.values('item', 'id')).toEqual([1000]);
  });

  test('rows are numbered from a start on, which never takes a number back', async () => {
    const model = (autoincrementStart?: number): EntityClass =>
      item({ name: text() }, Entity(autoincrementStart === undefined ? {} : { autoincrementStart }));
    const site = await given(database, [model(500)]);
    await site.insert('item', { name: 'a' });
    await site.alreadyIs([model(500)]);
    await site.alreadyIs([model(20)]);

    const plan = await site.become([model(1000)]);
    expect(hazards(plan)).toEqual([]);
    await site.insert('item', { name: 'b' });
    await site.alreadyIs([model()]);
    expect(await site.values('item', 'id')).toEqual([500, 1000]);
  });

  test('no number comes back when the table is renamed', async () => {
    const named = (name: string, previousName?: string): EntityClass =>
      entity(name, { id, name: text() }, Entity({ autoincrementStart: 500, ...(previousName && { previousName }) }));
    const site = await given(database, [named('Item')]);
    await site.insert('item', { name: 'a' });
    await site.execute('delete from item');
    await site.become([named('Thing', 'item')]);
    await site.insert('thing', { name: 'b' });
    expect(await site.values('thing', 'id')).toEqual([501]);
  });

  test('the start of the numbering outlives all rows', async () => {
    const site = await given(database, [item({ name: text() }, Entity({ autoincrementStart: 500 }))]);
    await site.insert('item', { name: 'a' });
    const orm = await site.init([item({ name: text() }, Entity({ autoincrementStart: 500 }))]);
    await orm.schema.clearDatabase();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    await site.insert('item', { name: 'b' });
    expect(await site.values('item', 'id')).toEqual([500]);
  });

  test('the start of the numbering is undone as far as there are rows', async () => {
    const site = await given(database, [item({ name: text() })]);
    await site.insert('item', { name: 'a' });
    const { undo } = await site.become([item({ name: text() }, Entity({ autoincrementStart: 500 }))]);
    for (const { sql } of undo.steps) await site.execute(sql);
    await site.insert('item', { name: 'b' });
    expect(await site.values('item', 'id')).toEqual([1, 2]);
  });

  test('a start without a column that numbers rows is refused, as is one that is no number to start from', async () => {
    const site = await givenNothing(database);
    const refused = (autoincrementStart: number, key: MemberDecorator): Promise<unknown> =>
      site.refuses([entity('Item', { id: key }, Entity({ autoincrementStart }))]);
    expect(await refused(5, PrimaryKey({ type: 'integer', autoincrement: false }))).toMatchObject({
      problems: [{ where: 'item', what: 'it has an `autoincrementStart`, and no column numbers its rows' }],
    });
    expect(await refused(0.5, PrimaryKey({ type: 'integer' }))).toMatchObject({
      problems: [{ where: 'item', what: 'its `autoincrementStart` is no whole number from 1' }],
    });
  });

  test('a check about a column that a foreign key writes is refused before anything is done', async () => {
    const owner = entity('Owner', { id });
    const owned = (rules: Pick<ManyToOneOptions, 'deleteRule' | 'updateRule'>): EntityClass =>
      item(
        { owner: ManyToOne({ entity: () => owner, nullable: true, ...rules }) },
        Check({ name: 'owned', expression: 'owner_id > 0' }),
      );
    const site = await givenNothing(database);
    for (const rules of [{ updateRule: 'cascade' }, { updateRule: 'no action', deleteRule: 'set null' }] as const) {
      const [created, refused] = [
        site.init([owner, owned(rules)]),
        { code: 'invalid-metadata', problems: [{ where: 'item.owned' }] },
      ];
      await expect(created.then((orm) => orm.schema.updateSchema())).rejects.toMatchObject(refused);
      expect(await site.hasTable('owner')).toBe(false);
    }
    await site.become([owner, owned({ updateRule: 'no action', deleteRule: 'cascade' })]);
    const definition = (rule: string): string =>
      `create table other (owner_id int unsigned check (owner_id > 0), foreign key (owner_id) references owner (id) ${rule})`;
    for (const rule of ['on update cascade', 'on update set null', 'on delete set null']) {
      await expect(site.execute(definition(rule))).rejects.toThrow();
    }
    await site.execute(definition('on delete cascade'));
  });

  test('a model of two databases, with a foreign key between them', async () => {
    const schema = `dovetail-other-${randomUUID()}`;
    const owner = (length: number): EntityClass => entity('Owner', { id, name: text({ length }) }, Entity({ schema }));
    const model = (length: number): readonly EntityClass[] => {
      const target = owner(length);
      return [target, item({ owner: ManyToOne(() => target) })];
    };
    const site = await givenNothing(database);
    onTestFinished(() => site.execute(`drop table if exists item`, `drop database if exists \`${schema}\``));
    await site.become(model(50));
    await site.execute(
      `insert into \`${schema}\`.owner (id, name) values (1, 'Ann')`,
      'insert into item values (1, 1)',
    );
    await site.become(model(90));
    expect(
      await site.connection.query(`select name from \`${schema}\`.owner join item on owner_id = owner.id`),
    ).toEqual([{ name: 'Ann' }]);
    const [foreignKey] = (await site.table('item')).foreignKeys;
    expect(foreignKey?.references.table).toEqual({ schema, name: 'owner' });
  });
});

describe.each([mysql, mariadb])('a plan says what a change of the table costs on $name', (database) => {
  const kept = { before: text({ length: 50 }), checked: raw('date', { nullable: true }) };
  const changes: Readonly<Record<string, readonly [after: Members, isCopied: boolean]>> = {
    'a column is added': [{ ...kept, added: integer({ nullable: true }) }, false],
    'an index is added': [{ ...kept, before: text({ length: 50, index: true }) }, false],
    'a text gets longer within its bytes': [{ ...kept, before: text({ length: 60 }) }, false],
    'a text gets longer beyond its bytes': [{ ...kept, before: text({ length: 80 }) }, true],
    'a type changes': [{ ...kept, before: raw('blob') }, true],
    'a check is added': [{ ...kept, before: text({ length: 50, check: "`before` <> 'x'" }) }, true],
  };

  test.each(Object.entries(changes))('%s', async (_, [after, isCopied]) => {
    const site = await given(database, [item(kept)]);
    const plan = await site.become([item(after)]);
    expect(hazards(plan).includes('table-rewrite')).toBe(isCopied);
  });
});

test('on MySQL a plan says that a table is copied, for it evaluates a check of a date', async () => {
  const checked = { day: raw('date', { nullable: true, check: 'day is null or year(day) > 1900' }) };
  const site = await given(mysql, [item({ ...checked, note: text({ length: 50 }) })]);
  const plan = await site.become([item({ ...checked, note: text({ length: 60 }) })]);
  expect(hazards(plan)).toContain('table-rewrite');
});

test('a place has its reference system on MySQL', async () => {
  const place = (columnType: string): readonly EntityClass[] => [
    item({ place: raw(columnType) }, Index({ name: 'places', properties: 'place', type: 'spatial' })),
  ];
  const site = await given(mysql, place('point srid 4326'));
  expect((await site.column('item', 'place')).type).toBe('point srid 4326');
  await site.become(place('geometry srid 0'));
  expect((await site.column('item', 'place')).type).toBe('geometry srid 0');
  await site.execute("insert into item (place) values (st_geomfromtext('linestring(0 0, 1 1)', 0))");
  expect(String(await site.refuses(place('geometry srid 4326')))).toContain('1 row holds a value that is of another');
  expect(String(await site.refuses(place('point srid 0')))).toContain('1 row holds a value that is no point');
  await site.become(place('linestring srid 0'));
  expect((await site.table('item')).indexes).toMatchObject([{ name: 'places', type: 'spatial' }]);
});

describe.each([
  { database: mysql, driver: mysqlDriver },
  { database: mariadb, driver: mariadbDriver },
])('the round trips of a diff on $driver.name', ({ database, driver }) => {
  test('do not grow with the number of tables, but for a batch of 250 of them', async () => {
    const site = await database.create();
    onTestFinished(() => site.dispose());
    const count = async (): Promise<number> => {
      let queries = 0;
      const query: typeof site.connection.query = (sql, parameters) => {
        queries += 1;
        return site.connection.query(sql, parameters);
      };
      await driver.introspect({ ...site.connection, query }, { namespaces: [] });
      return queries;
    };
    const make = async (from: number, to: number): Promise<void> => {
      for (let number = from; number < to; number += 1) {
        await site.connection.execute(`create table t${number} (id int primary key)`);
      }
    };
    await make(0, 3);
    const few = await count();
    await make(3, 250);
    expect(await count()).toBe(few);
    await make(250, 252);
    expect(await count()).toBe(few + 1);
  });
});

test('MariaDB says of a foreign key that it would have to write null where none can be', async () => {
  const model = (updateRule: 'cascade' | 'no action'): readonly EntityClass[] => {
    const target = entity('Target', { id, code: integer({ nullable: true, unique: true }) });
    return [target, item({ target: ManyToOne(() => target, { targetKey: 'code', updateRule }) })];
  };
  const site = await givenNothing(mariadb);
  const error = await failureOf(async () => (await site.init(model('cascade'))).schema.plan());
  expect(String(error)).toContain('item.target_code: a foreign key that takes no null does not follow');
  await site.become(model('no action'));
});
