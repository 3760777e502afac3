import type { ColumnSpec, TypeSpec } from './model.js';

export type Value = string | null;

const texts = "'', 'a', 'A', 'b', 'abc', 'abcd', 'it''s', 'twelve chars', '7', '8', '007', '1.5', '1.50', '-3', ' 7 '"
  .concat(", '40000', '99999999999', '2024-02-29', '2024-02-30', '2024-02-29 12:30:45', 'someday', 'ünï', 'true'")
  .split(', ')
  .map((text) => text.slice(1, -1).replaceAll("''", "'"));
const smallints = ['0', '1', '7', '-3', '32767', '2024'];
const integers = [...smallints, '40000', '-40000', '2147483647'];
const bigints = [...integers, '3000000000', '9007199254740993'];

/** What a column can hold, from the clean to the dirty; the literals are those of every database. */
export function valuesOf({ type, nullable }: ColumnSpec): readonly Value[] {
  return [...(nullable ? [null, null] : []), ...valuesOfType(type)];
}

function valuesOfType(type: TypeSpec): readonly string[] {
  switch (type.kind) {
    case 'string':
      return texts.filter((text) => text.length <= type.length);
    case 'text':
      return texts;
    case 'enum':
      return type.items;
    case 'smallint':
      return smallints;
    case 'integer':
      return integers;
    case 'bigint':
      return bigints;
    case 'decimal':
      return [
        '0',
        '1',
        '7',
        '1.5',
        '-3',
        '9.9',
        ...(type.scale > 1 ? ['1.25'] : []),
        ...(type.precision > 5 ? ['40000.5', '99999.99'] : []),
      ];
    case 'double':
      return ['0', '1', '0.5', '-3.25', '40000', '10000000000'];
    case 'date':
      return ['2024-02-29', '1999-12-31'];
    case 'datetime':
      return ['2024-02-29 00:00:00', '2024-02-29 12:30:45', '1999-12-31 23:59:59'];
  }
}

/** A literal of the type: for its default, and for its backfill. */
export function literalOf(type: TypeSpec): string {
  const [first = ''] = type.kind === 'string' || type.kind === 'text' ? ['a'] : valuesOfType(type);
  return isNumeric(type) ? '1' : `'${first}'`;
}

/** A condition that some of the values do not meet. */
export function conditionOf(type: TypeSpec, column: string): string {
  return isNumeric(type) ? `${column} > 0` : `${column} <> ${literalOf(type)}`;
}

function isNumeric({ kind }: TypeSpec): boolean {
  return ['smallint', 'integer', 'bigint', 'decimal', 'double'].includes(kind);
}
