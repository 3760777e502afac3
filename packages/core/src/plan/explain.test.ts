import { describe, expect, it } from 'vitest';
import type { Change } from '../model/change.js';
import { makeHazard } from '../model/hazards.js';
import type { Plan, Step } from '../model/plan.js';
import { column, foreignKey, generated, index, table } from '../model/schema.fixture.js';
import { describeChange, describeRename, explain } from './explain.js';

const parsePlan: (text: string) => Plan = JSON.parse;

function plan(...steps: readonly Partial<Step>[]): Plan {
  return {
    version: 1,
    database: 'Fictitious',
    startsFrom: '',
    options: { allow: [], safe: false, dropTables: true, assumeRenames: true },
    steps: steps.map((step) => ({
      sql: '',
      description: '',
      changes: [],
      hazards: [],
      prechecks: [],
      transactional: true,
      ...step,
    })),
    undo: { steps: [], irreversible: [] },
  };
}

const customer = { table: { name: 'customer' } };

describe('explain', () => {
  it('is empty when there is nothing to do', () => {
    expect(explain(plan())).toBe('');
  });

  it('shows the changes by table, and what is at stake', () => {
    const changes: Change[] = [
      { kind: 'rename-column', ...customer, from: 'mail', to: 'email', reason: 'hint' },
      { kind: 'add-column', ...customer, column: column('phone', { type: 'text', nullable: false, default: "''" }) },
      { kind: 'create-table', table: table('invoice', ['total']) },
      { kind: 'drop-column', ...customer, column: column('fax') },
    ];
    const hazard = makeHazard('destroys-values', 'customer.fax', 'All values of "fax" are lost.');
    const refusal = { kind: 'unmodelled' as const, object: 'customer', message: 'it would lose a thing' };
    expect(
      explain(plan({ changes: changes.slice(0, 2) }, { changes: changes.slice(2), hazards: [hazard], refusal })),
    ).toBe(
      [
        '~ table customer',
        '  > column mail → email',
        "  + column phone text not null default ''",
        '  - column fax integer',
        '+ table invoice',
        '  id, total',
        '! customer.fax: All values of "fax" are lost.',
        '! customer: refused, it would lose a thing',
        '',
      ].join('\n'),
    );
  });

  it('shows the number of the rows at stake, where it is given', () => {
    const changes: Change[] = [{ kind: 'drop-column', ...customer, column: column('fax') }];
    const found = { where: 'customer.fax', what: '3 rows hold a value', remedy: 'allow it' };
    expect(explain(plan({ changes }), [found])).toBe(
      ['~ table customer', '  - column fax integer', '! customer.fax: 3 rows hold a value', ''].join('\n'),
    );
  });

  it('says once that the database commits each step by itself, where it does so with all of them', () => {
    const committed = [makeHazard('not-transactional', 'customer', 'The database commits this step by itself.')];
    const step = (name: string): Partial<Step> => ({
      changes: [{ kind: 'add-column', ...customer, column: column(name) }],
      hazards: committed,
      transactional: false,
    });
    const tree = ['~ table customer', '  + column a integer', '  + column b integer'];
    expect(explain(plan(step('a'), step('b')))).toBe(
      [...tree, '! each step: The database commits this step by itself.', ''].join('\n'),
    );
    expect(explain(plan(step('a'), { ...step('b'), hazards: [], transactional: true }))).toBe(
      [...tree, '! customer: The database commits this step by itself.', ''].join('\n'),
    );
  });

  it('shows what is renamed, and why', () => {
    const changes: Change[] = [
      { kind: 'rename-namespace', namespace: 'shop', to: 'store', reason: 'option' },
      { kind: 'rename-enum', enum: { name: 'mood' }, to: 'feeling', reason: 'assumed' },
      { kind: 'rename-table', ...customer, to: 'client', reason: 'hint' },
      { kind: 'rename-column', table: { name: 'client' }, from: 'mail', to: 'email', reason: 'assumed' },
      { kind: 'rename-enum-value', enum: { name: 'feeling' }, from: 'sad', to: 'unhappy', reason: 'hint' },
    ];
    expect(explain(plan({ changes }))).toBe(
      [
        '> schema shop → store',
        '> enum mood → feeling (assumed, for only one reading fits)',
        '> table customer → client',
        '~ table client',
        '  > column mail → email (assumed, for only one reading fits)',
        '~ enum feeling',
        '  > value sad → unhappy',
        '',
      ].join('\n'),
    );
  });

  it('shows once what several steps carry out together, also of a plan that was stored', () => {
    const changes: Change[] = [{ kind: 'add-column', ...customer, column: column('phone') }];
    const rebuild = plan({ changes }, { changes }, { changes });
    expect(explain(rebuild)).toBe('~ table customer\n  + column phone integer\n');
    const stored = parsePlan(JSON.stringify(rebuild));
    expect(explain(stored)).toBe(explain(rebuild));
  });
});

