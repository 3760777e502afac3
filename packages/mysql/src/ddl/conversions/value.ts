import { baseType } from '../../column-type.js';

/** Types whose values are converted alike. */
export type Kind = 'integer' | 'number' | 'bit' | 'text' | 'bytes' | 'items' | 'moment' | 'json' | 'spatial' | 'other';

const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.entries<Kind>({
    // A year is a number of four digits (refman/9.7/en/year.html).
    'tinyint smallint mediumint int bigint year': 'integer',
    'decimal float double': 'number',
    bit: 'bit',
    'char varchar tinytext text mediumtext longtext': 'text',
    'binary varbinary tinyblob blob mediumblob longblob': 'bytes',
    'enum set': 'items',
    'date datetime timestamp time': 'moment',
    json: 'json',
    'geometry point linestring polygon multipoint multilinestring multipolygon geomcollection': 'spatial',
  }).flatMap(([names, kind]) => names.split(' ').map((name): [string, Kind] => [name, kind])),
);

export function kindOf(type: string): Kind {
  return kinds.get(baseType(type)) ?? 'other';
}

/** The value as the server writes it: an enum is a number where a number is asked for, but its item here. */
export function textOf(column: string, from: string): string {
  switch (kindOf(from)) {
    case 'text':
      return column;
    case 'bytes':
      return `convert(${column} using utf8mb4)`;
    case 'bit':
      return `cast(${column} + 0 as char)`;
    case 'integer':
    case 'number':
    case 'items':
    case 'moment':
    case 'json':
    case 'spatial':
    case 'other':
      return `cast(${column} as char)`;
  }
}

/** The bytes of that text: texts are alike by their collation, and yet not the same. */
export function bytesOf(column: string, from: string): string {
  return kindOf(from) === 'bytes'
    ? `cast(${column} as binary)`
    : `cast(convert(${textOf(column, from)} using utf8mb4) as binary)`;
}

/** A text as an exact number: compared as it is, it would be an imprecise one. */
export function numberOf(column: string, from: string): string {
  switch (kindOf(from)) {
    case 'integer':
      // Beside a year, 15 means 2015 (refman/9.7/en/two-digit-years.html).
      return baseType(from) === 'year' ? `(${column} + 0)` : column;
    case 'number':
      return column;
    case 'bit':
    case 'moment':
      return `(${column} + 0)`;
    case 'text':
    case 'bytes':
    case 'items':
    case 'json':
    case 'spatial':
    case 'other':
      return `cast(${textOf(column, from)} as decimal(65,30))`;
  }
}
