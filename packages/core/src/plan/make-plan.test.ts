import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSchemas } from '../diff/diff.js';
import type { Capabilities, ChangeGroup, Ddl } from '../driver.js';
import { applyChanges } from '../model/apply-changes.js';
import { type Change, isAlterTableChange } from '../model/change.js';
import { column, comparison, foreignKey, generated, index, schema, table, trigger } from '../model/schema.fixture.js';
import { emptySchema, type ForeignKey, type Schema, type Table, type View } from '../model/schema.js';
import { capabilities as fictitious } from '../schema-builder/fictitious-database.fixture.js';
import { describeChange } from './explain.js';
import { makeSteps } from './make-plan.js';
import { firstRefusal } from './strict-order.fixture.js';

/** Each change is a statement of its own, unless `group` says otherwise. */
function ddl(group: Ddl['group'] = (changes) => changes.map((change): ChangeGroup => ({ changes: [change] }))): Ddl {
  return {
    quoteIdentifier: (name) => name,
    quoteString: (value) => value,
    group,
    statements: ({ changes }) => [{ sql: '', description: changes.map(({ kind }) => kind).join(' ') }],
    prechecks: () => [],
    clear: () => [],
    script: (statements) => statements,
  };
}

/** A table with anything but indexes and triggers to change is made anew. */
function rebuilding(changes: readonly Change[]): ChangeGroup[] {
  const groups = new Map<string, Change[]>();
  const rest: Change[] = [];
  for (const change of changes) {
    const isApart = !isAlterTableChange(change) || change.kind.endsWith('-index') || change.kind.endsWith('-trigger');
    if (isApart) rest.push(change);
    else groups.set(change.table.name, [...(groups.get(change.table.name) ?? []), change]);
  }
  return [
    ...[...groups].map(([name, ofTable]): ChangeGroup => ({ changes: ofTable, rebuilds: { name } })),
    ...rest.map((change): ChangeGroup => ({ changes: [change] })),
  ];
}

function ordered(
  actual: Schema,
  desired: Schema,
  stated: Partial<Capabilities> = {},
  group?: Ddl['group'],
): readonly Change[] {
  const steps = makeSteps({
    driver: { ddl: ddl(group), comparison },
    capabilities: { ...fictitious, ...stated },
    before: actual,
    actual,
    renames: [],
    changes: diffSchemas(actual, desired, comparison),
  });
  return steps.flatMap(({ changes }) => changes);
}

/** The order of the changes, each as `table: what`. */
function order(actual: Schema, desired: Schema, stated?: Partial<Capabilities>): readonly string[] {
  return ordered(actual, desired, stated).map((change) => {
    const { where, what } = describeChange(change);
    return change.kind === 'create-table' ? `+ table ${where}` : what;
  });
}

