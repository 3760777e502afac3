import { describe, expect, it } from 'vitest';
import { column, comparison, foreignKey, generated, index, schema, table, trigger } from '../model/schema.fixture.js';
import type { Column, Schema, Table } from '../model/schema.js';
import { describeChange } from '../plan/explain.js';
import { diffSchemas } from './diff.js';

/** The changes from one schema to another, as a person reads them. */
function changes(actual: Schema, desired: Schema): readonly string[] {
  return diffSchemas(actual, desired, comparison).map((change) => describeChange(change).what);
}

/** The changes from one form of a table to another. */
function changesOf(actual: Partial<Table>, desired: Partial<Table>): readonly string[] {
  const columns = ['a', 'b', 'c'];
  return changes(schema([{ ...table('t', columns), ...actual }]), schema([{ ...table('t', columns), ...desired }]));
}

function columnChanges(actual: Partial<Column>, desired: Partial<Column>): readonly string[] {
  return changes(schema([table('t', [column('a', actual)])]), schema([table('t', [column('a', desired)])]));
}

describe('tables', () => {
  it('are created and dropped by name, whatever its case', () => {
    expect(changes(schema([table('a'), table('b')]), schema([table('B'), table('c')]))).toEqual(['id', '- table a']);
    expect(diffSchemas(schema([table('a')]), schema([table('A')]), comparison)).toEqual([]);
  });

  it('are nothing to change when they are equal, in whatever order their columns come', () => {
    expect(changes(schema([table('t', ['a', 'b'])]), schema([table('t', ['b', 'a'])]))).toEqual([]);
  });

  it('have the same name in different namespaces', () => {
    const [sales, stock] = [
      { ...table('t'), schema: 'sales' },
      { ...table('t'), schema: 'stock' },
    ];
    expect(diffSchemas(schema([sales]), { ...schema([stock]), namespaces: ['stock'] }, comparison)).toMatchObject([
      { kind: 'create-namespace', namespace: 'stock' },
      { kind: 'create-table', table: { schema: 'stock' } },
      { kind: 'drop-table', table: { schema: 'sales' } },
    ]);
  });

  it('compare the options that are stated, and inherit the others', () => {
    expect(changesOf({ options: { strict: true, engine: 'x' } }, { options: { strict: false } })).toEqual([
      '~ strict true → false',
    ]);
    expect(changesOf({ options: { strict: true } }, { options: {} })).toEqual([]);
  });

  it('take an empty comment for none', () => {
    expect(changesOf({ comment: '' }, {})).toEqual([]);
    expect(changesOf({ comment: 'old' }, {})).toEqual(['~ comment "old" → ""']);
  });
});

describe('columns', () => {
  it.each<[string, Partial<Column>, Partial<Column>, string]>([
    ['type', { type: 'text' }, { type: 'blob' }, 'type text → blob'],
    ['nullability', {}, { nullable: false }, 'null → not null'],
    ['default', { default: '1' }, {}, 'default 1 → none'],
    ['empty text as default', {}, { default: "''" }, "default none → ''"],
    ['collation', {}, { collation: 'nocase' }, 'collation none → nocase'],
    ['numbering', { autoincrement: true }, {}, 'autoincrement yes → no'],
    ['identity', {}, { identity: 'always' }, 'identity none → always'],
    ['comment', { comment: 'x' }, { comment: 'y' }, 'comment x → y'],
    ['visibility', {}, { invisible: true }, 'invisible no → yes'],
    [
      'expression',
      { generated: { expression: 'b', stored: false } },
      { generated: { expression: 'c', stored: false } },
      'generated (b) virtual → (c) virtual',
    ],
    [
      'storage',
      { generated: { expression: 'b', stored: false } },
      { generated: { expression: 'b', stored: true } },
      'generated (b) virtual → (b) stored',
    ],
  ])('differ in their %s', (_, actual, desired, expected) => {
    expect(columnChanges(actual, desired)).toEqual([`~ column a: ${expected}`]);
  });

  it('are the same where an attribute is absent and where it says the same as its absence', () => {
    expect(columnChanges({}, { autoincrement: false, invisible: false, comment: '', default: undefined })).toEqual([]);
  });

  it('leave alone what the property wants ignored', () => {
    const wish = { type: 'text', default: '1', ignoreSchemaChanges: ['type', 'default'] } as const;
    expect(columnChanges({}, wish)).toEqual([]);
    expect(columnChanges({}, { ...wish, nullable: false })).toEqual(['~ column a: null → not null']);
  });

  it('come and go', () => {
    const actual = schema([table('t', ['a', 'b'])]);
    const desired = schema([table('t', ['b', generated('c', 'b + 1')])]);
    expect(changes(actual, desired)).toEqual(['+ column c integer as (b + 1)', '- column a integer']);
  });
});

