import { lexer } from '../lexer.js';
import { textOf, TokenReader, type View } from '@dovetail/core/driver';

/**
 * Reads the text that `sqlite_schema` holds of a view (sqlite.org/lang_createview.html).
 *
 * @throws UnreadableDefinition where the text is no such statement.
 */
export function readCreateView(sql: string): View {
  const reader = new TokenReader(sql, lexer);
  reader.expect('create', 'view');
  const name = reader.name();
  const columns = reader.isNext('(') ? reader.names() : undefined;
  reader.expect('as');
  return { name, definition: textOf(sql, reader.rest()), columns };
}
