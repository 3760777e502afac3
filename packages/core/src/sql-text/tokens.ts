import type { Token } from './token.js';

/** The part of `sql` that the tokens cover, with all that stands between them. */
export function textOf(sql: string, tokens: readonly Token[]): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? '' : sql.slice(first.start, last.end);
}

/** Whether one pair of parentheses encloses all the tokens. */
export function isParenthesised(tokens: readonly Token[]): boolean {
  return tokens.length >= 2 && closingParenthesis(tokens, 0) === tokens.length - 1;
}

/** The tokens without the pairs of parentheses that enclose all of them. */
export function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  const pairs = enclosingPairs(tokens);
  return pairs === 0 ? tokens : tokens.slice(pairs, tokens.length - pairs);
}

function enclosingPairs(tokens: readonly Token[]): number {
  const first = tokens.findIndex(({ keyword }) => keyword !== '(');
  if (first < 1) return 0;
  const last = tokens.findLastIndex(({ keyword }) => keyword !== ')');
  let [depth, shallowest] = [first, first];
  for (const { keyword } of tokens.slice(first, last + 1)) {
    if (keyword === '(') depth += 1;
    else if (keyword === ')') depth -= 1;
    shallowest = Math.min(shallowest, depth);
  }
  const closing = tokens.length - 1 - last;
  return depth === closing ? Math.max(0, Math.min(shallowest, closing)) : 0;
}

/** The index of the parenthesis that closes the one at `open`; -1 where there is none. */
export function closingParenthesis(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const operator = tokens[index]?.keyword;
    if (operator === '(') depth += 1;
    else if (operator === ')') depth -= 1;
    if (depth === 0) return operator === ')' ? index : -1;
  }
  return -1;
}

export function isIdentifier(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted';
}

/** Whether the token is that keyword, given in lower case, or that operator. */
export function isKeyword(token: Token | undefined, keyword: string): boolean {
  return token?.keyword === keyword;
}
