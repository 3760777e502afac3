import { isKeyword, isParenthesised, textOf, type Token } from '@dovetail/core/driver';
import { baseType, isNumber, isText, sizeOf } from './column-type.js';
import { tokenize, unquote } from './lexer.js';
import { quoteString } from './ddl/quote.js';

const nowWords: ReadonlySet<string> = new Set(['current_timestamp', 'now', 'localtime', 'localtimestamp']);

/**
 * A default in one of the ways to write it, where several mean the same for a column of that type: numbers without
 * quotes and with all their decimals, texts in single quotes, `current_timestamp` for its synonyms. An expression stays
 * as it is, parentheses included.
 */
export function canonicalDefault(text: string, type: string): string {
  const tokens = tokenize(text);
  const [first, ...others] = tokens;
  if (first === undefined || isParenthesised(tokens)) return textOf(text, tokens);
  if (isNow(tokens) && isMoment(type)) return canonicalNow(tokens);
  if (first.kind === 'string' && others.length === 0) return canonicalString(unquote(first), type);
  if (first.kind === 'binary' && others.length === 0 && isText(type)) return quoteString(textOfBytes(first.text));
  if (others.length === 0 && isKeyword(first, 'true')) return '1';
  if (others.length === 0 && isKeyword(first, 'false')) return '0';
  return isLiteral(tokens) && isNumber(type) ? canonicalNumber(textOf(text, tokens), type) : textOf(text, tokens);
}

/** Whether the text can stand behind `default` without parentheses (refman/9.7/en/data-type-defaults.html). */
export function isPlainDefault(text: string, type: string): boolean {
  const tokens = tokenize(text);
  return isLiteral(tokens) || isParenthesised(tokens) || (isNow(tokens) && isMoment(type));
}

/** MySQL shows a text as bytes where it holds characters beyond U+FFFF. */
function textOfBytes(literal: string): string {
  return Buffer.from(literal.replace(/^(0x|x')|'$/gi, ''), 'hex').toString('utf8');
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
