import type { Schema } from '@dovetail/core';
import { type Comparison, isObject } from '@dovetail/core/driver';

/**
 * Where two catalogs differ, as paths with both values. The order of objects and columns is of no importance, but for
 * the columns of a key, an index or a foreign key; SQL texts are the same where the database says so.
 */
export function catalogDifferences(
  a: Schema,
  b: Schema,
  comparison: Comparison,
  spelling: Spelling = (text) => text,
): readonly string[] {
  const rules = { ...comparison, spelling };
  return differences('', '', sorted(a), sorted(b), (key, left, right) => isSame(key, left, right, rules));
}

/**
 * Where two catalogs differ in anything but SQL texts. A database may print an expression that it is given back in its
 * own words in other words; whether they mean the same is for it to say.
 */
export function structuralDifferences(a: Schema, b: Schema, comparison: Comparison): readonly string[] {
  const rules: Rules = { ...comparison, spelling: (text) => text };
  return differences('', '', sorted(a), sorted(b), (key, left, right) => {
    const areTexts = expressions.has(key) && typeof left === 'string' && typeof right === 'string';
    return areTexts || isSame(key, left, right, rules);
  });
}

type Spelling = (text: string) => string;
type Rules = Comparison & { readonly spelling: Spelling };

function sorted({ tables, ...schema }: Schema): Schema {
  const inOrder = <Item>(items: readonly Item[]): readonly Item[] =>
    items
      .map((item) => ({ item, key: orderKey(item) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ item }) => item);
  return {
    ...schema,
    tables: inOrder(tables).map((table) => ({
      ...table,
      columns: inOrder(table.columns),
      // No entity names its primary key, so the database does, and keeps to the name when the table gets another.
      primaryKey: table.primaryKey && { columns: table.primaryKey.columns },
      uniques: inOrder(table.uniques),
      indexes: inOrder(table.indexes),
      foreignKeys: inOrder(table.foreignKeys),
      checks: inOrder(table.checks),
      triggers: inOrder(table.triggers),
    })),
  };
}

/** By name; things without one by what they hold. */
function orderKey(item: unknown): string {
  const name = isObject(item) && 'name' in item ? String(item.name) : '';
  return `${name.toLowerCase()} ${JSON.stringify(item)}`;
}

const names = new Set(['name', 'column', 'columns']);
const expressions = new Set(['expression', 'where', 'default', 'definition', 'body', 'when', 'collation']);

type SameValue = (key: string, a: unknown, b: unknown) => boolean;

function differences(path: string, key: string, a: unknown, b: unknown, same: SameValue): readonly string[] {
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].flatMap((inner) => {
      const innerKey = Array.isArray(a) ? key : inner;
      return differences(`${path}/${labelOf(a, inner)}`, innerKey, Reflect.get(a, inner), Reflect.get(b, inner), same);
    });
  }
  return same(key, a, b) ? [] : [`${path}: ${String(a)} and ${String(b)}`];
}

function labelOf(owner: object, key: string): string {
  const item: unknown = Reflect.get(owner, key);
  return isObject(item) && 'name' in item ? String(item.name) : key;
}

function isSame(key: string, a: unknown, b: unknown, comparison: Rules): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return a === b;
  if (names.has(key)) return comparison.foldName(a) === comparison.foldName(b);
  if (key === 'type') return comparison.sameType(a, b);
  const [one, other] = [comparison.spelling(a), comparison.spelling(b)];
  return expressions.has(key)
    ? comparison.sameExpression(one, other) && plainText(one) === plainText(other)
    : one === other;
}

/** A second opinion on `sameExpression`: all that may differ are the quotes of names, the case outside of literals. */
function plainText(expression: string): string {
  const parts = expression.split("'");
  const text = parts.map((part, index) => (index % 2 === 0 ? part.toLowerCase().replaceAll('"', '') : part)).join("'");
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
}
