import { type AlterColumn, type Change, type DdlContext, findTable, type IndexPart } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';

const { foldName } = comparison;

/**
 * The unique keys that a column stays in as it gets another collation, each as the change that would add it: the server
 * builds them anew, and fails where values are alike by then (refman/9.7/en/charset-collation-effect.html).
 */
export function keptKeys({ table: name, to, attributes }: AlterColumn, context: DdlContext): Change[] {
  const table = findTable(context.target, name, comparison);
  const before = findTable(context.actual, name, comparison);
  if (table === undefined || before === undefined || !attributes.includes('collation')) return [];
  const isColumn = (column: string): boolean => foldName(column) === foldName(to.name);
  const hasColumn = (part: IndexPart): boolean => 'column' in part && isColumn(part.column);
  const indexes = table.indexes.filter(
    (index) => index.unique && index.parts.some(hasColumn) && before.indexes.some((other) => other.name === index.name),
  );
  const key =
    before.primaryKey !== undefined && table.primaryKey?.columns.some(isColumn) ? table.primaryKey : undefined;
  return [
    ...indexes.map((index): Change => ({ kind: 'add-index', table: name, index })),
    ...(key === undefined ? [] : [{ kind: 'set-primary-key', table: name, to: key } as const]),
  ];
}
