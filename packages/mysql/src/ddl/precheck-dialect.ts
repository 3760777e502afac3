import type { Column, PrecheckDialect } from '@dovetail/core/driver';
import { baseType, isNumber, isText } from '../column-type.js';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { conversionProblems, convertedValue, isMoment } from './conversions.js';
import { parenthesised, quoteIdentifier, quoteTable } from './quote.js';

/** What the standard queries need to know of the server. */
export function precheckDialect(syntax: Syntax): PrecheckDialect {
  return {
    stored: (value, to, from) => stored(value, to, from, inCollation),
    mentions: comparison.mentions,
    names: comparison,
    quote: quoteIdentifier,
    table: quoteTable,
    indexKey: (part) => {
      const key = 'column' in part ? quoteIdentifier(part.column) : parenthesised(part.expression);
      return part.length === undefined ? key : `left(${key}, ${part.length})`;
    },
    mergesValues: (from, to) => mergesValues(from, to, syntax),
  };
}

/** For an expression that states a collation itself, to which a column gives way. */
export function dialectOfCollations(syntax: Syntax): PrecheckDialect {
  return { ...precheckDialect(syntax), stored: (value, to, from) => stored(value, to, from, asColumnOf) };
}

/**
 * What is unique by one collation may be double by another. A literal is of the connection's collation, and gives way to
 * a value of the column's (refman/9.7/en/charset-collation-coercibility.html).
 */
function stored(value: string, to: Column, from: Column | undefined, convert: typeof inCollation): string {
  const { charset = 'utf8mb4', collation } = to;
  if (from === undefined && isDateOrTime(to.type))
    return `cast(${value} as ${to.type.replace('timestamp', 'datetime')})`;
  if (from === undefined) return isText(to.type) ? convert(value, charset, collation) : value;
  const converted = from.type === to.type ? value : convertedValue(value, from.type, to.type);
  if (isText(to.type) && isPrinted(from.type)) return convert(converted, charset, collation);
  return to.charset === undefined || collation === from.collation ? converted : convert(converted, charset, collation);
}

function mergesValues(from: Column, to: Column, syntax: Syntax): boolean {
  if (isText(to.type) && !isPrinted(from.type) && from.collation !== to.collation) return true;
  return conversionProblems('value', from.type, to, syntax).some(({ kind }) => kind === 'destroys-values');
}

/** What is written as a text is compared as a moment. */
function isDateOrTime(type: string): boolean {
  return isMoment(type) && baseType(type) !== 'year';
}

/** What becomes a text is compared as one. */
function isPrinted(type: string): boolean {
  return isNumber(type) || isMoment(type);
}

function inCollation(value: string, charset: string, collation: string | undefined): string {
  return `convert(${value} using ${charset})${collation === undefined ? '' : ` collate ${collation}`}`;
}

/** A value behind `collate` gives way to nothing, so this makes a column of it. */
function asColumnOf(value: string, charset: string, collation: string | undefined): string {
  const converted = inCollation(value, charset, undefined);
  if (collation === undefined) return converted;
  const column = `value longtext character set ${charset} collate ${collation} path '$'`;
  return `(select value from json_table(json_array(${converted}), '$[0]' columns (${column})) as collated)`;
}
