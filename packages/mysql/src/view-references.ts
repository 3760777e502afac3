import { type FoldName, isKeyword, type ObjectName, sameObject, type Token, type View } from '@dovetail/core/driver';
import { comparison } from './comparison.js';
import { quoteIdentifier } from './ddl/quote.js';
import { tokenize, unquote } from './lexer.js';

/**
 * What a view reads, in the server's own form of its query: every column follows its table or the alias of it, every name
 * is in backticks (refman/9.7/en/show-create-view.html).
 */

const { foldName, foldTableName } = comparison;

/** Whether the view's query names the column of the table. */
export function readsColumn(view: View, table: ObjectName, column: string): boolean {
  return columnNames(tokenize(view.definition), view, table, column).length > 0;
}

/** Whether the view's query reads the table. */
export function readsTable(view: View, table: ObjectName): boolean {
  return tableNames(tokenize(view.definition), view, table).length > 0;
}

/** The view as it must be once the column has another name. The columns of the view itself keep theirs. */
export function renameColumnIn(view: View, table: ObjectName, from: string, to: string): View {
  return renamed(view, columnNames(tokenize(view.definition), view, table, from), to);
}

/** The view as it must be once the table has another name. */
export function renameTableIn(view: View, table: ObjectName, to: string): View {
  const tokens = tokenize(view.definition);
  const places = tableNames(tokens, view, table);
  const unaliased = places.some((place) => aliasAt(tokens, place) === undefined);
  const qualifiers = unaliased ? tokens.filter((_, index) => isQualifier(tokens, index, table.name)) : [];
  return renamed(view, [...places.flatMap((place) => tokens[place] ?? []), ...qualifiers], to);
}

function renamed(view: View, names: readonly Token[], to: string): View {
  if (names.length === 0) return view;
  let definition = '';
  let copied = 0;
  for (const { start, end } of [...names].sort((a, b) => a.start - b.start)) {
    definition += view.definition.slice(copied, start) + quoteIdentifier(to);
    copied = end;
  }
  return { ...view, definition: definition + view.definition.slice(copied) };
}

function columnNames(tokens: readonly Token[], view: View, table: ObjectName, column: string): readonly Token[] {
  const places = tableNames(tokens, view, table);
  const qualifiers = new Set(places.map((place) => foldTableName(aliasAt(tokens, place) ?? table.name)));
  return tokens.filter((token, index) => {
    const qualifier = tokens[index - 2];
    return (
      isNamed(token, column, foldName) &&
      isKeyword(tokens[index - 1], '.') &&
      qualifier?.kind === 'quoted' &&
      qualifiers.has(foldTableName(unquote(qualifier)))
    );
  });
}

/** Where the query names the table itself: after the words and signs that a table comes after, with no dot behind. */
function tableNames(tokens: readonly Token[], view: View, table: ObjectName): readonly number[] {
  return tokens.flatMap((token, index) => {
    if (!isNamed(token, table.name, foldTableName) || isKeyword(tokens[index + 1], '.')) return [];
    const database = isKeyword(tokens[index - 1], '.') ? tokens[index - 2] : undefined;
    const before = tokens[database === undefined ? index - 1 : index - 3];
    const schema = database === undefined ? view.schema : unquote(database);
    const isTable = ['from', 'join', '(', ','].includes(before?.keyword ?? '');
    return isTable && sameObject({ schema, name: table.name }, table, comparison) ? [index] : [];
  });
}

/** The name that the query gives to the table. */
function aliasAt(tokens: readonly Token[], place: number): string | undefined {
  const next = tokens[place + 1];
  return next?.kind === 'quoted' ? unquote(next) : undefined;
}

/** Whether a column, or all of them, follow the name after a dot. */
function isQualifier(tokens: readonly Token[], index: number, name: string): boolean {
  const after = tokens[index + 1];
  return isNamed(tokens[index], name, foldTableName) && isKeyword(after, '.') && !isKeyword(tokens[index + 3], '.');
}

function isNamed(token: Token | undefined, name: string, fold: FoldName): boolean {
  return token?.kind === 'quoted' && fold(unquote(token)) === fold(name);
}
