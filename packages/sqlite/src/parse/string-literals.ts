import { type Column, isKeyword, type Token } from '@dovetail/core/driver';
import { foldAscii, tokenize, unquote } from '../lexer.js';
import { quoteString } from '../ddl/quote.js';

/**
 * The expression with the strings that are written in double quotes put into single ones. A SQLite library that is
 * built with DQS on takes a name in double quotes that it cannot resolve for a string, and every library still reads
 * such an expression from the schema of a file, but not from a statement (sqlite.org/quirks.html#dblquote).
 *
 * @param columns the columns that the expression can see.
 */
export function withStringLiterals(expression: string, columns: readonly Column[]): string {
  if (!expression.includes('"')) return expression;
  const names = new Set([...rowidNames, ...columns.map(({ name }) => foldAscii(name))]);
  const tokens = tokenize(expression);
  let text = '';
  let copied = 0;
  tokens.forEach((token, index) => {
    if (!isMisquoted(token, tokens[index - 1], tokens[index + 1], names)) return;
    text += expression.slice(copied, token.start) + quoteString(unquote(token));
    copied = token.end;
  });
  return text + expression.slice(copied);
}

const rowidNames = ['rowid', 'oid', '_rowid_'];

function isMisquoted(
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  names: ReadonlySet<string>,
): boolean {
  if (!token.text.startsWith('"') || token.kind !== 'quoted' || names.has(foldAscii(unquote(token)))) return false;
  const isQualified = previous?.text === '.' || next?.text === '.';
  const isCall = next?.text === '(';
  const isTypeOrCollation = isKeyword(previous, 'collate') || isKeyword(previous, 'as');
  return !isQualified && !isCall && !isTypeOrCollation;
}
