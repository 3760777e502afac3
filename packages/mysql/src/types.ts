import {
  dateParts,
  type DefaultValue,
  type LogicalType,
  parseGenerated,
  type TypeAttributes,
  type TypeTable,
} from '@dovetail/core/driver';
import { baseType, takesNoLiteralDefault } from './column-type.js';
import { quoteIdentifier, quoteString } from './ddl/quote.js';
import type { Flavour } from './flavour.js';
import { lexer } from './lexer.js';
import { validate } from './validate.js';

/** Column types, defaults and enum checks of the family. */
export function typeTable({ syntax }: Flavour): TypeTable {
  return {
    // The default collations know neither case nor accents (refman/9.7/en/charset-collation-names.html).
    exactText: { charset: 'utf8mb4', collation: 'utf8mb4_bin' },
    columnType,
    literal: (value, column) => {
      const text = literal(value, column);
      return syntax.literalsNeedParentheses && takesNoLiteralDefault(column) && value.kind !== 'null'
        ? `(${text})`
        : text;
    },
    toParameter,
    parseGenerated: (text) => parseGenerated(text, lexer),
    enumCheck,
    validate: (table, tables) => validate(table, tables, syntax),
  };
}

function columnType(type: LogicalType, attributes: TypeAttributes): string {
  const { length, precision, scale, items = [] } = attributes;
  switch (type) {
    case 'string':
      return `varchar(${length ?? 255})`;
    case 'character':
      return `char(${length ?? 1})`;
    case 'text':
    case 'array':
    case 'enumArray':
      return length === undefined ? 'text' : textFor(length);
    case 'integer':
      return number('int', attributes);
    case 'smallint':
    case 'tinyint':
    case 'mediumint':
    case 'bigint':
    case 'float':
    case 'double':
      return number(type, attributes);
    case 'decimal':
      return number(`decimal(${precision ?? 10},${scale ?? 0})`, attributes);
    case 'boolean':
      return 'tinyint(1)';
    case 'uuid':
      return 'varchar(36)';
    case 'date':
      return 'date';
    case 'datetime':
    case 'time':
      return withPrecision(type, length ?? precision);
    case 'interval':
      return 'varchar(255)';
    case 'json':
      return 'json';
    case 'blob':
      return length === undefined ? 'blob' : blobFor(length);
    case 'enum':
      return `enum(${items.map(quoteString).join(',')})`;
  }
}

/** The column that numbers new rows, and those that reference it, need no negative numbers. */
function number(type: string, { unsigned, zerofill, autoincrement }: TypeAttributes): string {
  const attributes = [(unsigned ?? autoincrement) || zerofill ? ' unsigned' : '', zerofill ? ' zerofill' : ''];
  return type + attributes.join('');
}

function withPrecision(type: string, precision: number | undefined): string {
  return precision === undefined || precision === 0 ? type : `${type}(${precision})`;
}

/** The longest text of each type, in bytes (refman/9.7/en/storage-requirements.html); a character takes four at most. */
function textFor(characters: number): string {
  return `${prefixFor(characters * 4)}text`;
}

function blobFor(bytes: number): string {
  return `${prefixFor(bytes)}blob`;
}

function prefixFor(bytes: number): string {
  if (bytes < 2 ** 16) return '';
  return bytes < 2 ** 24 ? 'medium' : 'long';
}

function literal(value: DefaultValue, column: string): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'string':
    case 'json':
      return quoteString(value.value);
    case 'number':
      return value.value;
    case 'boolean':
      return value.value ? '1' : '0';
    case 'bytes':
      return value.value === '' ? "''" : `0x${value.value}`;
    case 'date':
      return dateLiteral(value.value, column);
    case 'now':
      return now(value.precision ?? 0, column);
    default:
      return value satisfies never;
  }
}

function dateLiteral(iso: string, column: string): string {
  return quoteString(dateText(new Date(iso), baseType(column)));
}

/** A moment in UTC, with as many decimals of its seconds as it has. */
function dateText(moment: Date, type: string): string {
  const { day, time } = dateParts(moment);
  switch (type) {
    case 'date':
      return day;
    case 'time':
      return time;
    default:
      return `${day} ${time}`;
  }
}

function toParameter(column: string, type?: LogicalType): (value: unknown) => unknown {
  if (type === 'json') return (value) => (value === null ? null : JSON.stringify(value));
  const base = baseType(column);
  return (value) => {
    if (typeof value === 'boolean') return Number(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`this database has no ${value}`);
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return value instanceof Date ? dateText(value, base) : JSON.stringify(value);
  };
}

/** `current_timestamp` must have the precision of its column (refman/9.7/en/timestamp-initialization.html). */
function now(precision: number, column: string): string {
  switch (baseType(column)) {
    case 'date':
      return '(curdate())';
    case 'time':
      return `(curtime(${precisionOf(column) ?? precision}))`;
    default: {
      const decimals = precisionOf(column) ?? precision;
      return decimals === 0 ? 'current_timestamp' : `current_timestamp(${decimals})`;
    }
  }
}

function precisionOf(column: string): number | undefined {
  if (!/^(datetime|timestamp|time)\b/i.test(column)) return undefined;
  return Number(/\((\d)\)/.exec(column)?.[1] ?? 0);
}

/** No check for an array: how a program writes its arrays into a text is its own matter. */
function enumCheck(column: string, items: readonly string[], array: boolean): string | undefined {
  if (array) return undefined;
  return `${quoteIdentifier(column)} in (${items.map(quoteString).join(', ')})`;
}