describe('tables', () => {
  it('are created before those that reference them, and dropped after', () => {
    const [a, b, c] = [
      table('a', ['b_id'], { foreignKeys: [foreignKey('b_id', 'b')] }),
      table('b', ['c_id'], { foreignKeys: [foreignKey('c_id', 'c')] }),
      table('c'),
    ];
    expect(order(emptySchema, schema([a, b, c]))).toEqual(['+ table c', '+ table b', '+ table a']);
    expect(order(schema([c, b, a]), emptySchema)).toEqual(['- table a', '- table b', '- table c']);
  });

  it('come by name where nothing else decides', () => {
    expect(order(emptySchema, schema([table('b'), table('c'), table('a')]))).toEqual([
      '+ table a',
      '+ table b',
      '+ table c',
    ]);
  });

  it('that reference each other get their foreign keys afterwards, and lose them before', () => {
    const [a, b] = [
      table('a', ['b_id'], { foreignKeys: [foreignKey('b_id', 'b', { name: 'f' })] }),
      table('b', ['a_id'], { foreignKeys: [foreignKey('a_id', 'a', { name: 'g' })] }),
    ];
    const [f, g] = ['foreign key f (b_id) → b (id)', 'foreign key g (a_id) → a (id)'];
    expect(order(emptySchema, schema([a, b]))).toEqual(['+ table a', '+ table b', `+ ${f}`, `+ ${g}`]);
    expect(order(schema([a, b]), emptySchema)).toEqual([`- ${f}`, `- ${g}`, '- table a', '- table b']);
  });

  it('that reference each other stay whole where a foreign key needs no target', () => {
    const [a, b] = [
      table('a', ['b_id'], { foreignKeys: [foreignKey('b_id', 'b')] }),
      table('b', ['a_id'], { foreignKeys: [foreignKey('a_id', 'a')] }),
    ];
    expect(order(emptySchema, schema([a, b]), { foreignKeysNeedTarget: false })).toEqual(['+ table a', '+ table b']);
    expect(order(schema([a, b]), emptySchema, { foreignKeysNeedTarget: false })).toEqual(['- table a', '- table b']);
  });

  it('that reference themselves are no ring', () => {
    const tree = table('tree', ['parent'], { foreignKeys: [foreignKey('parent', 'tree')] });
    expect(order(emptySchema, schema([tree]))).toEqual(['+ table tree']);
  });

  it('get their triggers when all tables are done, for a trigger may mention any', () => {
    const a = table('a', [], { triggers: [trigger('log', 'insert into b')] });
    expect(order(emptySchema, schema([a, table('b')]))).toEqual(['+ table a', '+ table b', '+ trigger log']);
  });

  it('wait for the types and namespaces that they may use', () => {
    const desired: Schema = {
      ...schema([{ ...table('a'), schema: 'z' }]),
      namespaces: ['z'],
      enums: [{ schema: 'z', name: 'z', items: ['x'] }],
    };
    expect(order(emptySchema, desired)).toEqual(['+ schema z', '+ enum z.z (x)', '+ table z.a']);
  });
});

describe('names', () => {
  it('of indexes are free before another table takes them', () => {
    const actual = schema([table('a', ['x']), table('b', ['x'], { indexes: [index('i', ['x'])] })]);
    const desired = schema([table('a', ['x'], { indexes: [index('i', ['x'])] }), table('b', ['x'])]);
    expect(order(actual, desired)).toEqual(['- index i (x)', '+ index i (x)']);
    const created = schema([table('a', ['x'], { indexes: [index('i', ['x'])] })]);
    expect(order(schema([table('b', ['x'], { indexes: [index('i', ['x'])] })]), created)).toEqual([
      '- table b',
      '+ table a',
    ]);
  });

  it('that two indexes swap are taken by dropping and creating', () => {
    const two = (first: string, second: string): Schema =>
      schema([
        table('a', ['x'], { indexes: [index(first, ['x'])] }),
        table('b', ['x'], { indexes: [index(second, ['x'])] }),
      ]);
    const actual = two('i', 'j');
    expect(firstRefusal(ordered(actual, two('j', 'i')), actual)).toBeUndefined();
    expect(order(two('i', 'j'), two('j', 'k'))).toEqual(['> index j → k', '- index i (x)', '+ index j (x)']);
  });

  it('of indexes change by dropping and creating where the database renames none', () => {
    const named = (name: string): Schema => schema([table('a', ['x'], { indexes: [index(name, ['x'])] })]);
    expect(order(named('i'), named('j'), { renamesIndexes: false })).toEqual(['- index i (x)', '+ index j (x)']);
    expect(order(named('i'), named('j'))).toEqual(['> index i → j']);
  });
});

describe('views', () => {
  const before: View = { name: 'v', definition: 'select a from t' };
  const after: View = { name: 'v', definition: 'select b from t' };

  it('are out of the way while a table changes', () => {
    expect(order(schema([table('t', ['a'])], [before]), schema([table('t', ['b'])], [after]))).toEqual([
      '- view v',
      '+ column b integer',
      '- column a integer',
      '+ view v',
    ]);
  });

  it('are replaced as they stand where no table changes', () => {
    expect(order(schema([table('t', ['a', 'b'])], [before]), schema([table('t', ['a', 'b'])], [after]))).toEqual([
      '~ view v',
    ]);
  });
});

