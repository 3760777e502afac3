import {
  type EntityClass,
  Enum,
  Index,
  ManyToOne,
  PrimaryKey,
  Property,
  type PropertyOptions,
  t,
  Unique,
} from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import {
  type ClassDecorator,
  entity,
  id,
  integer,
  type MemberDecorator,
  type Members,
  text,
} from '../conformance/entity.js';
import { given, givenNothing } from '../conformance/given.js';
import { mariadb, mysql } from '../databases/index.js';

// What users of other tools have reported of them on these two databases: an update that never comes to an end, a change
// that is not seen, a column that is dropped and added anew. Behind each, where it was told.

const item = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Item', { id, ...members }, ...decorators);

const raw = (columnType: string, options: PropertyOptions = {}): MemberDecorator =>
  Property({ columnType, ...options });

describe.each([mysql, mariadb])('no change is left over on $name', (database) => {
  const columns: Readonly<Record<string, MemberDecorator>> = {
    'a text with a default (mikro-orm#2385)': text({ default: 'NEW' }),
    'null as the default (typeorm#7579)': text({ nullable: true, default: null }),
    'the time of the last change, stated with the default (mikro-orm#2386)': raw('timestamp', {
      defaultRaw: 'current_timestamp on update current_timestamp',
    }),
    'the same, with parentheses (mikro-orm#5363)': raw('datetime', {
      defaultRaw: 'current_timestamp() on update current_timestamp()',
    }),
    'the same, with decimals, in capitals (typeorm#3588)': raw('timestamp(3)', {
      defaultRaw: 'CURRENT_TIMESTAMP(3)',
      extra: 'ON UPDATE CURRENT_TIMESTAMP(3)',
    }),
    'the time of the last change alone, which may be null': raw('timestamp', {
      nullable: true,
      extra: 'on update now()',
    }),
    'the time in lower case (typeorm#4782)': raw('datetime(6)', { defaultRaw: 'current_timestamp(6)' }),
    'the time as an expression (drizzle-orm#2136)': raw('timestamp', { nullable: true, defaultRaw: '(now())' }),
    'no decimals of seconds, stated or not (typeorm#3561, #1960)': raw('datetime(0)', {
      defaultRaw: 'CURRENT_TIMESTAMP',
    }),
    'a date with the day as its default (mikro-orm#7930)': raw('date', { defaultRaw: '(current_date)' }),
    'JSON with a default (mikro-orm#4925)': Property({
      type: 'json',
      defaultRaw: `('{"a":false,"b":"text_and_email"}')`,
    }),
    'JSON (prisma#27737, #29530)': Property({ type: 'json', nullable: true, comment: 'names' }),
    'a decimal with a space in it (mikro-orm#1559)': raw('DECIMAL(19, 4)', { default: '0' }),
    'an enum with a default (mikro-orm#1559)': Enum({ items: ['draft', "it's", 'a,b'], default: "it's" }),
    'a bit with a number as its default (prisma#12693)': raw('bit(1)', { defaultRaw: '0' }),
    'a bit with bits as its default': raw('BIT(1)', { defaultRaw: "b'1'" }),
    'bytes with a default (prisma#12693)': raw('binary(4)', { defaultRaw: "'0000'" }),
    'bytes with a default that is no text': raw('binary(2)', { defaultRaw: "x'ff00'" }),
    'bytes of a UUID (drizzle-orm#1294)': raw('binary(16)', { defaultRaw: '(unhex(replace(uuid(), "-", "")))' }),
    'a display width, which is gone (prisma)': raw('INT(11)', { default: 5 }),
    'a boolean as a tinyint(1)': raw('tinyint(1)', { default: false }),
    'a boolean as a tinyint(1) with a text for its default': raw('tinyint(1)', { defaultRaw: "'0'" }),
    'an unsigned number with zeros before it': raw('int(6) unsigned zerofill', { default: 7 }),
    'a year of four digits': raw('year(4)', { defaultRaw: "'2024'" }),
    'an alias of a type': raw('character varying(30)', { default: '' }),
    'an alias of a character set': raw('varchar(30)', { charset: 'utf8mb3', nullable: true }),
    'the collation of the table, stated of the column (typeorm#3963)': text({
      collation: 'utf8mb4_bin',
      charset: 'utf8mb4',
    }),
    'another collation than that of the table': text({ collation: 'utf8mb4_unicode_ci' }),
    'a text of a length (typeorm#3352)': Property({ type: t.text, length: 70_000, nullable: true }),
    'a text type with a length': raw('text(300)', { nullable: true }),
    'a comment with quotes and a backslash': text({ comment: `it's "so" \\ and\nso` }),
    'an invisible column': integer({ invisible: true, default: 1 }),
    'a generated text with an underscore in it (mikro-orm#7930)': text({
      nullable: true,
      generated: `(concat('a_b', 'c_d')) virtual`,
    }),
    'a generated column with a collation (typeorm#8761)': raw('varchar(100)', {
      nullable: true,
      collation: 'utf8mb4_unicode_ci',
      generated: `(concat("a", 'b')) stored`,
    }),
  };

  test.each(Object.entries(columns))('%s', async (_, member) => {
    await given(database, [item({ value: member })]);
  });

  test.each(['mediumint unsigned', 'bigint', 'smallint', 'binary(16)', 'char(36)'])(
    'a key of the type %s, and a foreign key to it (mikro-orm#3230)',
    async (columnType) => {
      const target = entity('Target', { key: PrimaryKey({ columnType }) });
      const site = await given(database, [target, item({ target: ManyToOne(() => target, { nullable: true }) })]);
      expect((await site.column('item', 'target_key')).type).toBe(columnType);
    },
  );

  test('a numbered key that may be negative (mikro-orm#6057)', async () => {
    const signed = (type: 'integer' | 'bigint'): EntityClass =>
      entity('Signed', { id: PrimaryKey({ type, unsigned: false }) });
    const site = await given(database, [signed('bigint')]);
    expect((await site.column('signed', 'id')).type).toBe('bigint');
    await site.become([signed('integer')]);
    expect((await site.column('signed', 'id')).type).toBe('int');
  });

  test.each(['restrict', 'no action', 'cascade', 'set null'] as const)(
    'a foreign key that does %s (prisma#11242)',
    async (rule) => {
      const target = entity('Target', { id });
      const reference = ManyToOne(() => target, { nullable: true, deleteRule: rule, updateRule: rule });
      await given(database, [target, item({ target: reference })]);
    },
  );

  test('indexes of every kind (prisma#12693)', async () => {
    const site = await given(database, [
      item(
        { title: text(), body: raw('mediumtext'), place: raw('point'), year: integer() },
        Index({ name: 'start', columns: [{ name: 'body', length: 768 }] }),
        Index({ name: 'words', properties: ['title', 'body'], type: 'fulltext' }),
        Index({ name: 'places', properties: 'place', type: 'spatial' }),
        Index({ name: 'hidden', properties: 'year', invisible: true, comment: "it's unused" }),
        Unique({ name: 'once', properties: ['year', 'title'] }),
      ),
    ]);
    expect((await site.table('item')).indexes).toMatchObject([
      { name: 'hidden', invisible: true, comment: "it's unused" },
      { name: 'once', unique: true },
      { name: 'places', type: 'spatial' },
      { name: 'start', parts: [{ column: 'body', length: 768 }] },
      { name: 'words', type: 'fulltext' },
    ]);
  });

  test('tables that were there before, as people and their tools have written them', async () => {
    const site = await givenNothing(database);
    await site.execute(
      'create table owner (ID int(11) not null auto_increment, primary key (ID)) default charset=utf8mb4 collate=utf8mb4_bin',
      `create table item (
        id int(10) unsigned not null auto_increment primary key,
        \`Name\` varchar(255) collate utf8mb4_bin not null default '',
        active tinyint(1) not null default 1,
        data json default null,
        changed timestamp not null default current_timestamp on update current_timestamp,
        owner_ID int(11) default null,
        key item_owner_id_index (owner_ID),
        constraint item_owner_id_foreign foreign key (owner_ID) references owner (ID) on delete set null
      ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
    );
    const owner = entity('Owner', { id: PrimaryKey({ type: 'integer', unsigned: false }) });
    await site.alreadyIs([
      owner,
      item({
        name: text({ default: '' }),
        active: Property({ type: 'boolean', default: true }),
        data: Property({ type: 'json', nullable: true }),
        changed: raw('timestamp', { defaultRaw: 'now()', extra: 'on update now()' }),
        owner: ManyToOne(() => owner, { nullable: true }),
      }),
    ]);
  });

  test('a database whose default collation changes leaves its tables as they are (typeorm#11397)', async () => {
    const entities = [item({ name: text(), note: Property({ type: t.text }) })];
    const site = await given(database, entities);
    await site.insert('item', { name: 'a', note: 'b' });
    await site.execute('alter database character set utf8mb4 collate utf8mb4_unicode_ci');
    await site.alreadyIs(entities);
    await site.execute('alter table item convert to character set utf8mb4 collate utf8mb4_general_ci');
    await site.alreadyIs(entities);
    await site.become([item({ name: text(), note: Property({ type: t.text, nullable: true }) })]);
    expect((await site.table('item')).options.collation).toBe('utf8mb4_general_ci');
    expect(await site.rows('item')).toEqual([{ id: 1, name: 'a', note: 'b' }]);
  });
});

describe.each([mysql, mariadb])('a change is seen, and keeps the rows, on $name', (database) => {
  const changes: Readonly<Record<string, readonly [before: MemberDecorator, after: MemberDecorator, type: string]>> = {
    'signs (doctrine#1507)': [raw('int', { default: 1 }), raw('int unsigned', { default: 1 }), 'int unsigned'],
    'decimals of seconds (typeorm#2184)': [raw('datetime'), raw('datetime(2)'), 'datetime(2)'],
    'the length of a text (typeorm#3352)': [raw('text'), raw('mediumtext'), 'mediumtext'],
    'a boolean that becomes a number': [raw('tinyint(1)'), raw('tinyint'), 'tinyint'],
    'an item in the middle of an enum': [raw("enum('1','3')"), raw("enum('1','2','3')"), "enum('1','2','3')"],
    'the order of the items': [raw("enum('1','3')"), raw("enum('3','1')"), "enum('3','1')"],
    'a text that becomes JSON': [raw('longtext'), Property({ type: 'json' }), 'json'],
    'JSON that becomes a text': [Property({ type: 'json' }), raw('longtext'), 'longtext'],
  };

  test.each(Object.entries(changes))('%s', async (_, [before, after, type]) => {
    const site = await given(database, [item({ value: before })]);
    await site.insert('item', {
      id: 1,
      value: before === changes['decimals of seconds (typeorm#2184)']?.[0] ? '2024-02-29' : '1',
    });

    await site.become([item({ value: after })]);

    expect((await site.column('item', 'value')).type).toBe(type);
    const [row] = await site.connection.query(
      "select value like '1%' or value like '2024-02-29%' as is_kept from item",
    );
    expect(row).toEqual({ is_kept: 1 });
  });

  test('the collation of a column (typeorm#8647)', async () => {
    const site = await given(database, [item({ name: text() })]);
    await site.become([item({ name: text({ collation: 'utf8mb4_unicode_ci' }) })]);
    expect((await site.column('item', 'name')).collation).toBe('utf8mb4_unicode_ci');
  });

  test('the rules of a foreign key (mikro-orm#633)', async () => {
    const target = entity('Target', { id });
    const referring = (deleteRule: 'restrict' | 'cascade'): readonly EntityClass[] => [
      target,
      item({ target: ManyToOne(() => target, { nullable: true, deleteRule }) }),
    ];
    const site = await given(database, referring('restrict'));
    await site.become(referring('cascade'));
    expect((await site.table('item')).foreignKeys).toMatchObject([{ onDelete: 'cascade' }]);
  });

  test('the time of the last change, its decimals, and its end', async () => {
    const changed = (options: PropertyOptions): readonly EntityClass[] => [
      item({ changed: raw('timestamp(3)', options) }),
    ];
    const site = await given(database, changed({ defaultRaw: 'now(3) on update now(3)' }));
    expect(await site.column('item', 'changed')).toMatchObject({
      default: 'current_timestamp(3)',
      extra: 'on update current_timestamp(3)',
    });
    await site.become(changed({ defaultRaw: 'now(3)' }));
    expect((await site.column('item', 'changed')).extra).toBeUndefined();
    await site.become([item({ changed: raw('timestamp', { defaultRaw: 'now()', extra: 'on update now()' }) })]);
    expect((await site.column('item', 'changed')).extra).toBe('on update current_timestamp');
  });

  test('a composite key becomes a numbered one (drizzle-kit-mirror#216)', async () => {
    const part = PrimaryKey({ type: 'integer', autoincrement: false });
    const site = await given(database, [entity('Pair', { a: part, b: part })]);
    await site.insert('pair', { a: 1, b: 2 }, { a: 2, b: 2 });
    await site.become([entity('Pair', { id, a: integer(), b: integer() })]);
    expect(await site.rows('pair', 'a')).toMatchObject([
      { a: 1, b: 2 },
      { a: 2, b: 2 },
    ]);
  });

  test('an index is shown, hidden, and explained otherwise', async () => {
    const indexed = (options: { readonly invisible?: boolean; readonly comment?: string }): readonly EntityClass[] => [
      item({ year: integer() }, Index({ name: 'years', properties: 'year', ...options })),
    ];
    const site = await given(database, indexed({}));
    for (const options of [{ invisible: true }, { comment: 'a' }, { invisible: true, comment: "b's" }]) {
      await site.become(indexed(options));
      expect((await site.table('item')).indexes).toMatchObject([options]);
    }
  });
});

test('an index of words has its parser on MySQL', async () => {
  const indexed = (parser?: string): readonly EntityClass[] => [
    item({ body: text() }, Index({ name: 'words', properties: 'body', type: 'fulltext', ...(parser && { parser }) })),
  ];
  const site = await given(mysql, indexed('ngram'));
  expect((await site.table('item')).indexes).toMatchObject([{ type: 'fulltext', parser: 'ngram' }]);
  await site.become(indexed());
  expect((await site.table('item')).indexes[0]?.parser).toBeUndefined();
});

test('MySQL takes a key that is computed (typeorm#4669), and it is quiet', async () => {
  await given(mysql, [
    entity('Version', {
      name: text({ length: 45 }),
      oid: PrimaryKey({
        columnType: 'varchar(255)',
        generated: `(concat('MDV.', upper(replace(name, ' ', '')))) stored`,
      }),
    }),
  ]);
});
