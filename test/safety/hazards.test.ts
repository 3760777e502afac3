import { type EntityClass, Enum, type HazardKind, ManyToOne, PrimaryKey, Property, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, type Members, text } from '../conformance/entity.js';
import { type Given, given, type Values } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const item = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Item', { id, ...members }, ...decorators);
const owner = entity('Owner', { id });
const nullable = { nullable: true } as const;

interface Case {
  readonly what: string;
  readonly before: readonly EntityClass[];
  readonly rows: readonly Values[];
  readonly after: readonly EntityClass[];
  /** What the refusal is about, and the keys of the rows. */
  readonly where: RegExp;
  readonly keys: readonly string[];
}

/** Consent lets these through. */
const destroying: readonly (Case & { readonly kind: HazardKind })[] = [
  {
    kind: 'destroys-rows',
    what: 'a table that holds rows is dropped',
    before: [item({}), owner],
    rows: [{ id: 1 }, { id: 7 }],
    after: [owner],
    where: /^item$/,
    keys: ['1', '7'],
  },
  {
    kind: 'destroys-values',
    what: 'a column that holds values is dropped',
    before: [item({ note: text(nullable) })],
    rows: [
      { id: 1, note: 'x' },
      { id: 2, note: null },
      { id: 3, note: '' },
    ],
    after: [item({})],
    where: /^item\.note$/,
    keys: ['1', '3'],
  },
  {
    kind: 'destroys-values',
    what: 'values would not be the same in another type',
    before: [item({ code: text() })],
    rows: [
      { id: 1, code: '007' },
      { id: 2, code: '7' },
    ],
    after: [item({ code: integer() })],
    where: /^item\.code$/,
    keys: ['1'],
  },
  {
    kind: 'destroys-values',
    what: 'a column that holds values becomes a computed one',
    before: [item({ size: integer(), twice: integer(nullable) })],
    rows: [
      { id: 1, size: 1, twice: 9 },
      { id: 2, size: 2, twice: null },
    ],
    after: [item({ size: integer(), twice: integer({ generated: '(size * 2) stored' }) })],
    where: /^item\.twice$/,
    keys: ['1'],
  },
];

/** No consent helps these: the rows have to be corrected first. */
const failing: readonly (Case & { readonly repair: string })[] = [
  {
    what: 'a required column holds null',
    before: [item({ note: text(nullable) })],
    rows: [
      { id: 1, note: 'x' },
      { id: 2, note: null },
      { id: 3, note: null },
    ],
    after: [item({ note: text() })],
    where: /^item\.note$/,
    keys: ['2', '3'],
    repair: "update item set note = '' where note is null",
  },
  {
    what: 'a new required column has no value for the rows that exist',
    before: [item({})],
    rows: [{ id: 1 }, { id: 2 }],
    after: [item({ note: text() })],
    where: /^item\.note$/,
    keys: ['1', '2'],
    repair: 'delete from item',
  },
  {
    what: 'a unique column holds the same twice',
    before: [item({ code: text() })],
    rows: [
      { id: 1, code: 'a' },
      { id: 2, code: 'b' },
      { id: 3, code: 'a' },
    ],
    after: [item({ code: text() }, Unique({ properties: 'code' }))],
    where: /^item\./,
    keys: ['1', '3'],
    repair: "update item set code = 'c' where id = 3",
  },
  {
    what: 'rows do not meet a check',
    before: [item({ size: integer() })],
    rows: [
      { id: 1, size: 0 },
      { id: 2, size: 5 },
    ],
    after: [item({ size: integer({ check: 'size > 0' }) })],
    where: /^item\./,
    keys: ['1'],
    repair: 'update item set size = 1 where size = 0',
  },
  {
    what: 'rows reference others that do not exist',
    before: [owner, item({ ownerId: integer(nullable) })],
    rows: [
      { id: 1, owner_id: 9 },
      { id: 2, owner_id: null },
    ],
    after: [owner, item({ owner: ManyToOne(() => owner, nullable) })],
    where: /^item\./,
    keys: ['1'],
    repair: 'update item set owner_id = null',
  },
  {
    what: 'a key would hold the same twice',
    before: [item({ code: integer() })],
    rows: [
      { id: 1, code: 5 },
      { id: 2, code: 5 },
      { id: 3, code: 6 },
    ],
    after: [entity('Item', { id: integer(), code: PrimaryKey({ type: t.integer, autoincrement: false }) })],
    where: /^item primary key$/,
    keys: ['1', '2'],
    repair: 'update item set code = id',
  },
  {
    what: 'rows hold an item that an enum loses',
    before: [item({ mood: Enum({ items: ['glad', 'sad'] }) })],
    rows: [
      { id: 1, mood: 'glad' },
      { id: 2, mood: 'sad' },
    ],
    after: [item({ mood: Enum({ items: ['glad'] }) })],
    where: /^item\./,
    keys: ['2'],
    repair: "update item set mood = 'glad'",
  },
];

