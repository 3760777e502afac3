import {
  dateParts,
  type DefaultValue,
  type LogicalType,
  type TypeAttributes,
  type TypeTable,
} from '@dovetail/core/driver';
import { isBuiltInType } from './built-in-types.js';
import { printIdentifier, quoteString } from './ddl/quote.js';
import { parseGenerated } from './parse-generated.js';
import { canonicalType, constantType, readTypeName } from './type-name.js';

/** PostgreSQL's column types, defaults and enum checks, written as its catalog prints them. */
export const types: TypeTable = {
  columnType,
  isBuiltInType,
  literal,
  toParameter,
  parseGenerated,
  enumCheck,
};

function columnType(type: LogicalType, attributes: TypeAttributes): string {
  const { length, precision, scale, element } = attributes;
  switch (type) {
    case 'string':
      return length === -1 ? 'character varying' : `character varying(${length ?? 255})`;
    case 'character':
      return `character(${length ?? 1})`;
    case 'text':
    case 'enum':
      return 'text';
    case 'enumArray':
      return 'text[]';
    case 'array':
      return `${element ?? 'text'}[]`;
    case 'integer':
    case 'mediumint':
      return 'integer';
    case 'smallint':
    case 'tinyint':
      return 'smallint';
    case 'bigint':
      return 'bigint';
    case 'float':
      return 'real';
    case 'double':
      return 'double precision';
    case 'decimal':
      return `numeric(${precision ?? 10},${scale ?? 0})`;
    case 'boolean':
      return 'boolean';
    case 'uuid':
      return 'uuid';
    case 'date':
      return 'date';
    case 'datetime':
      return canonicalType(`timestamp${modifier(length ?? precision)} with time zone`);
    case 'time':
      return canonicalType(`time${modifier(length ?? precision)} without time zone`);
    case 'interval':
      return `interval${modifier(length ?? precision)}`;
    case 'json':
      return 'jsonb';
    case 'blob':
      return 'bytea';
    default:
      return type satisfies never;
  }
}

function modifier(value: number | undefined): string {
  return value === undefined ? '' : `(${value})`;
}

function literal(value: DefaultValue, column: string): string {
  switch (value.kind) {
    case 'null':
      return 'NULL';
    case 'string':
      return constant(value.value, column);
    case 'json':
      return constant(isArray(column) ? arrayText(JSON.parse(value.value)) : value.value, column);
    case 'number':
      return numberLiteral(value.value, column);
    case 'boolean':
      return isNumeric(column) ? String(Number(value.value)) : String(value.value);
    case 'bytes':
      return constant(`\\x${value.value}`, column);
    case 'date':
      return constant(dateText(new Date(value.value), readTypeName(column)?.base), column);
    case 'now':
      return now(column, value.precision);
    default:
      return value satisfies never;
  }
}

function constant(text: string, column: string): string {
  return `${quoteString(text)}::${constantType(column)}`;
}

function isArray(column: string): boolean {
  return readTypeName(column)?.array === true;
}

/** A list as the text of an array (postgresql.org/docs/current/arrays.html#ARRAYS-IO). */
function arrayText(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(arrayText).join(',')}}`;
  if (value === null) return 'NULL';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isPlain = text !== '' && !/[{},"\\\s]/u.test(text) && text.toUpperCase() !== 'NULL';
  return isPlain ? text : `"${text.replaceAll(/["\\]/gu, '\\$&')}"`;
}

const maximumInteger = 2_147_483_647n;

/** A number that is negative, or too large for an integer, is printed as a text that is cast. */
function numberLiteral(digits: string, column: string): string {
  if (!isNumeric(column)) return constant(digits, column);
  const isWhole = /^-?\d+$/u.test(digits);
  const magnitude = isWhole ? BigInt(digits.replace('-', '')) : 0n;
  if (magnitude > maximumInteger) return `'${digits}'::bigint`;
  if (digits.startsWith('-')) return `'${digits}'::${isWhole ? 'integer' : 'numeric'}`;
  return digits;
}

const numericTypes: ReadonlySet<string> = new Set([
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'real',
  'double precision',
]);

function isNumeric(column: string): boolean {
  const name = readTypeName(column);
  return name !== undefined && !name.array && numericTypes.has(name.base);
}

/** pg makes the array's text of a list, and would write a date in the machine's time zone. */
function toParameter(column: string, type?: LogicalType): (value: unknown) => unknown {
  const name = readTypeName(column);
  if (name?.array === true) {
    const element = toParameter(column.slice(0, column.lastIndexOf('[')));
    return (value) => (Array.isArray(value) ? value.map(element) : element(value));
  }
  if (type === 'json') return (value) => (value === null ? null : JSON.stringify(value));
  return (value) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return value instanceof Date ? dateText(value, name?.base) : JSON.stringify(value);
  };
}

function dateText(moment: Date, base: string | undefined): string {
  const { day, time } = dateParts(moment);
  switch (base) {
    case 'date':
      return day;
    case 'time without time zone':
      return time;
    case 'time with time zone':
      return `${time}+00`;
    case 'timestamp without time zone':
      return `${day} ${time}`;
    default:
      return `${day} ${time}+00`;
  }
}

function now(column: string, precision: number | undefined): string {
  const digits = modifier(precision === 0 ? undefined : precision);
  switch (readTypeName(column)?.base) {
    case 'date':
      return 'CURRENT_DATE';
    case 'time without time zone':
      return `LOCALTIME${digits}`;
    case 'time with time zone':
      return `CURRENT_TIME${digits}`;
    default:
      return `CURRENT_TIMESTAMP${digits}`;
  }
}

function enumCheck(column: string, items: readonly string[], array: boolean): string {
  const list = `ARRAY[${items.map((item) => `${quoteString(item)}::text`).join(', ')}]`;
  return array ? `${printIdentifier(column)} <@ ${list}` : `${printIdentifier(column)} = ANY (${list})`;
}