describe('indexes', () => {
  it('are matched by what they are, so one with another name is renamed', () => {
    expect(changesOf({ indexes: [index('x', ['a'])] }, { indexes: [index('y', ['a'])] })).toEqual(['> index x → y']);
  });

  it('are dropped and created when they differ under one name', () => {
    expect(changesOf({ indexes: [index('x', ['a'])] }, { indexes: [index('x', ['a', 'b'])] })).toEqual([
      '- index x (a)',
      '+ index x (a, b)',
    ]);
  });

  it('do not take a name that another one holds by being renamed', () => {
    const actual = [index('x', ['a']), index('y', ['b'])];
    expect(changesOf({ indexes: actual }, { indexes: [index('y', ['a']), index('x', ['b'])] })).toEqual([
      '- index x (a)',
      '- index y (b)',
      '+ index y (a)',
      '+ index x (b)',
    ]);
    expect(changesOf({ indexes: actual }, { indexes: [index('y', ['a'])] })).toEqual([
      '- index x (a)',
      '- index y (b)',
      '+ index y (a)',
    ]);
  });

  it('keep a name that differs in its case alone', () => {
    expect(changesOf({ indexes: [index('x', ['A'])] }, { indexes: [index('X', ['a'])] })).toEqual([]);
  });

  it('are paired by name where several are the same', () => {
    const [x, y] = [index('x', ['a']), index('y', ['a'])];
    expect(changesOf({ indexes: [x, y] }, { indexes: [y] })).toEqual(['- index x (a)']);
  });

  it.each([
    ['sort order', { parts: [{ column: 'a', sort: 'desc' as const }] }],
    ['collation', { parts: [{ column: 'a', collation: 'nocase' }] }],
    ['expression', { parts: [{ expression: 'a' }] }],
    ['predicate', { where: 'a > 1' }],
    ['uniqueness', { unique: true }],
    ['type', { type: 'hash' }],
    ['included columns', { include: ['b'] }],
    ['nulls', { nullsNotDistinct: true }],
    ['storage', { storage: { fillfactor: '70' } }],
  ])('differ in their %s', (_, stated) => {
    expect(changesOf({ indexes: [index('x', ['a'])] }, { indexes: [index('x', ['a'], stated)] })).toHaveLength(2);
  });

  it('take an ascending order for the default', () => {
    const ascending = index('x', [], { parts: [{ column: 'a', sort: 'asc' }] });
    expect(changesOf({ indexes: [ascending] }, { indexes: [index('x', ['a'])] })).toEqual([]);
  });
});

describe('unique constraints and unique indexes', () => {
  const constraint = { name: 'u', columns: ['a', 'b'] };
  const uniqueIndex = index('i', ['a', 'b'], { unique: true });

  it('do the same, so one stays in place of the other', () => {
    expect(changesOf({ uniques: [constraint] }, { indexes: [uniqueIndex] })).toEqual([]);
    expect(changesOf({ indexes: [uniqueIndex] }, { uniques: [constraint] })).toEqual([]);
  });

  it.each([
    ['in the order of columns', { parts: [{ column: 'b' }, { column: 'a' }] }],
    ['in a sort order', { parts: [{ column: 'a' }, { column: 'b', sort: 'desc' as const }] }],
    ['in a predicate', { where: 'a > 1' }],
    ['in how nulls compare', { nullsNotDistinct: true }],
    ['in uniqueness', { unique: false }],
  ])('are not the same when they differ %s', (_, stated) => {
    expect(changesOf({ uniques: [constraint] }, { indexes: [{ ...uniqueIndex, ...stated }] })).toHaveLength(2);
  });

  it('are not the same when the constraint is deferred', () => {
    const deferred = { ...constraint, deferrable: 'initially deferred' } as const;
    expect(changesOf({ uniques: [deferred] }, { indexes: [uniqueIndex] })).toHaveLength(2);
  });

  it('stand for one another once, not several times', () => {
    const other = index('j', ['a', 'b'], { unique: true });
    expect(changesOf({ uniques: [constraint] }, { indexes: [uniqueIndex, other] })).toEqual([
      '+ unique index j (a, b)',
    ]);
  });

  it('give way when another index needs the name', () => {
    expect(changesOf({ indexes: [uniqueIndex] }, { uniques: [constraint], indexes: [index('i', ['c'])] })).toEqual([
      '- unique index i (a, b)',
      '+ index i (c)',
      '+ unique u (a, b)',
    ]);
  });
});

