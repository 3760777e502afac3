import { type EntityClass, ManyToOne, PrimaryKey, Property, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, type Members, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { matching } from '../conformance/matching.js';
import { databases } from '../databases/index.js';

const author = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, ...members }, ...decorators);

const name = text();
const ann = { id: 1, name: 'Ann' };
const ben = { id: 2, name: 'Ben' };

describe.each(databases)('a backfill on $name', (database) => {
  test('gives the rows that exist their value in a new required column', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann, ben);

    await site.become([author({ name, slug: text({ backfill: 'lower(name)' }) })]);

    expect(await site.values('author', 'slug')).toEqual(['ann', 'ben']);
    const { nullable, default: value } = await site.column('author', 'slug');
    expect({ nullable, value }).toEqual({ nullable: false, value: undefined });
  });

  test('is done in the rows that hold null when a column becomes required', async () => {
    const site = await given(database, [author({ name, city: text({ nullable: true }) })]);
    await site.insert('author', { ...ann, city: 'Rome' }, { ...ben, city: null });

    await site.become([author({ name, city: text({ backfill: "'?'" }) })]);

    expect(await site.values('author', 'city')).toEqual(['Rome', '?']);
  });

  test('of a moment is compared as one, however it is written', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann);
    const born = (backfill: string): EntityClass =>
      author({ name, born: Property({ type: t.date, backfill, check: "born <> '2024-02-29'" }) });

    const error = await site.refuses([born("'2024-02-29'")]);
    expect(error.problems.map(({ rows }) => rows?.examples)).toEqual([[['1']]]);

    await site.become([born("'1815-12-10'")]);
    expect(await site.connection.query("select id from author where born = '1815-12-10'")).toEqual([{ id: 1 }]);
  });

  test('is what rows that exist hold, and the default what new ones do', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann);

    await site.become([author({ name, origin: text({ default: 'new', backfill: "'old'" }) })]);
    await site.insert('author', ben);

    expect(await site.values('author', 'origin')).toEqual(['old', 'new']);
  });

  test('is given to a column that may be null and has a default', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann);

    await site.become([author({ name, origin: text({ nullable: true, default: 'new', backfill: "'old'" }) })]);
    await site.insert('author', ben);

    expect(await site.values('author', 'origin')).toEqual(['old', 'new']);
  });

  test('can use columns that go with the update, and those that are renamed', async () => {
    const site = await given(database, [author({ first: text(), last: text(), name })]);
    await site.insert('author', { ...ann, first: 'Ann', last: 'Lee' });

    const after = author({
      called: text({ previousName: 'name' }),
      full: text({ backfill: "concat(first, ' ', last, ' ', called)", unique: true }),
    });
    await site.become([after], { allow: ['data-loss'], assumeRenames: false });

    expect(await site.rows('author')).toEqual([{ id: 1, called: 'Ann', full: 'Ann Lee Ann' }]);
  });

  test('is of the type that the column is going to have', async () => {
    const site = await given(database, [author({ age: text({ nullable: true }) })]);
    await site.insert('author', { id: 1, age: '7' }, { id: 2, age: null });

    await site.become([author({ age: integer({ backfill: '0' }) })]);

    expect(await site.values('author', 'age')).toEqual([7, 0]);
  });

  test('fills the key of a relation', async () => {
    const country = entity('Country', { id });
    const site = await given(database, [country, author({ name })]);
    await site.insert('country', { id: 7 });
    await site.insert('author', ann, ben);

    await site.become([
      country,
      author({ name, home: ManyToOne(() => country, { backfill: 'select min(id) from country' }) }),
    ]);

    expect(await site.values('author', 'home_id')).toEqual([7, 7]);
  });

  test('fills what becomes the primary key', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann, ben);

    const key = PrimaryKey({ type: t.string, length: 40, backfill: 'name' });
    await site.become([entity('Author', { slug: key, name })], { allow: ['data-loss'] });

    expect(await site.rows('author')).toEqual([
      { slug: 'Ann', name: 'Ann' },
      { slug: 'Ben', name: 'Ben' },
    ]);
    expect((await site.table('author')).primaryKey?.columns).toEqual(['slug']);
  });

  test('is done once: it changes nothing in a database that has the column', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann);
    const after = author({ name, slug: text({ backfill: 'lower(name)' }) });
    await site.become([after]);
    await site.execute(`update author set slug = 'other'`);

    await site.alreadyIs([after]);

    expect(await site.values('author', 'slug')).toEqual(['other']);
  });

  test('is refused where it leaves rows null, by their keys', async () => {
    const site = await given(database, [author({ name: text({ nullable: true }) })]);
    await site.insert('author', ann, { id: 2, name: null }, { id: 5, name: null });

    const error = await site.refuses([
      author({ name: text({ nullable: true }), slug: text({ backfill: 'lower(name)' }) }),
    ]);

    expect(error.problems).toMatchObject([
      {
        where: 'author.slug',
        what: '2 rows hold null even after the backfill, which the column does not allow',
        rows: { count: 2, key: ['id'], examples: [['2'], ['5']] },
      },
    ]);
  });

  test('is refused where its values do not fit what else the column asks for', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann, ben);

    const after = author(
      { name, score: integer({ backfill: '1', check: 'score > 3' }) },
      Unique({ properties: 'score' }),
    );
    const error = await site.refuses([after]);

    expect(error.problems.map(({ what }) => what).sort()).toEqual([
      matching(/^2 rows do not meet the condition/),
      matching(/^2 rows share a value/),
    ]);
  });

  test('that the database does not understand is refused before anything is done', async () => {
    const site = await given(database, [author({ name })]);
    await site.insert('author', ann);

    const error = await site.refuses([author({ name, slug: text({ backfill: 'lower(nome)' }) })]);

    expect(error.code).toBe('precheck-failed');
    expect(error.problems).toMatchObject([{ where: 'author.slug', what: matching(/cannot be checked: .*nome/s) }]);
  });

  test('is what the refusal says to write where it is missing', async () => {
    const site = await given(database, [author({ city: text({ nullable: true }) })]);
    await site.insert('author', { id: 1, city: null });

    const error = await site.refuses([author({ city: text(), name })]);

    expect(
      error.problems.map(({ where, remedy }) => ({ where, remedy })).sort((a, b) => (a.where < b.where ? -1 : 1)),
    ).toEqual([
      { where: 'author.city', remedy: matching(/backfill: /) },
      { where: 'author.name', remedy: matching(/backfill: /) },
    ]);
  });

  test('goes on in parts on a large table, and says how far it is', async () => {
    const site = await given(database, [entity('Reading', { id, value: integer() })]);
    await fillReadings(site, 25_000);

    const orm = await site.init([
      entity('Reading', { id, value: integer(), twice: integer({ backfill: 'value * 2' }) }),
    ]);
    const progress: unknown[] = [];
    await orm.schema.updateSchema({
      onProgress: ({ kind, rows }) => {
        if (kind === 'advanced') progress.push(rows);
      },
    });

    const [sum] = await site.connection.query('select sum(twice) as total, count(twice) as filled from reading');
    expect({ total: Number(sum?.total), filled: Number(sum?.filled) }).toEqual({
      total: 25_000 * 25_001,
      filled: 25_000,
    });
    expect(progress).toEqual([
      { done: 10_000, total: 25_000 },
      { done: 20_000, total: 25_000 },
      { done: 25_000, total: 25_000 },
    ]);
  });
});

async function fillReadings(site: Awaited<ReturnType<typeof given>>, count: number): Promise<void> {
  for (let start = 0; start < count; start += 5000) {
    const values = Array.from({ length: 5000 }, (_, index) => `(${start + index + 1}, ${start + index + 1})`);
    await site.execute(`insert into reading (id, value) values ${values.join(', ')}`);
  }
}
