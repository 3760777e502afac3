import type { GeneratedColumn } from '../model/schema.js';
import type { Lexer, Token } from './token.js';
import { isKeyword, textOf, withoutParentheses } from './tokens.js';

/**
 * Takes the `generated` option apart: `(a + b) stored`, `(a + b) virtual`, `(a + b)`. Without a word for it, the column
 * is virtual.
 *
 * @throws Error that says what is wrong with the text.
 */
export function parseGenerated(text: string, { tokenize }: Lexer): GeneratedColumn {
  const tokens = tokenize(text);
  const illegal = tokens.find(({ kind }) => kind === 'illegal');
  if (illegal !== undefined) throw new Error(`the generated expression can't be read at \`${illegal.text}\``);

  const storage = hasStorage(tokens) ? tokens.at(-1) : undefined;
  const expression = textOf(text, withoutParentheses(storage === undefined ? tokens : tokens.slice(0, -1)));
  if (expression === '') throw new Error('the generated expression is empty');
  reportUnbalanced(tokens);
  return { expression, stored: isKeyword(storage, 'stored') };
}

/** Whether the last word says how the column is kept. After an operator it is the name of a column. */
function hasStorage(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  const previous = tokens.at(-2);
  if (!isKeyword(last, 'stored') && !isKeyword(last, 'virtual')) return false;
  return previous !== undefined && (previous.kind !== 'operator' || previous.text === ')');
}

function reportUnbalanced(tokens: readonly Token[]): void {
  let depth = 0;
  for (const { text } of tokens) {
    if (text === '(') depth += 1;
    else if (text === ')') depth -= 1;
    if (depth < 0) break;
  }
  if (depth !== 0) throw new Error('the parentheses of the generated expression are not balanced');
}
