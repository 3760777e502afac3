import {
  Check,
  Entity,
  type EntityClass,
  Index,
  ManyToOne,
  type ManyToOneOptions,
  PrimaryKey,
  t,
  Unique,
} from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { type ClassDecorator, entity, id, integer, type Members, text } from './entity.js';
import { given } from './given.js';

const author = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, ...members }, ...decorators);

describe.each(databases)('changes that meet in one update on $name', (database) => {
  test('a column is dropped together with the check and the index that speak of it', async () => {
    const site = await given(database, [
      author(
        { low: integer(), high: integer({ nullable: true }) },
        Check({ name: 'ordered', expression: 'low < high' }),
        Index({ name: 'both', properties: ['low', 'high'] }),
      ),
    ]);
    await site.insert('author', { id: 1, low: 1, high: null });

    await site.become([author({ low: integer() })]);

    expect(await site.rows('author')).toEqual([{ id: 1, low: 1 }]);
  });

  test('a check follows a renamed column whose type changes', async () => {
    const site = await given(database, [author({ age: text({ check: "age <> ''" }) })]);
    await site.insert('author', { id: 1, age: '30' });

    await site.become([author({ years: integer({ previousName: 'age', check: 'years > 0' }) })]);

    expect(await site.rows('author')).toEqual([{ id: 1, years: 30 }]);
    await expect(site.insert('author', { id: 2, years: 0 })).rejects.toThrow();
  });

  test('an index moves to another table under its name', async () => {
    const library = (onAuthor: Members[string], onBook: Members[string]): readonly EntityClass[] => [
      author({ code: onAuthor }),
      entity('Book', { id, code: onBook }),
    ];
    const site = await given(database, library(text({ index: 'by_code' }), text()));

    await site.become(library(text(), text({ index: 'by_code' })));

    expect((await site.table('author')).indexes).toEqual([]);
    expect((await site.table('book')).indexes).toMatchObject([{ name: 'by_code' }]);
  });

  test('an index takes the name of one that goes with its table', async () => {
    const indexed = (name: string, members: Members): EntityClass =>
      entity(name, { id, ...members }, Index({ name: 'search', properties: Object.keys(members) }));
    const site = await given(database, [indexed('Old', { code: text() })]);

    await site.become([indexed('Fresh', { number: integer(), other: integer() })]);

    expect((await site.schema()).tables).toMatchObject([{ name: 'fresh', indexes: [{ name: 'search' }] }]);
  });

  test('two foreign keys on one column come and go', async () => {
    const first = entity('First', { id });
    const second = entity('Second', { id });
    const child = (members: Members): readonly EntityClass[] => [first, second, entity('Child', { id, ...members })];
    const reference = (target: EntityClass, options: ManyToOneOptions = {}): Members[string] =>
      ManyToOne(() => target, { joinColumn: 'parent', deleteRule: 'cascade', ...options });
    const shared = reference(second, { ownColumns: [] });
    const site = await given(database, child({ one: reference(first), other: shared }));
    await site.insert('first', { id: 1 });
    await site.insert('second', { id: 1 });
    await site.insert('child', { id: 1, parent: 1 });
    expect((await site.table('child')).foreignKeys).toHaveLength(2);

    await site.become(child({ other: reference(second) }));

    expect((await site.table('child')).foreignKeys).toMatchObject([{ references: { table: { name: 'second' } } }]);
    expect(await site.rows('child')).toEqual([{ id: 1, parent: 1 }]);
  });

  test('the key of a parent changes its name and type under children that follow', async () => {
    const family = (members: Members, joinColumn: string, previousName?: string): readonly EntityClass[] => {
      const parent = entity('Parent', members);
      return [
        parent,
        entity('Child', {
          id,
          parent: ManyToOne(() => parent, {
            joinColumn,
            ...(previousName && { previousName }),
            deleteRule: 'cascade',
          }),
        }),
      ];
    };
    const numbered = PrimaryKey({ type: t.integer, autoincrement: false });
    const named = PrimaryKey({ type: t.string, previousName: 'id' });
    const site = await given(database, family({ id: numbered }, 'parent_id'));
    await site.insert('parent', { id: 7 });
    await site.insert('child', { id: 1, parent_id: 7 });

    await site.become(family({ code: named }, 'parent_code', 'parent_id'));

    expect(await site.rows('parent')).toEqual([{ code: '7' }]);
    expect(await site.rows('child')).toEqual([{ id: 1, parent_code: '7' }]);
  });

  test('a column of a composite primary key is dropped', async () => {
    const seat = (members: Members): EntityClass => entity('Seat', members);
    const key = PrimaryKey({ type: t.integer, autoincrement: false });
    const site = await given(database, [seat({ line: key, place: key, label: text() })]);
    await site.insert('seat', { line: 1, place: 1, label: 'a' }, { line: 1, place: 2, label: 'b' });

    await site.become([seat({ place: key, label: text() })], { allow: ['data-loss'] });

    expect(await site.rows('seat')).toEqual([
      { place: 1, label: 'a' },
      { place: 2, label: 'b' },
    ]);
  });

  test('a self-referencing table is renamed and altered', async () => {
    const node = (name: string, members: Members, ...decorators: readonly ClassDecorator[]): EntityClass => {
      const made: EntityClass = entity(
        name,
        { id, up: ManyToOne(() => made, { nullable: true, deleteRule: 'cascade' }), ...members },
        ...decorators,
      );
      return made;
    };
    const site = await given(database, [node('Node', { code: text() })]);
    await site.insert('node', { id: 1, up_id: null, code: '1' }, { id: 2, up_id: 1, code: '2' });

    await site.become([node('Branch', { code: integer() }, Entity({ previousName: 'node' }))]);

    expect(await site.rows('branch')).toEqual([
      { id: 1, up_id: null, code: 1 },
      { id: 2, up_id: 1, code: 2 },
    ]);
  });

  test('a relation gives way to another of the same name, and a unique key to a longer one', async () => {
    const country = entity('Country', { code: PrimaryKey({ type: t.string }) });
    const site = await given(database, [
      country,
      author({ name: text({ unique: true }), home: ManyToOne(() => country, { nullable: true }) }),
    ]);
    await site.insert('country', { code: 'ie' });
    await site.insert('author', { id: 1, name: 'Ann', home_code: 'ie' });

    await site.become([
      country,
      author(
        { name: text(), home: ManyToOne(() => country, { joinColumn: 'home_code', deleteRule: 'restrict' }) },
        Unique({ properties: ['name', 'home'] }),
      ),
    ]);

    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', home_code: 'ie' }]);
    await expect(site.insert('author', { id: 2, name: 'Ann', home_code: 'ie' })).rejects.toThrow();
  });

  test('everything at once, and back again', async () => {
    const first: readonly EntityClass[] = [
      entity('Country', { id, name: text({ unique: true }) }),
      author({ name: text({ index: true }), age: text({ default: '0' }), gone: integer({ nullable: true }) }),
      entity('Old', { id }),
    ];
    const country = entity('Land', { id, name: text() }, Entity({ previousName: 'country' }));
    const second: readonly EntityClass[] = [
      country,
      author({
        fullName: text({ previousName: 'name', nullable: true }),
        age: integer({ default: 1, check: 'age >= 0' }),
        home: ManyToOne(() => country, { nullable: true }),
      }),
      entity('Fresh', { id, code: text({ unique: true }) }),
    ];
    const back: readonly EntityClass[] = [
      entity('Country', { id, name: text({ unique: true }) }, Entity({ previousName: 'land' })),
      author({
        name: text({ index: true, previousName: 'full_name' }),
        age: text({ default: '0' }),
        gone: integer({ nullable: true }),
      }),
      entity('Old', { id }),
    ];
    const site = await given(database, first);
    await site.insert('country', { id: 1, name: 'Eire' });
    await site.insert('author', { id: 1, name: 'Ann', age: '30', gone: null });

    await site.become(second);
    expect(await site.rows('author')).toEqual([{ id: 1, full_name: 'Ann', age: 30, home_id: null }]);
    expect(await site.rows('land')).toEqual([{ id: 1, name: 'Eire' }]);

    await site.become(back);
    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', age: '30', gone: null }]);
    await site.alreadyIs(first);
  });
});
