import {
  type Column,
  isKeyword,
  textOf,
  type Token,
  type TokenReader,
  withoutParentheses,
} from '@dovetail/core/driver';
import { canonicalTypeOf } from '../column-type.js';
import { canonicalDefaultOf } from '../default-text.js';
import type { TableDraft } from './table-draft.js';

/** A column while its attributes are read. */
type ColumnDraft = { -readonly [Key in keyof Column]: Column[Key] };

const typeAttributes: ReadonlySet<string> = new Set(['unsigned', 'signed', 'zerofill']);

/** Reads a column as `show create table` prints it. Its character set and collation are those that are printed. */
export function readColumn(reader: TokenReader, draft: TableDraft): void {
  const column: ColumnDraft = { name: reader.name(), type: canonicalTypeOf(readType(reader)), nullable: true };
  while (!reader.isNext(',') && !reader.isNext(')')) readAttribute(reader, draft, column);
  draft.columns.push(column);
}

function readType(reader: TokenReader): readonly Token[] {
  const tokens = [reader.next('a type')];
  if (reader.isNext('(')) tokens.push(...reader.group());
  while (typeAttributes.has(reader.keyword)) tokens.push(reader.next('a type'));
  return tokens;
}

function readAttribute(reader: TokenReader, draft: TableDraft, column: ColumnDraft): void {
  if (reader.accept('not', 'null')) column.nullable = false;
  else if (reader.accept('null')) column.nullable = true;
  else if (reader.accept('default')) readDefault(reader, column);
  else if (reader.accept('on', 'update'))
    column.extra = `on update ${canonicalDefaultOf(reader.sql, readValue(reader), column.type)}`;
  else if (reader.accept('auto_increment')) column.autoincrement = true;
  else if (reader.accept('character', 'set')) column.charset = reader.name();
  else if (reader.accept('collate')) column.collation = reader.name();
  else if (reader.accept('comment')) column.comment = reader.string();
  else if (reader.accept('invisible')) column.invisible = true;
  else if (reader.accept('generated', 'always', 'as')) readGenerated(reader, column);
  else if (reader.accept('srid')) column.type = `${column.type} srid ${reader.next('a number').text}`;
  else if (reader.accept('check')) draft.checks.push({ expression: expressionOf(reader) });
  else draft.unmodelled.push(`${readUnknown(reader)} of column "${column.name}"`);
}

function readDefault(reader: TokenReader, column: ColumnDraft): void {
  if (reader.accept('null')) return;
  column.default = canonicalDefaultOf(reader.sql, readValue(reader), column.type);
}

/** A literal, a call, or an expression in parentheses: MariaDB prints calls without parentheses around them. */
function readValue(reader: TokenReader): readonly Token[] {
  if (reader.isNext('(')) return reader.group();
  const tokens = [reader.next('a value')];
  const isSigned = tokens[0]?.keyword === '-' || tokens[0]?.keyword === '+';
  if (isSigned) tokens.push(reader.next('a number'));
  if (reader.isNext('(')) tokens.push(...reader.group());
  else if (tokens[0]?.kind === 'word' && reader.peek()?.kind === 'string') tokens.push(reader.next('a text'));
  return tokens;
}

function readGenerated(reader: TokenReader, column: ColumnDraft): void {
  const expression = expressionOf(reader);
  const stored = reader.accept('stored') || reader.accept('persistent');
  if (!stored) reader.accept('virtual');
  column.generated = { expression, stored };
}

/** The text between parentheses, without further ones that enclose all of it: MySQL prints a pair of its own. */
export function expressionOf(reader: TokenReader): string {
  return textOf(reader.sql, withoutParentheses(reader.group()));
}

/** An attribute that the model has no place for, up to what else a column may have. */
function readUnknown(reader: TokenReader): string {
  const tokens = [reader.next('an attribute')];
  while (isValueOfUnknown(reader.peek())) tokens.push(reader.next('a value'));
  return textOf(reader.sql, tokens);
}

function isValueOfUnknown(token: Token | undefined): boolean {
  return isKeyword(token, '=') || token?.kind === 'string' || token?.kind === 'number';
}
