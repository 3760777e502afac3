import { describe, expect, it } from 'vitest';
import { DovetailError, type ErrorCode } from '../errors.js';
import { column, comparison, foreignKey, generated, schema, table } from '../model/schema.fixture.js';
import type { StatedRenames } from '../model/plan.js';
import type { Column, EnumType, Schema, Table } from '../model/schema.js';
import { describeObject } from '../model/describe-object.js';
import { resolveRenames, type RenameOptions } from './renames.js';
import { exchangesNames } from './stated-renames.js';

const defaults: RenameOptions = { assumeRenames: true, dropTables: true };

/** The renames as `old > new`, with what the object is in; an assumed one with a question mark. */
function renames(actual: Schema, desired: Schema, options: Partial<RenameOptions> = {}): readonly string[] {
  return resolveRenames(actual, desired, comparison, { ...defaults, ...options }).map((rename) => {
    const mark = rename.reason === 'assumed' ? ' ?' : '';
    return `${describeObject(rename)} > ${rename.to}${mark}`;
  });
}

function columnRenames(actual: readonly (Column | string)[], desired: readonly (Column | string)[]): readonly string[] {
  return renames(schema([table('t', actual)]), schema([table('t', desired)]));
}

function hinted(name: string, previousName: string, stated: Partial<Column> = {}): Column {
  return column(name, { previousName, ...stated });
}

function ambiguities(run: () => unknown): readonly string[] {
  return problemsOf('ambiguous-rename', run);
}

function problemsOf(code: ErrorCode, run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DovetailError && error.code === code) {
      return error.problems.map(({ where, what, remedy }) => `${where} ${what}: ${remedy}`);
    }
    throw error;
  }
  return [];
}

describe('a hint', () => {
  it('renames a column, even to another definition', () => {
    expect(columnRenames(['a'], [hinted('b', 'a', { type: 'text', nullable: false })])).toEqual(['t.a > b']);
  });

  it('renames a table', () => {
    expect(renames(schema([table('old')]), schema([table('new', ['a'], { previousName: 'OLD' })]))).toEqual([
      'old > new',
    ]);
  });

  it('means nothing once it was carried out', () => {
    expect(columnRenames(['b'], [hinted('b', 'a')])).toEqual([]);
  });

  it('holds when a new column takes the old name', () => {
    expect(columnRenames(['a'], [hinted('b', 'a'), column('a', { type: 'text' })])).toEqual(['t.a > b']);
  });

  it('that changes the case alone is nothing in a database that folds names', () => {
    expect(columnRenames(['a'], [hinted('A', 'a')])).toEqual([]);
  });

  it('frees the name for the next of a chain', () => {
    expect(columnRenames(['a', 'b', 'c'], [hinted('d', 'c'), hinted('b', 'a'), hinted('c', 'b')])).toEqual([
      't.c > d',
      't.b > c',
      't.a > b',
    ]);
  });

  it('is not carried out twice along a chain', () => {
    expect(columnRenames(['b', 'c'], [hinted('b', 'a'), hinted('c', 'b')])).toEqual([]);
  });

  it('swaps two columns by way of a spare name', () => {
    const [number, text] = [column('a'), column('b', { type: 'text' })];
    expect(columnRenames([number, text], [hinted('b', 'a'), hinted('a', 'b', { type: 'text' })])).toEqual([
      't.a > dovetail_rename',
      't.b > a',
      't.dovetail_rename > b',
    ]);
  });

  it('swaps nothing where a swap that was carried out looks the same, and says so', () => {
    const [actual, desired] = [
      ['a', 'b'],
      [hinted('b', 'a'), hinted('a', 'b')],
    ];
    expect(ambiguities(() => columnRenames(actual, desired))).toEqual([
      't.b, t.a exchange their names, and whether they have done so already cannot be told: ' +
        "take previousName off where they have; where they have not, pass renames: { 't.a': 'b', 't.b': 'a' } once",
    ]);
  });

  it('swaps where one definition tells, whatever else changes', () => {
    const [number, text] = [column('a'), column('b', { type: 'text' })];
    const desired = [hinted('b', 'a', { default: '1' }), hinted('a', 'b', { type: 'text' })];
    expect(columnRenames([number, text], desired)).toHaveLength(3);
    const swapped = [column('a', { type: 'text' }), column('b')];
    expect(columnRenames(swapped, desired)).toEqual([]);
  });

  it('of a column whose new name is that of one to be dropped moves that one out of the way', () => {
    const desired = schema([table('t', [hinted('x', 'y', { type: 'text' })])]);
    const outstanding = schema([table('t', ['x', column('y', { type: 'text' })])]);
    expect(renames(outstanding, desired)).toEqual(['t.x > dovetail_old_x', 't.y > x']);
    expect(renames(schema([table('t', ['y', column('x', { type: 'text' })])]), desired)).toEqual([]);
  });

  it('of which nothing tells whether it was carried out is an error, unless nothing is dropped', () => {
    const [actual, desired] = [schema([table('t', ['x', 'y'])]), schema([table('t', [hinted('x', 'y')])])];
    expect(ambiguities(() => renames(actual, desired))).toEqual([
      't.x exists beside "y", so whether "y" was renamed already cannot be told: ' +
        "where it was, pass renames: { 't.y': false }; where it was not, renames: { 't.y': 'x' }, " +
        'which drops what has the name now',
    ]);
    expect(renames(actual, desired, { safe: true })).toEqual([]);
    expect(renames(actual, desired, { renames: { 't.y': false } })).toEqual([]);
    expect(renames(actual, desired, { renames: { 't.y': 'x' } })).toEqual(['t.x > dovetail_old_x', 't.y > x']);
  });

  it('means nothing where the old name is wanted again', () => {
    expect(columnRenames(['a', 'b'], [hinted('b', 'a'), 'a'])).toEqual([]);
  });

  it('takes a spare name that is free', () => {
    const [number, text] = [column('a'), column('b', { type: 'text' })];
    const desired = [hinted('b', 'a'), hinted('a', 'b', { type: 'text' }), 'dovetail_rename'];
    expect(columnRenames([number, text, 'Dovetail_Rename'], desired)).toContain('t.a > dovetail_rename_2');
  });

  it('follows the table to its new name', () => {
    expect(
      renames(schema([table('old', ['a'])]), schema([table('new', [hinted('b', 'a')], { previousName: 'old' })])),
    ).toEqual(['old > new', 'new.a > b']);
  });

  it('stays in its namespace', () => {
    const actual = schema([{ ...table('old'), schema: 'sales' }]);
    const desired = schema([{ ...table('new', [], { previousName: 'old' }), schema: 'stock' }]);
    expect(renames(actual, desired)).toEqual([]);
  });

  it('that two properties share is an error, whatever else may be assumed', () => {
    const desired = schema([table('t', [hinted('b', 'a'), hinted('c', 'a')])]);
    expect(ambiguities(() => renames(schema([table('t', ['a'])]), desired, { assumeRenames: false }))).toEqual([
      't.b, t.c have the same previous name, "a": leave previousName on the one that takes over its values',
    ]);
  });
});

