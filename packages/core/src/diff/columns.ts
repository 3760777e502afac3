import type { Comparison } from '../driver.js';
import { type ColumnAttribute, type Change, columnAttributes } from '../model/change.js';
import { nameOf } from '../model/names.js';
import type { Column, GeneratedColumn, Table } from '../model/schema.js';
import { matchByKey } from './match.js';

export function diffColumns(actual: Table, desired: Table, comparison: Comparison): Change[] {
  const table = nameOf(actual);
  const { pairs, removed, added } = matchByKey(actual.columns, desired.columns, (column) =>
    comparison.foldName(column.name),
  );
  return [
    ...added.map((column): Change => ({ kind: 'add-column', table, column })),
    ...pairs.flatMap(([from, to]): Change[] => {
      const attributes = differingAttributes(from, to, comparison);
      return attributes.length === 0 ? [] : [{ kind: 'alter-column', table, from, to, attributes }];
    }),
    ...removed.map((column): Change => ({ kind: 'drop-column', table, column })),
  ];
}

/** The attributes in which two columns differ, apart from those that the property wants ignored. */
export function differingAttributes(actual: Column, desired: Column, comparison: Comparison): ColumnAttribute[] {
  const ignored: readonly ColumnAttribute[] = desired.ignoreSchemaChanges ?? [];
  return columnAttributes.filter(
    (attribute) => !sameAttribute(attribute, actual, desired, comparison) && !ignored.includes(attribute),
  );
}

function sameAttribute(attribute: ColumnAttribute, a: Column, b: Column, comparison: Comparison): boolean {
  switch (attribute) {
    case 'type':
      return comparison.sameType(a.type, b.type);
    case 'nullable':
      return a.nullable === b.nullable;
    case 'default':
    case 'extra':
      return sameText(a[attribute], b[attribute], comparison);
    case 'generated':
      return sameGenerated(a.generated, b.generated, comparison);
    case 'autoincrement':
    case 'invisible':
      return (a[attribute] ?? false) === (b[attribute] ?? false);
    case 'collation':
    case 'charset':
      return a[attribute]?.toLowerCase() === b[attribute]?.toLowerCase();
    case 'comment':
      return (a.comment ?? '') === (b.comment ?? '');
    case 'identity':
      return a.identity === b.identity;
  }
}

function sameGenerated(
  a: GeneratedColumn | undefined,
  b: GeneratedColumn | undefined,
  comparison: Comparison,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.stored === b.stored && comparison.sameExpression(a.expression, b.expression);
}

/** Whether two optional expressions are both absent, or the same. */
export function sameText(a: string | undefined, b: string | undefined, comparison: Comparison): boolean {
  if (a === undefined || b === undefined) return a === b;
  return comparison.sameExpression(a, b);
}
