import { type Column, type Table, TokenReader } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { lexer, foldAscii } from '../lexer.js';
import { readColumn } from './column.js';
import { withStringLiterals } from './string-literals.js';
import { readTableConstraint, startsTableConstraint } from './table-constraint.js';
import type { TableDraft } from './table-draft.js';

interface Storage {
  readonly strict: boolean;
  readonly withoutRowid: boolean;
}

/**
 * Reads the text that `sqlite_schema` holds of a table (sqlite.org/lang_createtable.html): every token of it ends up in
 * the model or in `unmodelled`. Foreign keys stay as they are written, for what they reference is another text's matter.
 *
 * @throws UnreadableDefinition where the text is no such statement.
 */
export function readCreateTable(sql: string): Table {
  const reader = new TokenReader(sql, lexer);
  reader.expect('create', 'table');
  const name = reader.name();
  const draft: TableDraft = {
    columns: [],
    primaryKey: undefined,
    uniques: [],
    foreignKeys: [],
    checks: [],
    unmodelled: [],
  };
  reader.expect('(');
  readMembers(reader, draft);
  reader.expect(')');
  const storage = readStorage(reader);
  reader.expectEnd();
  return finish(name, draft, storage);
}

/** Columns come first; the commas between table constraints may be left out. */
function readMembers(reader: TokenReader, draft: TableDraft): void {
  readColumn(reader, draft);
  while (reader.accept(',') && !startsTableConstraint(reader)) readColumn(reader, draft);
  while (startsTableConstraint(reader)) {
    readTableConstraint(reader, draft);
    reader.accept(',');
  }
}

function readStorage(reader: TokenReader): Storage {
  let strict = false;
  let withoutRowid = false;
  if (reader.peek() === undefined) return { strict, withoutRowid };
  do {
    if (reader.accept('without', 'rowid')) withoutRowid = true;
    else {
      reader.expect('strict');
      strict = true;
    }
  } while (reader.accept(','));
  return { strict, withoutRowid };
}

function finish(name: string, draft: TableDraft, storage: Storage): Table {
  const { primaryKey, uniques, foreignKeys, checks, unmodelled } = draft;
  return {
    name,
    columns: draft.columns.map((column) => finishColumn(column, draft, storage)),
    primaryKey,
    uniques,
    indexes: [],
    foreignKeys: foreignKeys.map((foreignKey) => ({
      ...foreignKey,
      columns: spell(foreignKey.columns, draft.columns),
    })),
    checks: checks.map((check) => ({ ...check, expression: withStringLiterals(check.expression, draft.columns) })),
    exclusions: [],
    triggers: [],
    options: storage,
    unmodelled,
  };
}

function finishColumn(column: Column, draft: TableDraft, storage: Storage): Column {
  const { name, type, nullable, default: expression, generated, autoincrement, collation } = column;
  return {
    name,
    type,
    nullable: nullable && !isImplicitlyNotNull(column, draft, storage),
    default: expression && withStringLiterals(expression, []),
    generated: generated && { ...generated, expression: withStringLiterals(generated.expression, draft.columns) },
    autoincrement,
    collation,
  };
}

/**
 * A column of the primary key holds no NULL where it is the rowid itself, or where the table is WITHOUT ROWID or
 * STRICT; elsewhere SQLite allows NULL in there (sqlite.org/lang_createtable.html#the_primary_key).
 */
function isImplicitlyNotNull(column: Column, { primaryKey }: TableDraft, { strict, withoutRowid }: Storage): boolean {
  if (!primaryKey?.columns.includes(column.name)) return false;
  return strict || withoutRowid || (primaryKey.columns.length === 1 && comparison.sameType(column.type, 'integer'));
}

/** The names as they are spelled where the columns are declared. */
export function spell(names: readonly string[], columns: readonly Column[]): readonly string[] {
  return names.map((name) => {
    const folded = foldAscii(name);
    return columns.find((column) => column.name === name || foldAscii(column.name) === folded)?.name ?? name;
  });
}