describe('an option', () => {
  const person = schema([table('person', ['name', 'nick'])]);
  const stated = (renamesOption: RenameOptions['renames'], actual: Schema, desired: Schema): readonly string[] =>
    renames(actual, desired, { renames: renamesOption });

  it('renames a table and its columns, found by its old name or by its new one', () => {
    const desired = schema([table('customer', [column('full_name', { type: 'text' }), 'nick'])]);
    const expected = ['person > customer', 'customer.name > full_name'];
    expect(stated({ person: 'customer', 'person.name': 'full_name' }, person, desired)).toEqual(expected);
    expect(stated({ person: 'customer', 'customer.name': 'customer.full_name' }, person, desired)).toEqual(expected);
  });

  it('outweighs a hint, and leaves nothing open', () => {
    const desired = schema([table('person', [hinted('alias', 'nick'), 'first'])]);
    expect(stated({ 'person.name': 'alias' }, person, desired)).toEqual([
      'person.name > alias',
      'person.nick > first ?',
    ]);
  });

  it('says that something was not renamed', () => {
    const desired = schema([table('person', ['full_name', 'nick'])]);
    expect(stated({ 'person.name': false }, person, desired)).toEqual([]);
  });

  it('swaps columns alike', () => {
    expect(stated({ 'person.name': 'nick', 'person.nick': 'name' }, person, person)).toHaveLength(3);
  });

  it('means nothing once it was carried out, along a chain neither', () => {
    const chain = { 't.a': 'b', 't.b': 'c' };
    expect(stated(chain, schema([table('t', ['a', 'b'])]), schema([table('t', ['b', 'c'])]))).toEqual([
      't.b > c',
      't.a > b',
    ]);
    expect(stated(chain, schema([table('t', ['b', 'c'])]), schema([table('t', ['b', 'c'])]))).toEqual([]);
    expect(stated(chain, schema([table('t', ['a', 'c'])]), schema([table('t', ['b', 'c'])]))).toEqual(['t.a > b']);
  });

  it('renames an enum and its values', () => {
    const actual = { ...schema([]), enums: [{ name: 'mood', items: ['sad', 'glad'] }] };
    const desired = { ...schema([]), enums: [{ name: 'feeling', items: ['unhappy', 'glad'] }] };
    expect(stated({ mood: 'feeling', 'mood.sad': 'unhappy' }, actual, desired)).toEqual([
      'mood > feeling',
      'feeling.sad > unhappy',
    ]);
  });

  it('renames a namespace with all that is in it', () => {
    const actual = { ...schema([{ ...table('old', ['a']), schema: 'shop' }]), namespaces: ['shop'] };
    const desired = {
      ...schema([{ ...table('new', ['b'], { previousName: 'old' }), schema: 'store' }]),
      namespaces: ['store'],
    };
    expect(stated({ shop: 'store' }, actual, desired)).toEqual([
      'shop > store',
      'store.old > new',
      'store.new.a > b ?',
    ]);
    const both = { ...actual, namespaces: ['shop', 'store'], tables: [...actual.tables, ...desired.tables] };
    expect(() => stated({ shop: 'store' }, both, desired)).toThrow('becomes "store", which exists already');
  });

  it.each([
    [{ autor: 'writer' }, 'renames: "autor" is not in the database, and neither is "writer"'],
    [{ 'person.name': 'fullname' }, 'and the entities have no "fullname" there'],
  ])('of what does not exist is an error: %j', (option, message) => {
    const [problem] = problemsOf('invalid-configuration', () => stated(option, person, person));
    expect(problem).toContain(message);
  });
});

