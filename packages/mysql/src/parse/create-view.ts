import { lexer } from '../lexer.js';
import { spelled, textOf, type Token, TokenReader, type View } from '@dovetail/core/driver';
import type { DefinitionContext } from './table-draft.js';

/**
 * Reads what `show create table` prints of a view.
 *
 * @throws UnreadableDefinition where the text is no such statement.
 */
export function readCreateView(sql: string, context: DefinitionContext): View {
  const { schema } = context;
  const reader = new TokenReader(sql, lexer);
  reader.expect('create');
  const attributes: Token[] = [];
  while (!reader.accept('view')) attributes.push(reader.next('view'));
  const first = reader.name();
  const name = spelled(reader.accept('.') ? reader.name() : first, context);
  const columns = reader.isNext('(') ? reader.names() : undefined;
  reader.expect('as');
  const definition = textOf(sql, reader.rest());
  return { ...(schema !== undefined && { schema }), name, definition, columns, attributes: textOf(sql, attributes) };
}
