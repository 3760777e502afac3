import { describe, expect, it } from 'vitest';
import { applyChanges } from './apply-changes.js';
import { columnAttributes, type Change } from './change.js';
import { column, comparison, foreignKey, index, schema, table, trigger } from './schema.fixture.js';
import type { Table } from './schema.js';

function apply(before: Table, ...changes: readonly Change[]): Table | undefined {
  return applyChanges(schema([before]), changes, comparison).tables[0];
}

describe('the schema that changes lead to', () => {
  it('has the tables, views, types and namespaces that are created, and not those that are dropped', () => {
    const view = { name: 'v', definition: 'select 1' };
    const before = { namespaces: ['old'], enums: [{ name: 'e', items: ['a'] }], tables: [table('a')], views: [view] };
    const after = applyChanges(
      before,
      [
        { kind: 'create-namespace', namespace: 'new' },
        { kind: 'drop-namespace', namespace: 'old' },
        { kind: 'alter-enum', from: { name: 'e', items: ['a'] }, to: { name: 'e', items: ['a', 'b'] } },
        { kind: 'create-enum', enum: { name: 'f', items: [] } },
        { kind: 'drop-table', table: table('A') },
        { kind: 'create-table', table: table('b') },
        { kind: 'replace-view', from: view, to: { name: 'v', definition: 'select 2' } },
      ],
      comparison,
    );
    expect(after).toEqual({
      namespaces: ['new'],
      enums: [
        { name: 'e', items: ['a', 'b'] },
        { name: 'f', items: [] },
      ],
      tables: [table('b')],
      views: [{ name: 'v', definition: 'select 2' }],
    });
  });

  it('has the columns as they are altered, in the attributes that differ and no others', () => {
    const from = column('a', { default: '1', comment: 'kept' });
    const to = column('a', { type: 'text', nullable: false, comment: 'ignored' });
    const change = { kind: 'alter-column', table: { name: 't' }, from, to } as const;
    expect(apply(table('t', [from]), { ...change, attributes: ['type', 'default'] })?.columns[1]).toEqual(
      column('a', { type: 'text', default: undefined, comment: 'kept' }),
    );
    expect(apply(table('t', [from]), { ...change, attributes: columnAttributes })?.columns[1]).toEqual({
      ...column('a'),
      ...Object.fromEntries(columnAttributes.map((attribute) => [attribute, to[attribute]])),
    });
  });

  it('has what is added to a table, and not what is dropped from it', () => {
    const [i, f, r] = [index('i', ['a']), foreignKey('a', 't'), trigger('r', 'x')];
    const before = table('t', ['a', 'b'], { indexes: [i], foreignKeys: [f], triggers: [r] });
    const of = { table: { name: 'T' } };
    const after = apply(
      before,
      { kind: 'drop-index', ...of, index: i },
      { kind: 'add-index', ...of, index: index('j', ['b']) },
      { kind: 'drop-foreign-key', ...of, foreignKey: f },
      { kind: 'drop-trigger', ...of, trigger: r },
      { kind: 'drop-column', ...of, column: column('A') },
      { kind: 'add-column', ...of, column: column('c') },
      { kind: 'set-primary-key', ...of, to: { columns: ['b'] } },
      { kind: 'add-unique', ...of, unique: { columns: ['c'] } },
      { kind: 'add-check', ...of, check: { expression: 'b > 1' } },
      { kind: 'set-table-comment', ...of, to: 'said' },
      { kind: 'set-table-options', ...of, from: {}, to: { strict: true } },
    );
    expect(after).toEqual({
      ...table('t', ['b', 'c']),
      primaryKey: { columns: ['b'] },
      indexes: [index('j', ['b'])],
      uniques: [{ columns: ['c'] }],
      checks: [{ expression: 'b > 1' }],
      comment: 'said',
      options: { strict: true },
    });
  });

  it.each(['unique', 'foreign key', 'check', 'exclusion', 'primary key'] as const)('renames a %s', (constraint) => {
    const before = table('t', ['a'], {
      uniques: [{ name: 'x', columns: ['a'] }],
      foreignKeys: [foreignKey('a', 't', { name: 'x' })],
      checks: [{ name: 'x', expression: 'a' }],
      exclusions: [{ name: 'x', definition: 'a' }],
      primaryKey: { name: 'x', columns: ['id'] },
    });
    const after = apply(before, { kind: 'rename-constraint', table: { name: 't' }, constraint, from: 'x', to: 'y' });
    const renamed = JSON.stringify(after).match(/"name":"y"/g);
    expect(renamed).toHaveLength(1);
  });

  it('leaves the schema that it starts from as it is', () => {
    const before = schema([table('t', ['a'])]);
    const copy = structuredClone(before);
    applyChanges(before, [{ kind: 'drop-column', table: { name: 't' }, column: column('a') }], comparison);
    expect(before).toEqual(copy);
  });
});
