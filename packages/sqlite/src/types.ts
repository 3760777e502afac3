import {
  dateParts,
  type DefaultValue,
  type LogicalType,
  parseGenerated,
  type TypeAttributes,
  type TypeTable,
} from '@dovetail/core/driver';
import { affinityOf } from './affinity.js';
import { quoteIdentifier, quoteString } from './ddl/quote.js';
import { jsonPath } from './json-path.js';
import { foldAscii, lexer } from './lexer.js';
import { validate } from './validate.js';

/** The column types that a STRICT table takes, and that logical types map to (sqlite.org/stricttables.html). */
type StrictType = 'integer' | 'real' | 'text' | 'blob';

/** SQLite's column types, defaults and enum checks. */
export const types: TypeTable = {
  columnType,
  knowsType,
  literal,
  toParameter,
  parseGenerated: (text) => parseGenerated(text, lexer),
  enumCheck,
  jsonPath,
  validate,
};

/**
 * The type in an ordinary table and in a STRICT one. In both, the values of a logical type are kept alike: numbers as
 * numbers, dates as texts. A decimal becomes a number as soon as it looks like one in either.
 */
const columnTypes: Readonly<Record<LogicalType, readonly [ordinary: string, strict: StrictType]>> = {
  string: ['text', 'text'],
  text: ['text', 'text'],
  character: ['text', 'text'],
  integer: ['integer', 'integer'],
  smallint: ['integer', 'integer'],
  tinyint: ['integer', 'integer'],
  mediumint: ['mediumint', 'integer'],
  bigint: ['bigint', 'integer'],
  float: ['real', 'real'],
  double: ['double', 'real'],
  decimal: ['numeric', 'real'],
  boolean: ['integer', 'integer'],
  uuid: ['text', 'text'],
  date: ['date', 'text'],
  datetime: ['datetime', 'text'],
  time: ['time', 'text'],
  interval: ['interval', 'text'],
  json: ['json', 'text'],
  blob: ['blob', 'blob'],
  array: ['text', 'text'],
  enum: ['text', 'text'],
  enumArray: ['text', 'text'],
};

/** The types that SQLite's page has numeric affinity for, and those of a STRICT table (sqlite.org/datatype3.html#affinity_name_examples). */
const numericTypes: ReadonlySet<string> = new Set('numeric decimal boolean date datetime any'.split(' '));

/** A name without an affinity of its own gets the numeric one, and with it a column that makes numbers of texts. */
function knowsType(name: string): boolean {
  const [word = ''] = foldAscii(name).split(/[ (]/, 1);
  const isOurs = Object.values(columnTypes).some(([ordinary]) => ordinary === word);
  return affinityOf(name) !== 'numeric' || numericTypes.has(word) || isOurs;
}

function columnType(type: LogicalType, { precision, scale, autoincrement, strict }: TypeAttributes): string {
  // Only a column whose type is exactly INTEGER numbers new rows (sqlite.org/autoinc.html).
  if (autoincrement) return 'integer';
  const [ordinaryType, strictType] = columnTypes[type];
  if (strict) return strictType;
  return type === 'decimal' ? `${ordinaryType}(${precision ?? 10},${scale ?? 0})` : ordinaryType;
}

function literal(value: DefaultValue, column: string, type?: LogicalType): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'string':
    case 'json':
      return textLiteral(value.value);
    case 'number':
      return value.value;
    case 'boolean':
      return value.value ? '1' : '0';
    case 'bytes':
      return `x'${value.value}'`;
    case 'date':
      return dateLiteral(value.value, dateFormOf(column, type));
    case 'now':
      return now(value.precision ?? 0, dateFormOf(column, type));
    default:
      return value satisfies never;
  }
}

/** SQLite reads an SQL text up to its first NUL, so a NUL within a string takes an expression. */
function textLiteral(text: string): string {
  if (!text.includes('\0')) return quoteString(text);
  return `(${text.split('\0').map(quoteString).join(' || char(0) || ')})`;
}

/** How a moment is kept, by the type of its column. SQLite has no type for it (sqlite.org/lang_datefunc.html). */
type DateForm =
  /** `2024-02-29` */
  | 'day'
  /** `12:30:00` */
  | 'time of day'
  /** Milliseconds since 1970, as JavaScript counts them. */
  | 'milliseconds'
  /** `2024-02-29 12:30:00`, with `.500` where there is a fraction: UTC, as `current_timestamp` writes it. */
  | 'moment';

function dateFormOf(column: string, type?: LogicalType): DateForm {
  const declared = type ?? foldAscii(column);
  if (declared === 'date') return 'day';
  if (declared === 'time') return 'time of day';
  const affinity = affinityOf(column);
  return affinity === 'integer' || affinity === 'real' ? 'milliseconds' : 'moment';
}

function dateLiteral(iso: string, form: DateForm): string {
  const value = dateValue(new Date(iso), form);
  return typeof value === 'number' ? String(value) : quoteString(value);
}

function dateValue(moment: Date, form: DateForm): string | number {
  const { day, time } = dateParts(moment);
  switch (form) {
    case 'day':
      return day;
    case 'time of day':
      return time;
    case 'milliseconds':
      return moment.getTime();
    case 'moment':
      return `${day} ${time}`;
    default:
      return form satisfies never;
  }
}

function toParameter(column: string, type?: LogicalType): (value: unknown) => unknown {
  if (type === 'json') return (value) => (value === null ? null : JSON.stringify(value));
  const form = dateFormOf(column, type);
  return (value) => {
    if (typeof value === 'boolean') return Number(value);
    // It would become null (sqlite.org/c3ref/bind_blob.html).
    if (Number.isNaN(value)) throw new Error('SQLite has no NaN');
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return value instanceof Date ? dateValue(value, form) : JSON.stringify(value);
  };
}

function now(precision: number, form: DateForm): string {
  switch (form) {
    case 'day':
      return 'current_date';
    case 'time of day':
      return precision > 0 ? "(strftime('%H:%M:%f', 'now'))" : 'current_time';
    case 'milliseconds':
      return "(strftime('%s', 'now') * 1000)";
    case 'moment':
      return precision > 0 ? "(strftime('%Y-%m-%d %H:%M:%f', 'now'))" : 'current_timestamp';
    default:
      return form satisfies never;
  }
}

/**
 * No check for an array: SQLite takes no subquery in a check (sqlite.org/lang_createtable.html#check_constraints), so
 * `json_each` can't be used, and how a program writes its arrays into a text column is its own matter.
 */
function enumCheck(column: string, items: readonly string[], array: boolean): string | undefined {
  if (array) return undefined;
  return `${quoteIdentifier(column)} in (${items.map(textLiteral).join(', ')})`;
}