describe('a change', () => {
  it.each<[string, Change, string]>([
    [
      'of a column',
      {
        kind: 'alter-column',
        ...customer,
        from: column('name', { type: 'text' }),
        to: column('name', { type: 'blob', nullable: false, default: '1', autoincrement: true }),
        attributes: ['type', 'nullable', 'default', 'autoincrement'],
      },
      '~ column name: type text → blob, null → not null, default none → 1, autoincrement no → yes',
    ],
    [
      'of a generated column',
      { kind: 'add-column', ...customer, column: generated('g', 'a + b') },
      '+ column g integer as (a + b)',
    ],
    [
      'of an index',
      {
        kind: 'add-index',
        ...customer,
        index: index('i', [], {
          unique: true,
          parts: [{ column: 'a', sort: 'desc' }, { expression: 'lower(b)' }],
          where: 'c > 1',
        }),
      },
      '+ unique index i (a desc, (lower(b))) where c > 1',
    ],
    [
      'of a unique without a name',
      { kind: 'add-unique', ...customer, unique: { columns: ['a', 'b'] } },
      '+ unique (a, b)',
    ],
    [
      'of a unique with a name',
      { kind: 'drop-unique', ...customer, unique: { name: 'u', columns: ['a'] } },
      '- unique u (a)',
    ],
    ['of a check', { kind: 'add-check', ...customer, check: { expression: 'a > 1' } }, '+ check (a > 1)'],
    [
      'of a foreign key',
      { kind: 'add-foreign-key', ...customer, foreignKey: foreignKey('a', 'other', { onDelete: 'cascade' }) },
      '+ foreign key (a) → other (id) on delete cascade',
    ],
    [
      'of a primary key',
      { kind: 'set-primary-key', ...customer, to: { columns: ['a', 'b'] } },
      '~ primary key none → (a, b)',
    ],
    [
      'of options',
      { kind: 'set-table-options', ...customer, from: { strict: false }, to: { strict: true, engine: 'x' } },
      '~ strict false → true, engine none → x',
    ],
    ['of a comment', { kind: 'set-table-comment', ...customer, to: 'said' }, '~ comment "" → "said"'],
    [
      'of a name, by assumption',
      { kind: 'rename-table', ...customer, to: 'client', reason: 'assumed' },
      '> table customer → client (assumed, for only one reading fits)',
    ],
    [
      'of an exclusion',
      { kind: 'drop-exclusion', ...customer, exclusion: { name: 'e', definition: 'using gist (a with =)' } },
      '- exclusion e using gist (a with =)',
    ],
  ])('%s reads well', (_, change, expected) => {
    expect(describeChange(change).what).toBe(expected);
  });

  it('of a name is a part of a sentence, too', () => {
    expect(
      describeRename({ kind: 'rename-column', table: { name: 'customer' }, from: 'a', to: 'b', reason: 'assumed' }),
    ).toBe('column a → b (assumed, for only one reading fits)');
  });

  it('says where it is', () => {
    expect(
      describeChange({ kind: 'add-column', table: { schema: 'shop', name: 'customer' }, column: column('a') }).where,
    ).toBe('shop.customer.a');
    expect(describeChange({ kind: 'add-unique', ...customer, unique: { columns: ['a'] } }).where).toBe(
      'customer.unique (a)',
    );
  });
});