/** SQLite gives a text no length and an integer no range, and keeps what it can't convert. */
const narrowing: typeof failing = [
  {
    what: 'values are too long',
    before: [item({ code: text({ length: 10 }) })],
    rows: [
      { id: 1, code: 'abc' },
      { id: 2, code: 'abcd' },
    ],
    after: [item({ code: text({ length: 3 }) })],
    where: /^item\.code$/,
    keys: ['2'],
    repair: "update item set code = 'abc'",
  },
  {
    what: 'values are out of range',
    before: [item({ size: integer() })],
    rows: [
      { id: 1, size: 40000 },
      { id: 2, size: 5 },
      { id: 3, size: -40000 },
    ],
    after: [item({ size: Property({ type: t.smallint }) })],
    where: /^item\.size$/,
    keys: ['1', '3'],
    repair: 'update item set size = 1',
  },
  {
    what: 'texts are no number',
    before: [item({ size: text({ length: 40 }) })],
    rows: [
      { id: 1, size: '12' },
      { id: 2, size: 'twelve' },
      { id: 3, size: '12 or so' },
    ],
    after: [item({ size: integer() })],
    where: /^item\.size$/,
    keys: ['2', '3'],
    repair: "update item set size = '12'",
  },
  {
    what: 'texts are no date',
    before: [item({ day: text({ length: 40 }) })],
    rows: [
      { id: 1, day: '2024-02-29' },
      { id: 2, day: '2023-02-29' },
      { id: 3, day: 'someday' },
    ],
    after: [item({ day: Property({ type: t.date }) })],
    where: /^item\.day$/,
    keys: ['2', '3'],
    repair: "update item set day = '2024-02-29'",
  },
];

async function givenRows(database: (typeof databases)[number], { before, rows }: Case): Promise<Given> {
  const site = await given(database, before);
  await site.insert('item', ...rows);
  return site;
}

