import { isKeyword, isParenthesised, textOf, type Token } from '@dovetail/core/driver';
import { baseType, isBytes, isNumber, isText, sizeOf } from './column-type.js';
import { tokenize, unquote } from './lexer.js';
import { quoteString } from './ddl/quote.js';

const nowWords: ReadonlySet<string> = new Set(['current_timestamp', 'now', 'localtime', 'localtimestamp']);

/**
 * A default in one of the ways to write it, where several mean the same for a column of that type: numbers without
 * quotes and with all their decimals, texts in single quotes, `current_timestamp` for its synonyms. An expression stays
 * as it is, parentheses included.
 */
export function canonicalDefault(text: string, type: string): string {
  return canonicalDefaultOf(text, tokenize(text), type);
}

/** The same of a default whose tokens stand in `sql`. */
export function canonicalDefaultOf(sql: string, tokens: readonly Token[], type: string): string {
  const [first] = tokens;
  if (first === undefined || isParenthesised(tokens)) return textOf(sql, tokens);
  if (isNow(tokens) && isMoment(type)) return canonicalNow(tokens);
  if (tokens.length === 1) {
    if (first.kind === 'string') return canonicalString(unquote(first), type);
    // MySQL shows a text as bytes where it holds characters beyond U+FFFF.
    if (first.kind === 'binary' && isText(type)) return quoteString(textOfBytes(hexadecimal(first.text) ?? ''));
    if (isKeyword(first, 'true')) return '1';
    if (isKeyword(first, 'false')) return '0';
  }
  return isLiteral(tokens) && isNumber(type) ? canonicalNumber(textOf(sql, tokens), type) : textOf(sql, tokens);
}

/** A default, and what the column gets whenever its row changes where that stands behind it. */
export function splitDefault(text: string): { readonly value: string; readonly onUpdate: string | undefined } {
  const tokens = tokenize(text);
  const at = tokens.findIndex((token, index) => isKeyword(token, 'on') && isKeyword(tokens[index + 1], 'update'));
  if (at === -1) return { value: text, onUpdate: undefined };
  return { value: textOf(text, tokens.slice(0, at)), onUpdate: textOf(text, tokens.slice(at + 2)) };
}

/** The digits of a literal of bytes that are no text, as the default of a column of bytes. */
export function bytesOf(text: string, type: string): string | undefined {
  const [literal, ...others] = tokenize(text);
  if (literal?.kind !== 'binary' || others.length > 0 || !isBytes(type)) return undefined;
  const digits = hexadecimal(literal.text);
  return digits !== undefined && textOfBytes(digits).includes('\ufffd') ? digits : undefined;
}

/** Whether the text can stand behind `default` without parentheses (refman/9.7/en/data-type-defaults.html). */
export function isPlainDefault(text: string, type: string): boolean {
  const tokens = tokenize(text);
  return isLiteral(tokens) || isParenthesised(tokens) || (isNow(tokens) && isMoment(type));
}

function textOfBytes(digits: string): string {
  return Buffer.from(digits, 'hex').toString('utf8');
}

/** The digits of `0xff00` and `x'ff00'`. */
function hexadecimal(literal: string): string | undefined {
  return /^(?:0x|x')([0-9a-f]*)'?$/i.exec(literal)?.[1]?.toLowerCase();
}

function isLiteral(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  const isSigned = first?.keyword === '-' || first?.keyword === '+';
  const literal = isSigned ? second : first;
  if (literal === undefined || tokens.length !== (isSigned ? 2 : 1)) return false;
  return ['string', 'number', 'binary'].includes(literal.kind) || ['null', 'true', 'false'].includes(literal.keyword);
}

function isNow([word, ...call]: readonly Token[]): boolean {
  return word !== undefined && nowWords.has(word.keyword) && (call.length === 0 || isParenthesised(call));
}

function isMoment(type: string): boolean {
  return baseType(type) === 'datetime' || baseType(type) === 'timestamp';
}

function canonicalNow(tokens: readonly Token[]): string {
  const precision = tokens.find(({ kind }) => kind === 'number')?.text ?? '0';
  return precision === '0' ? 'current_timestamp' : `current_timestamp(${precision})`;
}

function canonicalString(value: string, type: string): string {
  return isNumber(type) && /^[+-]?\d+(\.\d+)?$/.test(value) ? canonicalNumber(value, type) : quoteString(value);
}

/** MySQL and MariaDB store a default of a decimal with all decimals of its type. */
function canonicalNumber(text: string, type: string): string {
  const [, sign = '', digits = '', decimals = ''] = /^([+-]?)\s*0*(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (digits === '') return text;
  const [, scale = 0] = baseType(type) === 'decimal' ? sizeOf(type) : [];
  const significant = decimals.replace(/0+$/, '');
  if (significant.length > scale && baseType(type) === 'decimal') return text;
  const padded = significant.padEnd(scale, '0');
  return `${sign === '-' ? '-' : ''}${digits}${padded === '' ? '' : `.${padded}`}`;
}