describe('constraints', () => {
  it('without a name match those of any name', () => {
    const [named, unnamed] = [foreignKey('a', 'other', { name: 'f' }), foreignKey('a', 'other')];
    expect(changesOf({ foreignKeys: [unnamed] }, { foreignKeys: [named] })).toEqual([]);
    expect(changesOf({ foreignKeys: [named] }, { foreignKeys: [unnamed] })).toEqual([]);
    expect(changesOf({ checks: [{ expression: 'a>1' }] }, { checks: [{ name: 'c', expression: 'a > 1' }] })).toEqual(
      [],
    );
  });

  it('do not take the name of one that is kept for another of no name', () => {
    const actual = [
      { name: 'c', expression: 'a > 1' },
      { name: 'd', expression: 'b > 1' },
    ];
    const desired = [{ expression: 'a > 1' }, { name: 'c', expression: 'b > 1' }];
    expect(changesOf({ checks: actual }, { checks: desired })).toEqual(['- check d (b > 1)', '+ check c (b > 1)']);
  });

  it('are renamed when only their names differ', () => {
    expect(
      changesOf({ uniques: [{ name: 'x', columns: ['a'] }] }, { uniques: [{ name: 'y', columns: ['a'] }] }),
    ).toEqual(['> unique x → y']);
    expect(
      changesOf({ primaryKey: { name: 'x', columns: ['id'] } }, { primaryKey: { name: 'y', columns: ['id'] } }),
    ).toEqual(['> primary key x → y']);
  });

  it('of a primary key are replaced as a whole', () => {
    expect(changesOf({}, { primaryKey: { columns: ['id', 'a'] } })).toEqual(['~ primary key (id) → (id, a)']);
    expect(changesOf({ primaryKey: undefined }, {})).toEqual(['~ primary key none → (id)']);
  });

  it('of foreign keys differ in their target, actions and deferring', () => {
    const before = foreignKey('a', 'other');
    for (const after of [
      foreignKey('b', 'other'),
      foreignKey('a', 'another'),
      { ...before, onDelete: 'cascade' as const },
      { ...before, onUpdate: 'cascade' as const },
      { ...before, deferrable: 'initially deferred' as const },
      { ...before, references: { table: { name: 'other' }, columns: ['code'] } },
    ]) {
      expect(changesOf({ foreignKeys: [before] }, { foreignKeys: [after] })).toHaveLength(2);
    }
  });
});

describe('triggers and views', () => {
  it('that no entity declares are left alone', () => {
    const view = { name: 'v', definition: 'select 1' };
    expect(
      diffSchemas(
        schema([table('t', [], { triggers: [trigger('x', 'y')] })], [view]),
        schema([table('t')]),
        comparison,
      ),
    ).toEqual([]);
  });

  it('are replaced when what they do differs', () => {
    const changed = changesOf({ triggers: [trigger('x', 'a')] }, { triggers: [trigger('x', 'b')] });
    expect(changed).toEqual(['- trigger x', '+ trigger x']);
    const views = (definition: string): Schema => schema([], [{ name: 'v', definition }]);
    expect(changes(views('select 1'), views('select 2'))).toEqual(['~ view v']);
  });

  it('are the same when the columns of an update come in another order or case', () => {
    const onUpdate = (columns: readonly string[]): Partial<Table> => ({
      triggers: [trigger('x', 'a', { events: [{ kind: 'update', columns }] })],
    });
    expect(changesOf(onUpdate(['b', 'A']), onUpdate(['a', 'B']))).toEqual([]);
  });

  it('keep the triggers of a view that changes', () => {
    const onView = trigger('x', 'y', { timing: 'instead of' });
    const actual = schema([], [{ name: 'v', definition: 'select 1', triggers: [onView] }]);
    expect(diffSchemas(actual, schema([], [{ name: 'v', definition: 'select 2' }]), comparison)).toMatchObject([
      { kind: 'replace-view', to: { definition: 'select 2', triggers: [onView] } },
    ]);
  });
});

describe('enums', () => {
  it('are altered when their items or the order of them differ', () => {
    const withItems = (...items: string[]): Schema => ({ ...schema([]), enums: [{ name: 'e', items }] });
    expect(changes(withItems('a', 'b'), withItems('b', 'a'))).toEqual(['~ enum e: a, b → b, a']);
    expect(changes(withItems('a'), withItems('a'))).toEqual([]);
    expect(changes(schema([]), withItems('a'))).toEqual(['+ enum e (a)']);
    expect(changes(withItems('a'), schema([]))).toEqual(['- enum e']);
  });
});
