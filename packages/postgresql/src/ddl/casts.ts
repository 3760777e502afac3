import { canonicalType, readTypeName } from '../type-name.js';

const texts: readonly string[] = ['text', 'character varying', 'character'];

/**
 * The built-in types between which PostgreSQL itself can cast, besides to and from text (`pg_cast` of 14, of which no
 * later version has lost any).
 */
const casts: Readonly<Record<string, readonly string[]>> = {
  smallint: ['integer', 'bigint', 'numeric', 'real', 'double precision'],
  integer: ['smallint', 'bigint', 'numeric', 'real', 'double precision', 'boolean', 'bit', 'money'],
  bigint: ['smallint', 'integer', 'numeric', 'real', 'double precision', 'bit', 'money'],
  numeric: ['smallint', 'integer', 'bigint', 'real', 'double precision', 'money'],
  real: ['smallint', 'integer', 'bigint', 'numeric', 'double precision'],
  'double precision': ['smallint', 'integer', 'bigint', 'numeric', 'real'],
  money: ['numeric'],
  boolean: ['integer'],
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
};

/** A value of one type as one of another: by PostgreSQL's own cast, and where there is none, over its text. */
export function conversionSql(value: string, from: string, to: string): string {
  if (hasCast(from, to)) return `${value}::${to}`;
  return `${value}::${isArray(from) && isArray(to) ? 'text[]' : 'text'}::${to}`;
}

function hasCast(fromType: string, toType: string): boolean {
  const [from, to] = [readTypeName(fromType), readTypeName(toType)];
  if (from === undefined || to === undefined) return false;
  if (from.array !== to.array) return texts.includes(from.array ? to.base : from.base);
  return (
    from.base === to.base ||
    texts.includes(from.base) ||
    texts.includes(to.base) ||
    (casts[from.base] ?? []).includes(to.base)
  );
}

function isArray(type: string): boolean {
  return canonicalType(type).endsWith('[]');
}
