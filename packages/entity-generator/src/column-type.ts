import type { PropertyOptions } from '@dovetail/core';
import type { Column, Driver, LogicalType, TypeAttributes } from '@dovetail/core/driver';

/** The type of a column, in the options of a property and in TypeScript. */
export interface ColumnType {
  readonly options: PropertyOptions;
  readonly logical: LogicalType | undefined;
  readonly typescript: string;
}

/** The logical types that a column may have been made of, the likeliest first, and how TypeScript sees their values. */
const candidates: readonly (readonly [type: LogicalType, typescript: string])[] = [
  ['integer', 'number'],
  ['string', 'string'],
  ['text', 'string'],
  ['boolean', 'boolean'],
  ['datetime', 'Date'],
  ['bigint', 'bigint'],
  ['decimal', 'string'],
  ['smallint', 'number'],
  ['tinyint', 'number'],
  ['mediumint', 'number'],
  ['float', 'number'],
  ['double', 'number'],
  ['uuid', 'string'],
  ['date', 'string'],
  ['time', 'string'],
  ['json', 'unknown'],
  ['blob', 'Uint8Array'],
  ['character', 'string'],
  ['interval', 'string'],
];

/** Words in the name of any other type, and what TypeScript takes their values for. */
const guesses: readonly (readonly [words: RegExp, typescript: string])[] = [
  [/\[\]$/u, 'unknown[]'],
  [/bigint|int8/iu, 'bigint'],
  [/interval|char|clob|text|enum|uuid|numeric|decimal|money/iu, 'string'],
  [/timestamp|datetime/iu, 'Date'],
  [/date|time|set/iu, 'string'],
  [/bool/iu, 'boolean'],
  [/int|year|real|floa|doub|serial/iu, 'number'],
  [/blob|binary|bytea/iu, 'Uint8Array'],
];

/**
 * The shortest options that give the column exactly its type: those of a logical type where there are any, else the type
 * in the database's own words.
 *
 * @param strict whether the column is in a table of strict types.
 */
export function columnTypeOf(column: Column, strict: boolean, driver: Driver): ColumnType {
  return (
    plainType(column, strict, driver) ??
    arrayType(column, strict, driver) ?? {
      options: { columnType: column.type },
      logical: undefined,
      typescript: guesses.find(([words]) => words.test(column.type))?.[1] ?? 'unknown',
    }
  );
}

function plainType(column: Column, strict: boolean, driver: Driver): ColumnType | undefined {
  const found = findLogicalType(column, strict, driver);
  return found && { ...found, options: { type: found.logical, ...found.attributes } };
}

function arrayType({ type }: Column, strict: boolean, { types, comparison }: Driver): ColumnType | undefined {
  if (comparison.sameType(types.columnType('array', { strict }), type)) {
    return { options: { type: 'array' }, logical: 'array', typescript: 'string[]' };
  }
  const element = type.endsWith('[]')
    ? findLogicalType({ type: type.slice(0, -2) }, strict, { types, comparison })
    : undefined;
  if (element === undefined) return undefined;
  const { logical, attributes, typescript } = element;
  const made = types.columnType('array', {
    ...attributes,
    element: types.columnType(logical, { ...attributes, strict }),
  });
  if (!comparison.sameType(made, type)) return undefined;
  return { options: { type: logical, ...attributes, array: true }, logical: undefined, typescript: `${typescript}[]` };
}

type Attributes = Pick<TypeAttributes, 'length' | 'precision' | 'scale' | 'unsigned' | 'zerofill'>;

interface FoundType {
  readonly logical: LogicalType;
  readonly attributes: Attributes;
  readonly typescript: string;
}

function findLogicalType(
  column: Pick<Column, 'type' | 'autoincrement'>,
  strict: boolean,
  { types, comparison }: Pick<Driver, 'types' | 'comparison'>,
): FoundType | undefined {
  const { type, autoincrement = false } = column;
  const tried = attributesFor(column);
  for (const [logical, typescript] of candidates) {
    const attributes = tried.find((candidate) =>
      comparison.sameType(types.columnType(logical, { ...candidate, strict, autoincrement }), type),
    );
    if (attributes !== undefined) return { logical, attributes, typescript };
  }
  return undefined;
}

/** The attributes that a type may have been made with, by the numbers in its parentheses; the shortest first. */
function attributesFor({ type, autoincrement }: Pick<Column, 'type' | 'autoincrement'>): readonly Attributes[] {
  const [first, second] = (/\(([\d, ]+)\)/u.exec(type)?.[1] ?? '').split(',').filter(Boolean).map(Number);
  const sizes: readonly Attributes[] = [
    {},
    ...(first === undefined ? [{ length: -1 }] : [{ length: first }, { precision: first }]),
    ...(second === undefined ? [] : [{ scale: second }, { precision: first, scale: second }]),
  ];
  const signs: readonly Attributes[] = [
    {},
    // The column that numbers rows has no sign unless it says otherwise.
    ...(autoincrement === true ? [{ unsigned: false }] : []),
    ...(/unsigned|zerofill/iu.test(type) ? [{ unsigned: true }, { zerofill: true }] : []),
  ];
  return signs.flatMap((sign) => sizes.map((size) => ({ ...size, ...sign })));
}