describe('a pivot table', () => {
  const pivot = (name: string, columns: readonly (readonly [name: string, target: string])[]): Table => ({
    ...table(name),
    columns: columns.map(([key]) => column(key, { nullable: false })),
    primaryKey: { columns: columns.map(([key]) => key) },
    foreignKeys: columns.map(([key, target]) => foreignKey(key, target)),
  });
  const before = schema([
    table('author', ['a']),
    table('book', ['b']),
    pivot('author_book', [
      ['author_id', 'author'],
      ['book_id', 'book'],
    ]),
  ]);
  const writer = table('writer', ['a'], { previousName: 'author' });

  it('follows a renamed entity, and so do its columns', () => {
    const after = schema([
      writer,
      table('book', ['b']),
      pivot('writer_book', [
        ['writer_id', 'writer'],
        ['book_id', 'book'],
      ]),
    ]);
    expect(renames(before, after)).toEqual([
      'author > writer',
      'author_book > writer_book ?',
      'writer_book.author_id > writer_id ?',
    ]);
  });

  it('of other entities is another', () => {
    const after = schema([
      writer,
      table('book', ['b']),
      pivot('writer_pair', [
        ['writer_id', 'writer'],
        ['other_id', 'writer'],
      ]),
    ]);
    expect(renames(before, after)).toEqual(['author > writer']);
  });

  it('of one entity with itself follows, and its columns have to be told', () => {
    const [old, new_] = [
      schema([
        table('author', ['a']),
        pivot('author_friends', [
          ['author_1', 'author'],
          ['author_2', 'author'],
        ]),
      ]),
      schema([
        writer,
        pivot('writer_friends', [
          ['writer_1', 'writer'],
          ['writer_2', 'writer'],
        ]),
      ]),
    ];
    expect(ambiguities(() => renames(old, new_))).toHaveLength(1);
    const told = { 'writer_friends.author_1': 'writer_1' };
    expect(renames(old, new_, { renames: told })).toContain('writer_friends.author_2 > writer_2 ?');
  });
});

describe('an enum', () => {
  const enums = (...types: readonly EnumType[]): Schema => ({ ...schema([]), enums: types });

  it('is renamed by its hint, or where only one reading fits', () => {
    const actual = enums({ name: 'mood', items: ['sad', 'glad'] });
    expect(renames(actual, enums({ name: 'feeling', items: ['sad'], previousName: 'mood' }))).toEqual([
      'mood > feeling',
    ]);
    expect(renames(actual, enums({ name: 'feeling', items: ['sad', 'glad'] }))).toEqual(['mood > feeling ?']);
    expect(renames(actual, enums({ name: 'feeling', items: ['sad'] }))).toEqual([]);
  });

  it('has its values renamed by hints, which mean nothing once carried out, and are never assumed', () => {
    const wanted = enums({ name: 'mood', items: ['unhappy', 'glad'], previousItems: { unhappy: 'sad' } });
    expect(renames(enums({ name: 'mood', items: ['sad', 'glad'] }), wanted)).toEqual(['mood.sad > unhappy']);
    expect(renames(wanted, wanted)).toEqual([]);
    expect(renames(enums({ name: 'mood', items: ['sad'] }), enums({ name: 'mood', items: ['bad'] }))).toEqual([]);
  });
});

