import { describe, expect, it } from 'vitest';
import { column, comparison, foreignKey, generated, index, schema, table } from '../model/schema.fixture.js';
import type { Schema } from '../model/schema.js';
import { inScope, type Scope } from './scope.js';

function tablesIn(content: Schema, scope: Scope): readonly string[] {
  return inScope(content, scope, comparison).tables.map(({ name }) => name);
}

const sales = { ...table('invoice'), schema: 'sales' };

describe('tables and views', () => {
  it('are skipped by name, in any case, or by pattern', () => {
    const content = schema([table('customer'), table('log_2024'), table('log_2025')]);
    expect(tablesIn(content, { skipTables: ['CUSTOMER', /^log_/] })).toEqual([]);
    expect(tablesIn(content, { skipTables: ['log'] })).toHaveLength(3);
    const views = schema([], [{ name: 'v', definition: 'select 1' }]);
    expect(inScope(views, { skipViews: ['v'] }, comparison).views).toEqual([]);
  });

  it('are skipped each time by a pattern that remembers where it was', () => {
    expect(tablesIn(schema([table('log_a'), table('log_b'), table('log_c')]), { skipTables: [/^log/g] })).toEqual([]);
  });

  it('are skipped by their name with the namespace, or without', () => {
    expect(tablesIn(schema([sales]), { skipTables: ['sales.invoice'] })).toEqual([]);
    expect(tablesIn(schema([sales]), { skipTables: ['invoice'] })).toEqual([]);
    expect(tablesIn(schema([sales]), { ignoreSchema: ['sales'] })).toEqual([]);
  });

  it('are those of the namespace that is asked for, and of no other', () => {
    const content = schema([table('customer'), sales]);
    expect(tablesIn(content, { schema: 'sales' })).toEqual(['invoice']);
    expect(tablesIn(content, { schema: 'shop', defaultSchema: 'shop' })).toEqual(['customer']);
    expect(tablesIn(content, {})).toEqual(['customer', 'invoice']);
  });
});

describe('a skipped column', () => {
  const customer = table('customer', ['a', 'b', column('secret')], {
    indexes: [
      index('by_secret', ['secret']),
      index('by_expression', [], { parts: [{ expression: 'lower(secret)' }] }),
      index('where_secret', ['a'], { where: 'secret > 1' }),
      index('by_a', ['a']),
    ],
    uniques: [{ columns: ['secret', 'a'] }],
    foreignKeys: [foreignKey('secret', 'other'), foreignKey('b', 'other')],
    checks: [{ expression: 'secret > a' }, { expression: 'a > b' }],
  });

  it('takes what is bound to it along', () => {
    expect(inScope(schema([customer]), { skipColumns: { customer: ['secret'] } }, comparison).tables).toEqual([
      table('customer', ['a', 'b'], {
        indexes: [index('by_a', ['a'])],
        foreignKeys: [foreignKey('b', 'other')],
        checks: [{ expression: 'a > b' }],
      }),
    ]);
  });

  it('is one of its table alone', () => {
    const other = table('other', ['secret', generated('g', 'secret')]);
    expect(inScope(schema([other]), { skipColumns: { customer: [/./] } }, comparison).tables).toEqual([other]);
  });
});
