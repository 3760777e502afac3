import {
  closingParenthesis,
  type Column,
  type IndexPart,
  isIdentifier,
  isKeyword,
  isParenthesised,
  textOf,
  type Token,
  type TokenReader,
  withoutParentheses,
} from '@dovetail/core/driver';
import { foldAscii, tokenize, unquote } from '../lexer.js';
import { withStringLiterals } from './string-literals.js';

/**
 * Reads one part of an index or of a key constraint. What is written in parentheses stays an expression, a lone column
 * included; a collation is a part's own where it stands behind everything else. Defaults (`asc`, the collation that
 * the column has anyway) are left out.
 */
export function readIndexPart(reader: TokenReader, columns: readonly Column[]): IndexPart {
  const tokens = [...reader.until(endsPart)];
  const sort = readSort(tokens);
  const collation = readCollation(tokens);
  const column = columnOf(tokens, columns);
  if (column !== undefined) {
    const differs = collation !== undefined && collation !== (column.collation ?? 'binary');
    return { column: column.name, sort, collation: differs ? collation : undefined };
  }
  if (tokens.length === 0) return reader.fail('a column or an expression');
  const text = textOf(reader.sql, isParenthesised(tokens) ? tokens.slice(1, -1) : tokens);
  const expression = withStringLiterals(text, columns);
  return { expression, sort, collation: collation === 'binary' ? undefined : collation };
}

/** Reads a part of a key constraint, which is a column whatever parentheses are around it. */
export function readKeyPart(reader: TokenReader, columns: readonly Column[]): IndexPart & { readonly column: string } {
  const part = readIndexPart(reader, columns);
  if ('column' in part) return part;
  const tokens = [...withoutParentheses(tokenize(part.expression))];
  const collation = readCollation(tokens) ?? part.collation;
  const column = columnOf(tokens, columns);
  return column === undefined ? reader.fail('a column') : { column: column.name, sort: part.sort, collation };
}

/** `autoincrement` may follow the only column of a primary key. */
function endsPart(token: Token): boolean {
  return token.text === ',' || token.text === ')' || isKeyword(token, 'autoincrement');
}

/** Takes the sort order off the end. */
function readSort(tokens: Token[]): 'desc' | undefined {
  const last = tokens.at(-1);
  const isDescending = isKeyword(last, 'desc');
  if (tokens.length < 2 || (!isDescending && !isKeyword(last, 'asc'))) return undefined;
  tokens.pop();
  return isDescending ? 'desc' : undefined;
}

/**
 * Takes the collation off the end, unless it belongs to an operand: in `a || b collate nocase` it is that of `b`, and
 * the index has none.
 */
function readCollation(tokens: Token[]): string | undefined {
  const name = tokens.at(-1);
  if (name === undefined || !isKeyword(tokens.at(-2), 'collate') || !isPrimary(tokens.slice(0, -2))) return undefined;
  tokens.splice(-2);
  return foldAscii(unquote(name));
}

/** Whether the tokens are a name, a call, or an expression in parentheses: nothing that binds less than `collate`. */
function isPrimary(tokens: readonly Token[]): boolean {
  const [first] = tokens;
  if (first === undefined) return false;
  if (first.text === '(') return isParenthesised(tokens);
  const isName = isIdentifier(first) || first.kind === 'string';
  return isName && (tokens.length === 1 || closingParenthesis(tokens, 1) === tokens.length - 1);
}

function columnOf(tokens: readonly Token[], columns: readonly Column[]): Column | undefined {
  const [token] = tokens;
  if (token === undefined || tokens.length > 1 || !(isIdentifier(token) || token.kind === 'string')) return undefined;
  const name = foldAscii(unquote(token));
  return columns.find((column) => foldAscii(column.name) === name);
}
