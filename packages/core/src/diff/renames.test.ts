import { describe, expect, it } from 'vitest';
import { DovetailError } from '../errors.js';
import { column, comparison, foreignKey, generated, schema, table } from '../model/schema.fixture.js';
import type { Column, Schema } from '../model/schema.js';
import { resolveRenames, type RenameOptions } from './renames.js';

const defaults: RenameOptions = { assumeRenames: true, dropTables: true };

/** The renames as `old > new`, a column's with its table, an assumed one with a question mark. */
function renames(actual: Schema, desired: Schema, options: Partial<RenameOptions> = {}): readonly string[] {
  return resolveRenames(actual, desired, comparison, { ...defaults, ...options }).map((rename) => {
    const mark = rename.reason === 'assumed' ? ' ?' : '';
    return rename.kind === 'rename-table'
      ? `${rename.table.name} > ${rename.to}${mark}`
      : `${rename.table.name}.${rename.from} > ${rename.to}${mark}`;
  });
}

function columnRenames(actual: readonly (Column | string)[], desired: readonly (Column | string)[]): readonly string[] {
  return renames(schema([table('t', actual)]), schema([table('t', desired)]));
}

function hinted(name: string, previousName: string, stated: Partial<Column> = {}): Column {
  return column(name, { previousName, ...stated });
}

function ambiguities(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DovetailError && error.code === 'ambiguous-rename') {
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
    expect(columnRenames(['a', 'b'], [hinted('b', 'a')])).toEqual([]);
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
      't.a > dovetail_rename_1',
      't.b > a',
      't.dovetail_rename_1 > b',
    ]);
  });

  it('swaps nothing where a swap that was carried out looks the same', () => {
    expect(columnRenames(['a', 'b'], [hinted('b', 'a'), hinted('a', 'b')])).toEqual([]);
  });

  it('swaps nothing where it cannot be told, and says so', () => {
    const desired = schema([table('t', [hinted('b', 'a', { default: '1' }), hinted('a', 'b', { type: 'text' })])]);
    const actual = schema([table('t', ['a', column('b', { type: 'text' })])]);
    const [problem] = ambiguities(() => renames(actual, desired, { assumeRenames: false }));
    expect(problem).toContain('t.b, t.a exchange their names and change besides');
  });

  it('takes a spare name that is free', () => {
    const [number, text] = [column('a'), column('b', { type: 'text' })];
    const desired = [hinted('b', 'a'), hinted('a', 'b', { type: 'text' }), 'dovetail_rename_1'];
    expect(columnRenames([number, text, 'Dovetail_Rename_1'], desired)).toContain('t.a > dovetail_rename_2');
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
      't.b, t.c have the same previousName, "a": leave it on the one that takes over its values',
    ]);
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
    expect(problem).toContain('assumeRenames: false');
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
