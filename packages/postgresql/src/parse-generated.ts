import type { GeneratedColumn } from '@dovetail/core/driver';
import { withoutEnclosing } from './enclosing.js';

/**
 * Takes the `generated` option apart: `(a + b) stored`, `(a + b) virtual`, `(a + b)`. Without a word for it, the column
 * is stored, the only kind that every supported version has.
 *
 * @throws Error that says what is wrong with the text.
 */
export function parseGenerated(text: string): GeneratedColumn {
  const trimmed = text.trim();
  const word = storageWord(trimmed);
  const expression = withoutEnclosing(word === undefined ? trimmed : trimmed.slice(0, -word.length));
  if (expression === '') throw new Error('the generated expression is empty');
  return { expression, stored: word !== 'virtual' };
}

/** The last word, where it says how the column is kept. Behind an operator, it is the name of a column. */
function storageWord(text: string): 'stored' | 'virtual' | undefined {
  const folded = text.toLowerCase();
  const word = (['stored', 'virtual'] as const).find((candidate) => folded.endsWith(candidate));
  if (word === undefined) return undefined;
  const rest = folded.slice(0, -word.length);
  const before = rest.trimEnd().at(-1) ?? '';
  const isWord = rest !== rest.trimEnd() || before === ')';
  return isWord && /[\w)'"\]]/u.test(before) ? word : undefined;
}
