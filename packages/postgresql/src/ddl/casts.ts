import { canonicalType, readTypeName } from '../type-name.js';
import { isNumber, isText } from './type-kinds.js';

/** The types whose values are oids of the catalog's rows (postgresql.org/docs/current/datatype-oid.html). */
const references: readonly string[] =
  'oid regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype'.split(
    ' ',
  );

/**
 * The built-in types between which PostgreSQL itself can cast, besides to and from text (`pg_cast` of 14, of which no
 * later version has lost any).
 */
const casts: Readonly<Record<string, readonly string[]>> = {
  smallint: ['integer', 'bigint', 'numeric', 'real', 'double precision', ...references],
  integer: [
    'smallint',
    'bigint',
    'numeric',
    'real',
    'double precision',
    'boolean',
    'bit',
    'money',
    '"char"',
    ...references,
  ],
  bigint: ['smallint', 'integer', 'numeric', 'real', 'double precision', 'bit', 'money', ...references],
  numeric: ['smallint', 'integer', 'bigint', 'real', 'double precision', 'money'],
  real: ['smallint', 'integer', 'bigint', 'numeric', 'double precision'],
  'double precision': ['smallint', 'integer', 'bigint', 'numeric', 'real'],
  money: ['numeric'],
  boolean: ['integer'],
  '"char"': ['integer'],
  bit: ['integer', 'bigint', 'bit varying'],
  'bit varying': ['bit'],
  json: ['jsonb'],
  jsonb: ['json', 'boolean', 'smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'],
  date: ['timestamp without time zone', 'timestamp with time zone'],
  'timestamp without time zone': ['date', 'time without time zone', 'timestamp with time zone'],
  'timestamp with time zone': ['date', 'time without time zone', 'time with time zone', 'timestamp without time zone'],
  'time without time zone': ['interval', 'time with time zone'],
  'time with time zone': ['time without time zone'],
  interval: ['time without time zone'],
  inet: ['cidr'],
  cidr: ['inet'],
  macaddr: ['macaddr8'],
  macaddr8: ['macaddr'],
  box: ['circle', 'lseg', 'point', 'polygon'],
  circle: ['box', 'point', 'polygon'],
  lseg: ['point'],
  path: ['polygon'],
  point: ['box'],
  polygon: ['box', 'circle', 'path', 'point'],
  int4range: ['int4multirange'],
  int8range: ['int8multirange'],
  numrange: ['nummultirange'],
  daterange: ['datemultirange'],
  tsrange: ['tsmultirange'],
  tstzrange: ['tstzmultirange'],
  xid8: ['xid'],
  oid: ['integer', 'bigint', ...references],
  regoper: ['regoperator'],
  regoperator: ['regoper'],
  regproc: ['regprocedure'],
  regprocedure: ['regproc'],
};

/** How whole numbers become bytes and back: what 18 has casts for, in terms of all versions. */
interface Bytes {
  readonly write: (value: string) => string;
  readonly read: (value: string) => string;
}

const bytes: Readonly<Record<string, Bytes>> = {
  smallint: {
    write: (value) => `int2send(${value})`,
    // What is cast to a longer bit string gets zeros at its end, and a number that is shifted keeps its sign.
    read: (value) => `(${bits(value, 16)}::bit(32)::integer >> 16)::smallint`,
  },
  integer: { write: (value) => `int4send(${value})`, read: (value) => `${bits(value, 32)}::integer` },
  bigint: { write: (value) => `int8send(${value})`, read: (value) => `${bits(value, 64)}::bigint` },
};

function bits(value: string, length: number): string {
  return `('x' || lpad(encode(${value}, 'hex'), ${length / 4}, '0'))::bit(${length})`;
}

/** A value of one type as one of another: by PostgreSQL's own cast, and where there is none, over its text. */
export function conversionSql(value: string, from: string, to: string): string {
  if (hasCast(from, to)) return `${value}::${to}`;
  const [source, target] = [canonicalType(from), canonicalType(to)];
  if (target === 'bytea' && bytes[source] !== undefined) return bytes[source].write(value);
  if (source === 'bytea' && bytes[target] !== undefined) return bytes[target].read(value);
  const brackets = isArray(from) && isArray(to) ? '[]' : '';
  return `${value}::${wayBetween(from, to) ?? 'text'}${brackets}::${to}`;
}

/** The type with whose help two others are cast that have no cast of their own, but are numbers in their own way. */
function wayBetween(from: string, to: string): string | undefined {
  const [a, b] = [readTypeName(from), readTypeName(to)];
  if (a === undefined || a.array !== b?.array) return undefined;
  if (isNumber(a.base)) return ways[b.base];
  return isNumber(b.base) ? ways[a.base] : undefined;
}

/** Over its text, `true` would be no number at all, and the bits `101` a hundred and one. */
const ways: Readonly<Record<string, string>> = {
  boolean: 'integer',
  '"char"': 'integer',
  bit: 'bigint',
  money: 'numeric',
};

function hasCast(fromType: string, toType: string): boolean {
  const [from, to] = [readTypeName(fromType), readTypeName(toType)];
  if (from === undefined || to === undefined) return false;
  if (from.array !== to.array) return isText(from.array ? to.base : from.base);
  return from.base === to.base || isText(from.base) || isText(to.base) || castsOf(from.base).includes(to.base);
}

function castsOf(base: string): readonly string[] {
  const own = casts[base] ?? [];
  return base.startsWith('reg') && references.includes(base) ? [...own, 'oid', 'integer', 'bigint'] : own;
}

function isArray(type: string): boolean {
  return canonicalType(type).endsWith('[]');
}
