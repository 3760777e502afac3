import { lexer } from '../lexer.js';
import { type Column, spelled, type Table, type TableOptions, textOf, TokenReader } from '@dovetail/core/driver';
import { charsetOf } from '../charset.js';
import { readColumn } from './column.js';
import { readConstraint } from './constraint.js';
import { readIndex, readPrimaryKey } from './index-definition.js';
import type { DefinitionContext, TableDraft } from './table-draft.js';

/**
 * Reads what `show create table` prints: every token of it ends up in the model or in `unmodelled`. The counter of
 * `auto_increment` is left out, for it belongs to the rows.
 *
 * @throws UnreadableDefinition where the text is no such statement.
 */
export function readCreateTable(sql: string, context: DefinitionContext): Table {
  const reader = new TokenReader(sql, lexer);
  reader.expect('create');
  reader.accept('temporary');
  reader.expect('table');
  const name = spelled(reader.name(), context);
  const draft: TableDraft = {
    columns: [],
    primaryKey: undefined,
    indexes: [],
    foreignKeys: [],
    checks: [],
    options: {},
    comment: undefined,
    unmodelled: [],
  };
  reader.expect('(');
  do readMember(reader, draft, context);
  while (reader.accept(','));
  reader.expect(')');
  while (reader.peek() !== undefined) readOption(reader, draft);
  return finish(name, draft, context);
}

/** Names of columns are always in backticks, so a bare word is a keyword. */
function readMember(reader: TokenReader, draft: TableDraft, context: DefinitionContext): void {
  switch (reader.keyword) {
    case '':
      return readColumn(reader, draft);
    case 'primary':
      return readPrimaryKey(reader, draft);
    case 'constraint':
    case 'check':
      return readConstraint(reader, draft, context);
    case 'key':
    case 'unique':
    case 'fulltext':
    case 'spatial':
      return readIndex(reader, draft);
    default:
      draft.unmodelled.push(textOf(reader.sql, reader.member()));
  }
}

function readOption(reader: TokenReader, draft: TableDraft): void {
  if (reader.accept('partition', 'by')) {
    draft.options.partitionBy = textOf(reader.sql, reader.rest());
    return;
  }
  reader.accept('default');
  const name = reader.next('an option');
  if (!reader.accept('=')) {
    draft.unmodelled.push(textOf(reader.sql, [name, ...reader.rest()]));
    return;
  }
  const option = name.keyword;
  if (option === 'comment') draft.comment = reader.string();
  else {
    const value = reader.next('a value').text;
    if (!isStorage(option)) setOption(draft, option, value, name.text);
  }
}

/** What belongs to the rows, not to the table's definition. */
function isStorage(option: string): boolean {
  return option === 'auto_increment';
}

function setOption({ options, unmodelled }: TableDraft, option: string, value: string, text: string): void {
  switch (option) {
    case 'engine':
      options.engine = value;
      break;
    case 'charset':
      options.charset = value;
      break;
    case 'collate':
      options.collation = value;
      break;
    case 'row_format':
      options.rowFormat = value.toLowerCase();
      break;
    default:
      unmodelled.push(`${text}=${value}`);
  }
}

function finish(name: string, draft: TableDraft, context: DefinitionContext): Table {
  const { columns, primaryKey, indexes, foreignKeys, checks, comment, unmodelled } = draft;
  const options = withCollation(draft.options, context);
  return {
    name,
    columns: columns.map((column) => finishColumn(column, options, context)),
    primaryKey,
    uniques: [],
    indexes,
    foreignKeys,
    checks,
    exclusions: [],
    triggers: [],
    comment,
    options,
    unmodelled,
    ...(context.schema !== undefined && { schema: context.schema }),
  };
}

function withCollation(options: TableOptions, { defaultCollations }: DefinitionContext): TableOptions {
  if (options.charset === undefined || options.collation !== undefined) return options;
  return { ...options, collation: defaultCollations.get(options.charset) };
}

/** A column that states what its table has is as one that states nothing. */
function finishColumn(column: Column, table: TableOptions, { defaultCollations }: DefinitionContext): Column {
  if (column.charset === undefined && column.collation === undefined) return column;
  const charset = column.charset ?? charsetOf(column.collation ?? '');
  const collation = column.collation ?? defaultCollations.get(charset);
  const isInherited = charset === table.charset && collation === table.collation;
  return { ...column, charset: isInherited ? undefined : charset, collation: isInherited ? undefined : collation };
}
