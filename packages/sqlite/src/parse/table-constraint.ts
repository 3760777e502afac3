import type { TokenReader } from '@dovetail/core/driver';
import { readKeyPart } from './index-part.js';
import { readDeferral, readReferences, startsDeferral } from './foreign-key.js';
import { readOnConflict, recordName, type TableDraft } from './table-draft.js';

/** None of them can be the name of a column without quotes. */
const constraintKeywords: ReadonlySet<string> = new Set(['constraint', 'primary', 'unique', 'check', 'foreign']);

export function startsTableConstraint(reader: TokenReader): boolean {
  return constraintKeywords.has(reader.keyword);
}

export function readTableConstraint(reader: TokenReader, draft: TableDraft): void {
  const name = reader.accept('constraint') ? reader.name() : undefined;
  if (reader.accept('primary', 'key')) {
    draft.primaryKey = { name, columns: readKey(reader, draft, 'the primary key') };
  } else if (reader.accept('unique')) {
    draft.uniques.push({ name, columns: readKey(reader, draft, 'a unique constraint') });
  } else if (reader.accept('check')) {
    draft.checks.push({ name, expression: reader.parenthesised() });
    readOnConflict(reader, draft, 'a check');
  } else if (reader.accept('foreign', 'key')) {
    const columns = reader.names();
    reader.expect('references');
    readReferences(reader, draft, name, columns);
    if (startsDeferral(reader)) readDeferral(reader, draft);
  } else {
    recordName(draft, name, 'no constraint');
  }
}

function readKey(reader: TokenReader, draft: TableDraft, constraint: string): readonly string[] {
  const columns: string[] = [];
  reader.expect('(');
  do columns.push(readKeyColumn(reader, draft, constraint));
  while (reader.accept(','));
  reader.expect(')');
  readOnConflict(reader, draft, constraint);
  return columns;
}

function readKeyColumn(reader: TokenReader, draft: TableDraft, constraint: string): string {
  const { column, sort, collation } = readKeyPart(reader, draft.columns);
  if (sort !== undefined) draft.unmodelled.push(`descending order of column "${column}" in ${constraint}`);
  if (collation !== undefined) draft.unmodelled.push(`collation ${collation} of column "${column}" in ${constraint}`);
  if (reader.accept('autoincrement')) numberItself(draft, column);
  return column;
}

function numberItself(draft: TableDraft, name: string): void {
  const index = draft.columns.findIndex((column) => column.name === name);
  const column = draft.columns[index];
  if (column !== undefined) draft.columns[index] = { ...column, autoincrement: true };
}