describe('without a hint', () => {
  it('one removed and one added column of one definition are a rename', () => {
    expect(columnRenames(['a'], ['b'])).toEqual(['t.a > b ?']);
  });

  it('nothing is assumed of different definitions', () => {
    expect(columnRenames(['a'], [column('b', { type: 'text' })])).toEqual([]);
    expect(columnRenames(['a'], [column('b', { default: '1' })])).toEqual([]);
  });

  it('a generated column is never renamed, for it holds nothing of its own', () => {
    expect(columnRenames(['a', generated('b', 'a')], ['a', generated('c', 'a')])).toEqual([]);
  });

  it.each([
    [['a'], ['b', 'c'], 't.b, t.c could be the new name of "a"'],
    [['a', 'b'], ['c'], 't.c could be the new name of "a" or "b"'],
    [['a', 'b'], ['c', 'd'], 't.c, t.d could be the new name of "a" or "b"'],
  ])('several readings, from %j to %j, are an error that shows the hint to write', (actual, desired, expected) => {
    const [problem] = ambiguities(() => columnRenames(actual, desired));
    expect(problem).toContain(expected);
    expect(problem).toContain("write @Property({ previousName: 'a' })");
    expect(problem).toContain("renames: { 't.a': false }");
  });

  it('a hint for one leaves one reading for the other', () => {
    expect(columnRenames(['a', 'b'], [hinted('c', 'a'), 'd'])).toEqual(['t.a > c', 't.b > d ?']);
  });

  it('one reading of each definition is a rename each', () => {
    const text = { type: 'text' };
    expect(columnRenames(['a', column('b', text)], [column('d', text), 'c'])).toEqual(['t.a > c ?', 't.b > d ?']);
  });

  it('a column of a foreign key is one of another to the same table', () => {
    const before = table('t', ['a', 'b'], { foreignKeys: [foreignKey('a', 'x')] });
    const after = table('t', ['c', 'd'], { foreignKeys: [foreignKey('d', 'x')] });
    expect(renames(schema([before]), schema([after]))).toEqual(['t.a > d ?', 't.b > c ?']);
  });

  it('a foreign key to a table that is renamed too is the same', () => {
    const before = schema([table('person'), table('t', ['a'], { foreignKeys: [foreignKey('a', 'person')] })]);
    const after = schema([
      table('customer', [], { previousName: 'person' }),
      table('t', ['b'], { foreignKeys: [foreignKey('b', 'customer')] }),
    ]);
    expect(renames(before, after)).toEqual(['person > customer', 't.a > b ?']);
  });

  it('one removed and one added table with the same columns are a rename', () => {
    expect(renames(schema([table('a', ['x'])]), schema([table('b', ['x'])]))).toEqual(['a > b ?']);
    expect(renames(schema([table('a', ['x'])]), schema([table('b', ['y'])]))).toEqual([]);
  });

  it('several tables alike are an error', () => {
    const [problem] = ambiguities(() => renames(schema([table('a')]), schema([table('b'), table('c')])));
    expect(problem).toContain('b, c could be the new name of "a": write @Entity({ previousName: \'a\' })');
  });

  it('all that is ambiguous is told at once', () => {
    const actual = schema([table('s', ['a']), table('t', ['a'])]);
    const desired = schema([table('s', ['b', 'c']), table('t', ['b', 'c'])]);
    expect(ambiguities(() => renames(actual, desired))).toHaveLength(2);
  });

  it('nothing is assumed, and nothing ambiguous, when the caller wants no assumptions', () => {
    const desired = schema([table('t', ['b', 'c'])]);
    expect(renames(schema([table('t', ['a'])]), desired, { assumeRenames: false })).toEqual([]);
  });

  it('a table that would not be dropped is not renamed either', () => {
    const [actual, desired] = [schema([table('a')]), schema([table('b'), table('c')])];
    expect(renames(actual, desired, { dropTables: false })).toEqual([]);
    expect(renames(schema([table('t', ['a'])]), schema([table('t', ['b'])]), { dropTables: false })).toEqual([
      't.a > b ?',
    ]);
  });
});

describe('exchanged names', () => {
  it.each<[StatedRenames, boolean]>([
    [{ a: 'b', b: 'a' }, true],
    [{ 't.a': 'b', 't.b': 't.c', 't.c': 'a' }, true],
    [{ a: 'b', b: 'c' }, false],
    [{ 't.a': 'b', 'u.b': 'a' }, false],
    [{ a: false, b: 'a' }, false],
  ])('of %j: %s', (renames, expected) => {
    expect(exchangesNames(renames)).toBe(expected);
  });
});
