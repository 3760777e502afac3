import { isKeyword, textOf } from '@dovetail/core/driver';
import { tokenize } from '../lexer.js';

/** What stands between `begin` and `end` of a trigger; a single statement as it is. */
export function readTriggerBody(statement: string): string {
  const tokens = tokenize(statement);
  const isBlock = isKeyword(tokens[0], 'begin') && isKeyword(tokens.at(-1), 'end');
  return textOf(statement, isBlock ? tokens.slice(1, -1) : tokens);
}
