import { type ColumnSpec, type TableSpec } from './model.js';
import { familyOf } from './types.js';

export type Value = string | number | Buffer | null;

/** The same in every table with such a key, so that a relation can go over from one table to another. */
export function keyValue(column: ColumnSpec, position: number, row: number): Value {
  return valueOf(column, `key ${position}`, position, row);
}

/** A value that tells where it comes from, and differs from those of all other rows where the type can tell them apart. */
export function taggedValue(column: ColumnSpec, table: TableSpec, row: number): Value {
  return valueOf(column, `${table.id}.${column.id}`, table.columns.indexOf(column), row);
}

function valueOf({ type }: ColumnSpec, tag: string, position: number, row: number): Value {
  const number = position * 100 + row * 3 + 1;
  const twoDigits = String(row + 10);
  switch (familyOf(type)) {
    case 'integer':
      return number;
    case 'real':
      return number + 0.5;
    case 'decimal':
      return number + 0.25;
    case 'boolean':
      return row % 2;
    case 'text':
      return `${tag}#${row} it's "ünï" \\ 🦆`;
    case 'character':
      return String.fromCharCode(97 + row);
    case 'uuid':
      return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    case 'date':
      return `2024-02-${twoDigits}`;
    case 'datetime':
      return `2024-02-${twoDigits} 12:30:${String(position % 60).padStart(2, '0')}`;
    case 'time':
      return `12:${twoDigits}:00`;
    case 'interval':
      return `${number} days`;
    case 'json':
      return JSON.stringify({ tag: `${tag}#${row}`, list: [1, null, "it's"] });
    case 'blob':
      return Buffer.from(`${tag}#${row}\0ÿ`, 'latin1');
    case 'array':
      return `${tag},${row}`;
    case 'enum':
    case 'enumArray':
      return type.kind === 'enum' ? (type.items[row % type.items.length] ?? null) : null;
  }
}