describe.each(databases)('hazards on $name', (database) => {
  const isSqlite = database.driver.name === 'SQLite';
  const { transactionalDdl } = database.capabilities;

  /** The hazards of an update, each as `kind object`. */
  async function hazards(site: Given, after: readonly EntityClass[]): Promise<readonly string[]> {
    const { steps } = await (await site.init(after)).schema.plan();
    return steps.flatMap((step) => step.hazards.map(({ kind, object }) => `${kind} ${object}`));
  }

  async function expectRefusal(
    site: Given,
    { after, where, keys }: Case,
    allow: readonly 'data-loss'[],
  ): Promise<void> {
    const error = await site.refuses(after, { allow });
    expect(error.code).toBe('precheck-failed');
    expect(error.problems).toHaveLength(1);
    const [problem] = error.problems;
    expect(problem?.where).toMatch(where);
    expect(problem?.rows).toEqual({ count: keys.length, more: false, key: ['id'], examples: keys.map((key) => [key]) });
    expect(problem?.what).toMatch(keys.length === 1 ? /^1 row / : new RegExp(`^${keys.length} rows `));
    expect(problem?.remedy).not.toBe('');
    expect(error.message).toContain(`(id ${keys.join(', ')})`);
  }

  test.each(destroying)('$kind: $what', async (example) => {
    const site = await givenRows(database, example);
    expect(await hazards(site, example.after)).toContainEqual(expect.stringMatching(`^${example.kind} item`));

    await expectRefusal(site, example, []);

    await site.become(example.after, { allow: ['data-loss'] });
  });

  test.each(isSqlite ? failing : [...failing, ...narrowing])('may-fail: $what', async (example) => {
    const site = await givenRows(database, example);
    expect(await hazards(site, example.after)).toContainEqual(expect.stringMatching('^may-fail item'));

    await expectRefusal(site, example, ['data-loss']);

    await site.execute(example.repair);
    await site.become(example.after);
  });

  test('none where what is dropped is empty', async () => {
    const site = await given(database, [item({ note: text(nullable) }), owner]);
    await site.insert('item', { id: 1, note: null });
    await site.become([item({})]);
  });

  test('table-rewrite, or table-rebuild, and the lock that is held meanwhile', async () => {
    const site = await given(database, [item({ size: integer() })]);
    await site.insert('item', { id: 1, size: 7 });
    const after = [item({ size: Property({ type: t.decimal, precision: 12, scale: 2 }) })];

    const { steps } = await (await site.init(after)).schema.plan();
    const found = steps.flatMap((step) => step.hazards);

    expect(found.map(({ kind }) => kind)).toContain(isSqlite ? 'table-rebuild' : 'table-rewrite');
    const locks = found.flatMap((hazard) => (hazard.kind === 'blocking-lock' ? [[hazard.lock, hazard.blocks]] : []));
    expect(locks).toEqual([
      isSqlite
        ? ['RESERVED', 'writes']
        : transactionalDdl
          ? ['ACCESS EXCLUSIVE', 'reads and writes']
          : ['LOCK=SHARED', 'writes'],
    ]);
    await site.become(after);
    expect(Number((await site.values('item', 'size'))[0])).toBe(7);
  });

  test('breaks-code where a column is renamed, told apart from the loss of it', async () => {
    const site = await given(database, [item({ note: text() })]);
    await site.insert('item', { id: 1, note: 'kept' });
    const after = [item({ remark: text({ previousName: 'note' }) })];

    const found = await hazards(site, after);

    expect(found).toContain('breaks-code item.note');
    expect(found.filter((hazard) => hazard.startsWith('destroys'))).toEqual([]);
    await site.become(after);
    expect(await site.values('item', 'remark')).toEqual(['kept']);
  });

  test('breaks-code beside the loss where a column is dropped', async () => {
    const site = await given(database, [item({ note: text() })]);
    const found = await hazards(site, [item({})]);
    expect(found).toEqual(expect.arrayContaining(['breaks-code item.note', 'destroys-values item.note']));
  });

  test('not-transactional where the database commits each of several steps', async () => {
    const site = await given(database, [item({ note: text(nullable) })]);
    const after = [item({ note: text(nullable), size: integer(nullable) }), owner];
    const kinds = (await hazards(site, after)).map((hazard) => hazard.split(' ')[0]);
    expect(kinds.includes('not-transactional')).toBe(!transactionalDdl);
  });

  test('drops-dependants where something goes and comes back around the change', async () => {
    const target = (size: number): EntityClass =>
      entity('Owner', { code: PrimaryKey({ type: t.string, length: size }) });
    const classes = (size: number): readonly EntityClass[] => {
      const referenced = target(size);
      const type = size > 10 ? t.bigint : t.integer;
      const weight = Property({ type, nullable: true, check: 'weight > 0' });
      return [referenced, item({ weight, owner: ManyToOne(() => referenced, nullable) })];
    };
    const site = await given(database, classes(10));
    await site.insert('owner', { code: 'a' });
    await site.insert('item', { id: 1, weight: 3, owner_code: 'a' });

    await site.execute('create view weights as select weight from item');

    const found = await hazards(site, classes(20));

    expect(found.some((hazard) => hazard.startsWith('drops-dependants '))).toBe(!isSqlite);
    await site.become(classes(20));
    expect(await site.values('item', 'owner_code')).toEqual(['a']);
    expect(Number((await site.values('weights', 'weight'))[0])).toBe(3);
    await site.rejects("insert into item (id, owner_code) values (2, 'b')");
    await site.rejects('insert into item (id, weight) values (2, 0)');
  });

  test('each says how much it matters, and what it is about', async () => {
    const site = await given(database, [item({ note: text(), code: text() }), owner]);
    const { steps } = await (await site.init([item({ code: integer() })])).schema.plan();
    const severities = new Map(steps.flatMap((step) => step.hazards.map(({ kind, severity }) => [kind, severity])));
    expect(severities.get('destroys-rows')).toBe('high');
    expect(severities.get('destroys-values')).toBe('high');
    expect(severities.get('breaks-code')).toBe('medium');
    for (const { object, message } of steps.flatMap((step) => step.hazards)) {
      expect(object).not.toBe('');
      expect(message).toMatch(/^.+\.$/);
    }
  });

  test('the keys of rows are told to the last digit', async () => {
    const key = { id: PrimaryKey({ type: t.bigint }) };
    const site = await given(database, [entity('Item', { ...key, note: text() })]);
    await site.insert('item', { id: '9007199254740993', note: 'x' }, { id: 7, note: 'y' });

    const error = await site.refuses([entity('Item', key)]);

    expect(error.problems[0]?.rows?.examples).toEqual([['7'], ['9007199254740993']]);
  });

  test('the count stops where a person no longer needs it', async () => {
    const site = await given(database, [item({ note: text(nullable) })]);
    const values = Array.from({ length: 1500 }, (_, index) => `(${index + 1}, 'x')`);
    await site.execute(`insert into item (id, note) values ${values.join(', ')}`);

    const error = await site.refuses([item({})]);

    expect(error.problems).toMatchObject([
      {
        what: 'more than 1,000 rows hold a value that would be lost with the column',
        rows: { count: 1000, more: true, key: ['id'] },
      },
    ]);
    expect(error.problems[0]?.rows?.examples).toHaveLength(5);
    expect(error.message).toContain(' and others)');
  });
});