describe('columns', () => {
  it('are added in the order in which they are declared', () => {
    const desired = schema([table('t', ['z', 'a', generated('g', 'a')])]);
    expect(order(schema([table('t')]), desired)).toEqual([
      '+ column z integer',
      '+ column a integer',
      '+ column g integer as (a)',
    ]);
  });

  it('are added before others go, so that a table is never without one', () => {
    expect(order(schema([table('t', ['b'])]), schema([table('t', ['z'])]))).toEqual([
      '+ column z integer',
      '- column b integer',
    ]);
  });
});

describe('a rebuild', () => {
  it('stands between what is dropped from its table and what is added to it', () => {
    const actual = schema([table('t', ['a', 'b'], { indexes: [index('i', ['a'], { unique: true })] })]);
    const desired = schema([
      table('t', [column('b', { type: 'text' }), 'c'], {
        indexes: [index('i', ['c'], { unique: true })],
        foreignKeys: [foreignKey('c', 't')],
      }),
    ]);
    const kinds = ordered(actual, desired, { foreignKeysNeedTarget: false, renamesIndexes: false }, rebuilding).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['drop-index', 'add-column', 'alter-column', 'drop-column', 'add-foreign-key', 'add-index']);
  });

  it('takes the name of a check of a table that waits for it, where each table has names of its own', () => {
    const checks = [{ name: 'positive', expression: 'x > 0' }];
    const actual = schema([
      table('a', ['x'], { checks }),
      table('b', ['x', 'y'], { foreignKeys: [foreignKey('y', 'a')] }),
    ]);
    const desired = schema([table('b', ['x'], { checks })]);
    const stated = { foreignKeysNeedTarget: false, constraintNameScope: 'table' } as const;
    expect(ordered(actual, desired, stated, rebuilding).map(({ kind }) => kind)).toEqual([
      'drop-column',
      'drop-foreign-key',
      'add-check',
      'drop-table',
    ]);
  });

  it('is refused where it would lose what the model cannot express', () => {
    const actual = schema([table('t', ['a'], { unmodelled: ['on conflict replace'] })]);
    const input = {
      driver: { ddl: ddl(rebuilding), comparison },
      capabilities: fictitious,
      before: actual,
      actual,
      renames: [],
    };
    const [rebuilt] = makeSteps({
      ...input,
      changes: diffSchemas(actual, schema([table('t', ['b'])]), comparison),
    });
    expect(rebuilt?.refusal).toEqual({
      kind: 'unmodelled',
      object: 't',
      message: 'the table would have to be made anew, which would lose: on conflict replace',
    });
    const [dropped] = makeSteps({ ...input, changes: diffSchemas(actual, emptySchema, comparison) });
    expect(dropped?.refusal?.message).toBe('the table would be dropped, and with it: on conflict replace');
  });
});

