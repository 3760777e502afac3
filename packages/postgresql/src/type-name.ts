import { printIdentifier } from './ddl/quote.js';

/** A column type, taken apart. */
export interface TypeName {
  /** The name as the catalog prints it, without modifiers: `character varying`, `timestamp with time zone`. */
  readonly base: string;
  /** What stands in the parentheses: `10,2`. */
  readonly modifiers?: string | undefined;
  readonly array: boolean;
}

/**
 * Other spellings of built-in types, and how the catalog prints each (postgresql.org/docs/current/datatype.html). A
 * pair gives the modifiers that the spelling stands for as well.
 */
const spellings: Readonly<Record<string, string | readonly [base: string, modifiers: string]>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  decimal: 'numeric',
  dec: 'numeric',
  varchar: 'character varying',
  'char varying': 'character varying',
  char: ['character', '1'],
  character: ['character', '1'],
  bit: ['bit', '1'],
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};

const form =
  /^(?<name>[a-z_][\w$]*(?:[ ]+[a-z_][\w$]*)*?)\s*(?:\((?<modifiers>[^()]*)\))?\s*(?<zone>with(?:out)?\s+time\s+zone)?\s*(?<array>(?:\[\d*\]\s*)*)$/iu;

const quotedForm = /^(?<name>"(?:[^"]|"")+"(?:\."(?:[^"]|"")+")?)\s*(?<array>(?:\[\d*\]\s*)*)$/u;

/** Reads the name of a type. What is neither plain nor all in quotes is left to the database: `undefined`. */
export function readTypeName(type: string): TypeName | undefined {
  const { name, modifiers, zone, array = '' } = form.exec(type.trim())?.groups ?? {};
  if (name === undefined) return readQuotedName(type);
  const word = squeeze([name, zone].filter(Boolean).join(' '));
  const spelling = spellings[word] ?? word;
  const [base, implied] = typeof spelling === 'string' ? [spelling, undefined] : spelling;
  return { base, modifiers: normaliseModifiers(base, modifiers ?? implied), array: array !== '' };
}

function readQuotedName(type: string): TypeName | undefined {
  const { name, array = '' } = quotedForm.exec(type.trim())?.groups ?? {};
  const parts = name?.match(/"(?:[^"]|"")+"/gu)?.map((part) => part.slice(1, -1).replaceAll('""', '"'));
  return parts && { base: parts.map(printIdentifier).join('.'), array: array !== '' };
}

/** The type as the catalog prints it, as far as that can be told from the text alone. */
export function canonicalType(type: string): string {
  const name = readTypeName(type);
  return name === undefined ? type.trim() : printTypeName(name);
}

/** The type that the catalog casts a constant to: the same without modifiers. */
export function constantType(type: string): string {
  const name = readTypeName(type);
  if (name === undefined) return type.trim();
  const base = name.base === 'character' ? 'bpchar' : name.base;
  return printTypeName({ ...name, base, modifiers: undefined });
}

/** The modifiers of times stand in the middle: `timestamp(3) with time zone`. */
function printTypeName({ base, modifiers, array }: TypeName): string {
  const [first, rest] = splitZone(base);
  const text = modifiers === undefined ? base : `${first}(${modifiers})${rest}`;
  return array ? `${text}[]` : text;
}

function splitZone(base: string): readonly [string, string] {
  const zone = / with(?:out)? time zone$/u.exec(base);
  return zone === null ? [base, ''] : [base.slice(0, zone.index), zone[0]];
}

function squeeze(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/gu, ' ');
}

/** `numeric(10)` is `numeric(10,0)`. */
function normaliseModifiers(base: string, modifiers: string | undefined): string | undefined {
  const list = modifiers?.split(',').map((modifier) => modifier.trim());
  return base === 'numeric' && list?.length === 1 ? `${list.join('')},0` : list?.join(',');
}
