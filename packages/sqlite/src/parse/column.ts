import { type Column, isIdentifier, textOf, type Token, type TokenReader } from '@dovetail/core/driver';
import { canonicalCollation } from '../comparison.js';
import { isValueKeyword, tokenize, unquote } from '../lexer.js';
import { quoteString } from '../ddl/quote.js';
import { readDeferral, readReferences, startsDeferral } from './foreign-key.js';
import { readOnConflict, recordName, type TableDraft } from './table-draft.js';

/** A column while its constraints are read, each of which may stand anywhere, and more than once. */
type ColumnDraft = { -readonly [Key in keyof Column]: Column[Key] };

/** Reads a column with its constraints; those that the model keeps on the table go there. */
export function readColumn(reader: TokenReader, draft: TableDraft): void {
  const column: ColumnDraft = { name: reader.name(), type: readType(reader), nullable: true };
  while (!reader.isNext(',') && !reader.isNext(')')) readColumnConstraint(reader, draft, column);
  draft.columns.push(column);
}

function readColumnConstraint(reader: TokenReader, draft: TableDraft, column: ColumnDraft): void {
  const name = reader.accept('constraint') ? reader.name() : undefined;
  if (reader.accept('primary', 'key')) return readPrimaryKey(reader, draft, column, name);
  if (reader.accept('unique')) {
    draft.uniques.push({ name, columns: [column.name] });
    return readOnConflict(reader, draft, `the unique constraint of column "${column.name}"`);
  }
  if (reader.accept('check')) {
    draft.checks.push({ name, expression: reader.parenthesised() });
    return readOnConflict(reader, draft, `the check of column "${column.name}"`);
  }
  if (reader.accept('references')) return readReferences(reader, draft, name, [column.name]);
  recordName(draft, name, readNameless(reader, draft, column));
}

/** Reads a constraint whose name the model does not keep, and says which it was. */
function readNameless(reader: TokenReader, draft: TableDraft, column: ColumnDraft): string {
  const of = `of column "${column.name}"`;
  if (startsDeferral(reader)) {
    readDeferral(reader, draft);
    return `the deferral ${of}`;
  }
  if (reader.accept('not', 'null')) {
    column.nullable = false;
    readOnConflict(reader, draft, `not null ${of}`);
    return `not null ${of}`;
  }
  if (reader.accept('null')) {
    // Does nothing, with its conflict clause.
    if (reader.accept('on', 'conflict')) reader.name();
    return `null ${of}`;
  }
  if (reader.accept('default')) {
    column.default = readDefault(reader);
    return `the default ${of}`;
  }
  if (reader.accept('collate')) {
    column.collation = canonicalCollation(reader.name());
    return `the collation ${of}`;
  }
  if (reader.accept('as') || reader.accept('generated', 'always', 'as')) {
    column.generated = { expression: reader.parenthesised(), stored: readStored(reader) };
    return `the generated expression ${of}`;
  }
  if (reader.isNext(',') || reader.isNext(')') || reader.isNext('constraint')) return `no constraint ${of}`;
  return reader.fail('a column constraint');
}

function readPrimaryKey(reader: TokenReader, draft: TableDraft, column: ColumnDraft, name: string | undefined): void {
  draft.primaryKey = { name, columns: [column.name] };
  if (reader.accept('desc')) draft.unmodelled.push(`descending order of column "${column.name}" in the primary key`);
  else reader.accept('asc');
  readOnConflict(reader, draft, 'the primary key');
  if (reader.accept('autoincrement')) column.autoincrement = true;
}

/** Virtual is the default (sqlite.org/gencol.html). */
function readStored(reader: TokenReader): boolean {
  const stored = reader.accept('stored');
  if (!stored) reader.accept('virtual');
  return stored;
}

/** The default as it is written; a bare or quoted name means the string of its letters, but for true and false. */
function readDefault(reader: TokenReader): string {
  if (reader.isNext('(')) return `(${reader.parenthesised()})`;
  const first = reader.next('a default');
  if (first.text === '-' || first.text === '+') return textOf(reader.sql, [first, reader.next('a number')]);
  return isIdentifier(first) && !isValueKeyword(first) ? quoteString(unquote(first)) : first.text;
}

function readType(reader: TokenReader): string {
  const words: Token[] = [];
  while (continuesType(reader)) words.push(reader.next('a type'));
  const [first] = words;
  if (first === undefined) return '';
  const size = reader.isNext('(') ? `(${compact(reader.parenthesised())})` : '';
  // SQLite removes the quotes of the type's first word, and drops all that follows them.
  if (first.kind !== 'word') return quotedType(first);
  return words.map(({ text }) => text).join(' ') + size;
}

function continuesType(reader: TokenReader): boolean {
  const token = reader.peek();
  if (token === undefined) return false;
  if (token.kind === 'quoted' || token.kind === 'string') return true;
  return token.kind === 'word' && !endsType.has(token.keyword) && !reader.isNext('generated', 'always', 'as');
}

/** The keywords that start a column constraint; none of them can be part of a type without quotes. */
const endsType: ReadonlySet<string> = new Set(
  'as check collate constraint default deferrable not null primary references unique'.split(' '),
);

/** The type inside the quotes where it can stand without them; otherwise it stays as it is written. */
function quotedType(token: Token): string {
  const inside = tokenize(unquote(token));
  const isPlain = inside.length > 0 && inside.every(({ kind, keyword }) => kind === 'word' && !endsType.has(keyword));
  return isPlain ? inside.map(({ text }) => text).join(' ') : token.text;
}

function compact(sql: string): string {
  return tokenize(sql)
    .map(({ text }) => text)
    .join('');
}
