import type { Family, TypeSpec, ValueFamily } from './model.js';

type Logical = Extract<TypeSpec, { kind: 'logical' }>['type'];

const families: Readonly<Record<Logical, Family>> = {
  string: 'text',
  text: 'text',
  character: 'character',
  integer: 'integer',
  smallint: 'integer',
  tinyint: 'integer',
  mediumint: 'integer',
  bigint: 'integer',
  float: 'real',
  double: 'real',
  decimal: 'decimal',
  boolean: 'boolean',
  uuid: 'uuid',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  interval: 'interval',
  json: 'json',
  blob: 'blob',
  array: 'array',
};

export function familyOf(type: TypeSpec): Family {
  switch (type.kind) {
    case 'logical':
      return families[type.type];
    case 'raw':
      return type.family;
    case 'enum':
      return type.array ? 'enumArray' : 'enum';
  }
}

const logical = (type: Logical): TypeSpec => ({ kind: 'logical', type });
const decimal = (precision: number, scale: number): TypeSpec => ({
  kind: 'logical',
  type: 'decimal',
  precision,
  scale,
});

/** A type of each logical kind, with attributes wide enough for the values that the rows get. */
export const logicalTypes: readonly TypeSpec[] = [
  ...(
    [
      'string',
      'text',
      'character',
      'integer',
      'smallint',
      'mediumint',
      'bigint',
      'float',
      'double',
      'boolean',
      'uuid',
      'date',
      'datetime',
      'time',
      'interval',
      'json',
      'blob',
      'array',
    ] as const
  ).map(logical),
  decimal(10, 2),
  decimal(20, 4),
];

/** The type that stands for all of a family, where a table takes no other. */
export function plainType(family: ValueFamily): TypeSpec {
  switch (family) {
    case 'real':
      return logical('double');
    case 'decimal':
      return decimal(20, 4);
    case 'integer':
    case 'boolean':
    case 'text':
    case 'character':
    case 'uuid':
    case 'date':
    case 'datetime':
    case 'time':
    case 'interval':
    case 'json':
    case 'blob':
    case 'array':
      return logical(family);
  }
}

const integers: readonly Logical[] = ['tinyint', 'smallint', 'mediumint', 'integer', 'bigint'];
const texts = [logical('text'), logical('string')];

/** The types to which every value of a column can go without loss. */
export function widerTypes(type: TypeSpec, rawTypes: readonly TypeSpec[]): readonly TypeSpec[] {
  const family = familyOf(type);
  const raws = rawTypes.filter((raw) => familyOf(raw) === family);
  switch (family) {
    case 'integer':
      return [...widerIntegers(type), ...raws, decimal(20, 4), logical('double'), ...texts];
    case 'real':
      return [logical('double'), ...raws, ...texts];
    case 'decimal':
      return [decimal(20, 4), ...raws, logical('double'), ...texts];
    case 'boolean':
      return [...raws, logical('integer'), logical('smallint')];
    case 'text':
      return [...texts, ...raws];
    case 'blob':
      return raws;
    case 'enum':
    case 'enumArray':
    case 'character':
    case 'uuid':
    case 'date':
    case 'datetime':
    case 'time':
    case 'interval':
    case 'json':
    case 'array':
      return [...raws, ...texts];
  }
}

function widerIntegers(type: TypeSpec): readonly TypeSpec[] {
  const width = type.kind === 'logical' ? integers.indexOf(type.type) : integers.length;
  return integers.slice(width + 1).map(logical);
}

/** Whether the values of any two rows differ in such a column, so that it can be a key. */
export function isDistinct(type: TypeSpec): boolean {
  const family = familyOf(type);
  return family !== 'boolean' && family !== 'enum' && family !== 'enumArray';
}

/** Whether every database takes such a column into a primary key. */
export function isKeyable(type: TypeSpec): boolean {
  const family = familyOf(type);
  return family === 'integer' || family === 'uuid' || family === 'date' || (family === 'text' && !isUnbounded(type));
}

function isUnbounded(type: TypeSpec): boolean {
  return type.kind === 'logical' && type.type === 'text';
}