describe('any two schemas', () => {
  const tableNames = ['a', 'b', 'c', 'd'];
  const columnNames = ['x', 'y', 'z'];

  const drafts = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...tableNames),
      columns: fc.subarray(columnNames),
      nullable: fc.boolean(),
      key: fc.constantFrom('id', ...columnNames),
      computed: fc.boolean(),
      unique: fc.constantFrom(undefined, ...columnNames),
      uniqueIndex: fc.constantFrom(undefined, ...columnNames),
      indexed: fc.constantFrom(undefined, ...columnNames),
      indexName: fc.constantFrom('i', 'j', 'k', 'l', ...tableNames),
      reference: fc.record({
        from: fc.constantFrom(undefined, ...columnNames),
        to: fc.constantFrom(...tableNames),
        key: fc.constantFrom('id', 'unique'),
      }),
      checked: fc.constantFrom(undefined, ...columnNames),
      hasTrigger: fc.boolean(),
      hasView: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 4 },
  );

  interface Target {
    readonly name: string;
    readonly columns: readonly string[];
    readonly unique: string | undefined;
  }

  /** A foreign key to the table, by its `id` or its unique column. */
  function referenceTo(
    { name, columns, unique }: Target,
    { from = '', to, key }: { readonly from: string | undefined; readonly to: string; readonly key: string },
  ): ForeignKey[] {
    if (name !== to) return [];
    const isUnique = key === 'unique' && unique !== undefined && columns.includes(unique);
    return [foreignKey(from, to, { references: { table: { name }, columns: [isUnique ? unique : 'id'] } })];
  }

  /** Leaves out what would not fit: indexes with a name that is taken, references to columns that are no key. */
  const schemas = drafts.map((items): Schema => {
    const names = new Set(items.map(({ name }) => name));
    const tables = items.map((draft): Table => {
      const { name, columns, key, reference } = draft;
      const has = (item: string | undefined): item is string => item !== undefined && ['id', ...columns].includes(item);
      const isFree = has(draft.indexed) && !names.has(draft.indexName);
      names.add(draft.indexName);
      const keys = has(reference.from) ? items.flatMap((target) => referenceTo(target, reference)) : [];
      return table(
        name,
        [
          ...columns.map((item) => column(item, { nullable: draft.nullable })),
          ...(draft.computed && has('x') ? [generated('g', 'x + 1')] : []),
        ],
        {
          primaryKey: { columns: [has(key) ? key : 'id'] },
          uniques: has(draft.unique) ? [{ columns: [draft.unique] }] : [],
          indexes: [
            ...(isFree ? [index(draft.indexName, [draft.indexed ?? ''])] : []),
            index(`${name}_id`, ['id'], { unique: true }),
            ...(has(draft.uniqueIndex)
              ? [index(`${name}_${draft.uniqueIndex}`, [draft.uniqueIndex], { unique: true })]
              : []),
          ],
          foreignKeys: keys,
          checks: has(draft.checked) ? [{ name: `c_${draft.checked}`, expression: `${draft.checked} > 0` }] : [],
          triggers: draft.hasTrigger ? [trigger(`t_${name}`, columns.join(' '))] : [],
        },
      );
    });
    const viewed = tables[items.findIndex(({ hasView }) => hasView)];
    const definition = viewed && `select ${viewed.columns.map(({ name }) => name).join(', ')} from ${viewed.name}`;
    return schema(tables, definition === undefined ? [] : [{ name: 'v', definition }]);
  });

  /** Views that no entity describes stay, and may then be in the way: that is for the database to say. */
  const pairs = fc.tuple(schemas, schemas).filter(([{ views }, desired]) => views.length <= desired.views.length);

  it('have an order in which every change finds what it needs', () => {
    fc.assert(
      fc.property(pairs, ([actual, desired]) => {
        const changes = ordered(actual, desired);
        expect(firstRefusal(changes, actual)).toBeUndefined();
        expect(diffSchemas(applyChanges(actual, changes, comparison), desired, comparison)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('have an order where tables are made anew and foreign keys need no target', () => {
    fc.assert(
      fc.property(pairs, ([actual, desired]) => {
        const stated = { foreignKeysNeedTarget: false, renamesIndexes: false };
        const changes = ordered(actual, desired, stated, rebuilding);
        expect(diffSchemas(applyChanges(actual, changes, comparison), desired, comparison)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('always have the same order', () => {
    fc.assert(
      fc.property(pairs, ([actual, desired]) => {
        const shuffled = { ...desired, tables: desired.tables.toReversed() };
        expect(order(actual, shuffled)).toEqual(order(actual, desired));
      }),
      { numRuns: 100 },
    );
  });
});
