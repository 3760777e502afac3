import { type Index, type IndexPart, isKeyword, textOf, type TokenReader } from '@dovetail/core/driver';
import { expressionOf } from './column.js';
import type { TableDraft } from './table-draft.js';

/** Reads `[unique | fulltext | spatial] key name (parts) options`; the reader stands at its first word. */
export function readIndex(reader: TokenReader, draft: TableDraft): void {
  const unique = reader.accept('unique');
  const kind = ['fulltext', 'spatial'].find((word) => reader.accept(word));
  reader.expect('key');
  const name = reader.name();
  const parts = readParts(reader);
  const { type, ...options } = readOptions(reader, draft, name);
  draft.indexes.push({ name, unique, parts, type: kind ?? type, ...options });
}

/** Reads `primary key (columns) options`. */
export function readPrimaryKey(reader: TokenReader, draft: TableDraft): void {
  reader.expect('primary', 'key');
  const columns = readParts(reader).map((part) => {
    if (!('column' in part)) return reader.fail('a column');
    if (part.length !== undefined) draft.unmodelled.push(`length of column "${part.column}" in the primary key`);
    if (part.sort !== undefined) draft.unmodelled.push(`order of column "${part.column}" in the primary key`);
    return part.column;
  });
  draft.primaryKey = { columns };
  const { comment } = readOptions(reader, draft, 'primary key');
  if (comment !== undefined) draft.unmodelled.push('comment of the primary key');
}

function readParts(reader: TokenReader): readonly IndexPart[] {
  reader.expect('(');
  const parts = [readPart(reader)];
  while (reader.accept(',')) parts.push(readPart(reader));
  reader.expect(')');
  return parts;
}

function readPart(reader: TokenReader): IndexPart {
  if (reader.isNext('(')) return { expression: expressionOf(reader), sort: readSort(reader) };
  const column = reader.name();
  const length = reader.isNext('(') ? Number(reader.parenthesised()) : undefined;
  return { column, length, sort: readSort(reader) };
}

function readSort(reader: TokenReader): 'desc' | undefined {
  if (reader.accept('desc')) return 'desc';
  reader.accept('asc');
  return undefined;
}

type IndexOptions = Pick<Index, 'type' | 'comment' | 'invisible' | 'parser'>;

function readOptions(reader: TokenReader, draft: TableDraft, name: string): IndexOptions {
  const options: { -readonly [Key in keyof IndexOptions]: IndexOptions[Key] } = {};
  while (!reader.isNext(',') && !reader.isNext(')')) {
    if (reader.accept('using')) options.type = readMethod(reader);
    else if (reader.accept('comment')) options.comment = reader.string();
    else if (reader.accept('invisible') || reader.accept('ignored')) options.invisible = true;
    else if (reader.accept('with', 'parser')) options.parser = reader.name();
    else draft.unmodelled.push(`${readUnknown(reader)} of index "${name}"`);
  }
  return options;
}

/** A B-tree is what every index is unless it says otherwise. */
function readMethod(reader: TokenReader): string | undefined {
  const method = reader.name().toLowerCase();
  return method === 'btree' ? undefined : method;
}

function readUnknown(reader: TokenReader): string {
  const tokens = [reader.next('an option')];
  if (isKeyword(reader.peek(), '=')) tokens.push(reader.next('='), reader.next('a value'));
  return textOf(reader.sql, tokens);
}
