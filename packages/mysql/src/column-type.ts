import { type Column, isKeyword, type Token, TokenReader } from '@dovetail/core/driver';
import { lexer, tokenize, unquote } from './lexer.js';
import { quoteString } from './ddl/quote.js';

/**
 * A column type in one of the ways to write it, where several mean the same: the word that the catalog uses, the lengths
 * that a type has when none is stated, no display width (dev.mysql.com/doc/refman/9.7/en/numeric-type-attributes.html).
 */
export function canonicalType(type: string): string {
  return canonicalTypeOf(tokenize(type));
}

export function canonicalTypeOf(tokens: readonly Token[]): string {
  const first = tokens[0]?.keyword ?? '';
  const words = tokens[1]?.kind === 'word' ? compoundNames[`${first} ${tokens[1].keyword}`] : undefined;
  const name = words ?? aliases[first] ?? first;
  if (tokens.length === 1) return name + sizeText(first, name, undefined, false);
  const [size, after] = readSize(tokens.slice(words === undefined ? 1 : 2));
  const isZerofill = after.some((token) => isKeyword(token, 'zerofill'));
  const attributes = after.map(written).filter((word) => word !== 'signed');
  const unsigned = isZerofill && !attributes.includes('unsigned') ? ['unsigned'] : [];
  return [name + sizeText(first, name, size, isZerofill), ...unsigned, ...attributes].join(' ');
}

/** What a type says of its text, apart from the type, as the catalog keeps it: `varchar(20) character set latin1`. */
export function splitCharset(type: string): Pick<Column, 'type' | 'charset' | 'collation'> {
  const reader = new TokenReader(type, lexer);
  const tokens: Token[] = [];
  let [charset, collation]: (string | undefined)[] = [];
  while (reader.peek() !== undefined) {
    if (reader.accept('character', 'set') || reader.accept('charset')) charset = reader.name();
    else if (reader.accept('collate')) collation = reader.name();
    else tokens.push(reader.next('a type'));
  }
  return { type: canonicalTypeOf(tokens), charset, collation };
}

/** The first word of a canonical type: `varchar` of `varchar(20)`. */
export function baseType(type: string): string {
  return /^\w*/.exec(type)?.[0].toLowerCase() ?? '';
}

/** The numbers in the parentheses of a canonical type: `[10, 2]` of `decimal(10,2)`. */
export function sizeOf(type: string): readonly number[] {
  const sizes = /^\w+\(([\d,]+)\)/.exec(type)?.[1];
  return sizes === undefined ? [] : sizes.split(',').map(Number);
}

/** The items of an enum or set. */
export function itemsOf(type: string): readonly string[] {
  return tokenize(type)
    .filter(({ kind }) => kind === 'string')
    .map(unquote);
}

const integers: ReadonlySet<string> = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint']);
const numbers: ReadonlySet<string> = new Set([...integers, 'decimal', 'float', 'double', 'year']);
const texts: ReadonlySet<string> = new Set(['tinytext', 'text', 'mediumtext', 'longtext']);
const withCharset: ReadonlySet<string> = new Set([...texts, 'char', 'varchar', 'enum', 'set']);
const spatial: ReadonlySet<string> = new Set(
  'geometry point linestring polygon multipoint multilinestring multipolygon geometrycollection geomcollection'.split(
    ' ',
  ),
);
const withoutLiteralDefault: ReadonlySet<string> = new Set([
  ...texts,
  ...spatial,
  ...'tinyblob blob mediumblob longblob json'.split(' '),
]);

export function isInteger(type: string): boolean {
  return integers.has(baseType(type));
}

export function isNumber(type: string): boolean {
  return numbers.has(baseType(type));
}

/** Whether the values of the type are places. */
export function isSpatial(type: string): boolean {
  return spatial.has(baseType(type));
}

/** The number of the reference system that a spatial type is bound to. */
export function sridOf(type: string): string | undefined {
  return / srid (\d+)/.exec(type)?.[1];
}

/** Whether the values of the type are among items that it states. */
export function isEnumerated(type: string): boolean {
  return baseType(type) === 'enum' || baseType(type) === 'set';
}

/** Whether the type has a character set. */
export function isText(type: string): boolean {
  return withCharset.has(baseType(type));
}

/** Whether the type is one of bytes that can have a literal as its default. */
export function isBytes(type: string): boolean {
  return baseType(type) === 'binary' || baseType(type) === 'varbinary';
}

/** Whether MySQL takes a default of the type as an expression alone (refman/9.7/en/data-type-defaults.html). */
export function takesNoLiteralDefault(type: string): boolean {
  return withoutLiteralDefault.has(baseType(type));
}

const compoundNames: Readonly<Record<string, string>> = {
  'double precision': 'double',
  'character varying': 'varchar',
  'char varying': 'varchar',
};

const aliases: Readonly<Record<string, string>> = {
  integer: 'int',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  int4: 'int',
  int8: 'bigint',
  middleint: 'mediumint',
  bool: 'tinyint',
  boolean: 'tinyint',
  numeric: 'decimal',
  dec: 'decimal',
  fixed: 'decimal',
  real: 'double',
  float4: 'float',
  float8: 'double',
  character: 'char',
  varcharacter: 'varchar',
  geometrycollection: 'geomcollection',
};

/** What a type has in its parentheses when it states nothing. */
const defaultSizes: Readonly<Record<string, string>> = {
  char: '(1)',
  binary: '(1)',
  bit: '(1)',
  decimal: '(10,0)',
};

function readSize(tokens: readonly Token[]): readonly [size: string | undefined, after: readonly Token[]] {
  if (!isKeyword(tokens[0], '(')) return [undefined, tokens];
  const close = tokens.findIndex((token) => isKeyword(token, ')'));
  return [
    tokens
      .slice(0, close + 1)
      .map(written)
      .join(''),
    tokens.slice(close + 1),
  ];
}

function sizeText(declared: string, name: string, size: string | undefined, isZerofill: boolean): string {
  if (declared === 'bool' || declared === 'boolean') return '(1)';
  if (integers.has(name)) return isZerofill || (name === 'tinyint' && size === '(1)') ? (size ?? '') : '';
  if (name === 'year' || isWholeSeconds(name, size)) return '';
  if (name === 'decimal' && size !== undefined && !size.includes(',')) return `${size.slice(0, -1)},0)`;
  return size ?? defaultSizes[name] ?? '';
}

function isWholeSeconds(name: string, size: string | undefined): boolean {
  return size === '(0)' && (name === 'datetime' || name === 'timestamp' || name === 'time');
}

function written(token: Token): string {
  if (token.kind === 'string') return quoteString(unquote(token));
  return token.keyword === '' ? token.text : token.keyword;
}
