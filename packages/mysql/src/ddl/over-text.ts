import {
  type AlterColumn,
  type AlterTableChange,
  type Column,
  displayName,
  type ObjectName,
  type Statement,
} from '@dovetail/core/driver';
import { baseType, isBytes, isEnumerated, isNumber, isSpatial, itemsOf } from '../column-type.js';
import type { Syntax } from '../flavour.js';
import { wayOf } from './alter-column.js';
import { columnSql } from './column.js';
import { quoteTable } from './quote.js';

/**
 * Between numbers and the items of an enum or set the server takes the position of the item for it, not its text
 * (refman/9.7/en/enum.html#enum-indexes): `'7'` would become 1. Such columns are made texts first.
 */
export function overTextStatements(
  table: ObjectName,
  changes: readonly AlterTableChange[],
  syntax: Syntax,
): readonly Pick<Statement, 'sql' | 'description'>[] {
  const columns = changes.flatMap((change) =>
    change.kind === 'alter-column' && isOverText(change) ? change.from : [],
  );
  if (columns.length === 0) return [];
  const clauses = columns.map((column) => `modify column ${columnSql(asText(column), syntax)}`);
  return [
    {
      sql: `alter table ${quoteTable(table)}\n  ${clauses.join(',\n  ')}`,
      description: `Makes texts of columns of "${displayName(table)}" whose values would be taken for others, or not at all.`,
    },
  ];
}

/** Whether a value becomes one of the other type by way of its text. */
export function goesOverText(from: string, to: string): boolean {
  return (isEnumerated(from) && isNumber(to)) || (isNumber(from) && isEnumerated(to)) || isPlaceBeside(from, to);
}

/** Of a place nothing but its bytes becomes anything else; for null there must be a way, and MariaDB has none from numbers. */
function isPlaceBeside(from: string, to: string): boolean {
  return isSpatial(from) !== isSpatial(to) && !hasBytes(from) && !hasBytes(to);
}

function hasBytes(type: string): boolean {
  return isBytes(type) || baseType(type).endsWith('blob');
}

function isOverText(change: AlterColumn): boolean {
  const { from, to } = change;
  return wayOf(change) === 'modified' && to.generated === undefined && goesOverText(from.type, to.type);
}

/** Under the name that it still has, and with nothing that only the other type could have. */
export function asText({ name, type, nullable, charset, collation, comment }: Column): Column {
  return { name, type: `varchar(${longestText(type)})`, nullable, charset, collation, comment };
}

/** The longest number is a `decimal(65,30)` with its sign and its point. */
function longestText(type: string): number {
  if (isNumber(type)) return 67;
  const lengths = itemsOf(type).map((item) => Array.from(item).length);
  return baseType(type) === 'set' ? lengths.reduce((sum, length) => sum + length + 1, 0) : Math.max(1, ...lengths);
}
