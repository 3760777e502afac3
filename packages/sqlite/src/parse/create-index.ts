import { lexer } from '../lexer.js';
import { type Column, type Index, textOf, TokenReader } from '@dovetail/core/driver';
import { readIndexPart } from './index-part.js';
import { withStringLiterals } from './string-literals.js';

/**
 * Reads the text that `sqlite_schema` holds of an index (sqlite.org/lang_createindex.html).
 *
 * @param columns the columns of its table.
 * @throws UnreadableDefinition where the text is no such statement.
 */
export function readCreateIndex(sql: string, columns: readonly Column[]): Index {
  const reader = new TokenReader(sql, lexer);
  reader.expect('create');
  const unique = reader.accept('unique');
  reader.expect('index');
  const name = reader.name();
  reader.expect('on');
  reader.name();
  reader.expect('(');
  const parts = [readIndexPart(reader, columns)];
  while (reader.accept(',')) parts.push(readIndexPart(reader, columns));
  reader.expect(')');
  const where = reader.accept('where') ? withStringLiterals(textOf(sql, reader.rest()), columns) : undefined;
  reader.expectEnd();
  return { name, unique, parts, where };
}
