import {
  isKeyword,
  objectKey,
  type ObjectName,
  type Schema,
  type Table,
  tablesByName,
  type View,
} from '@dovetail/core/driver';
import { comparison } from './comparison.js';
import { tokenize } from './lexer.js';
import { readsTable } from './view-references.js';

const { foldName } = comparison;

/** A view, and the one of its name in the database. */
export interface Candidate {
  readonly view: View;
  readonly counterpart: View;
}

/**
 * Of the views that are as the database has them, those that still are when its tables and the other views have changed.
 * The server keeps the columns that `*` stood for when a view was made: what is added later does not become part of it,
 * and what goes later is missed (refman/9.7/en/create-view.html).
 */
export function withoutOutgrown(alike: readonly Candidate[], changing: readonly ObjectName[]): readonly Candidate[] {
  const outgrown = alike.filter(
    ({ view, counterpart }) => takesAllColumns(view) && changing.some((object) => readsTable(counterpart, object)),
  );
  if (outgrown.length === 0) return alike;
  const others = alike.filter((candidate) => !outgrown.includes(candidate));
  return withoutOutgrown(
    others,
    outgrown.map(({ view }) => view),
  );
}

/** The tables that get columns. */
export function extendedTables(desired: Schema, actual: Schema): readonly Table[] {
  const existing = tablesByName(actual, comparison);
  return desired.tables.filter((table) => {
    const counterpart = existing.get(objectKey(table, comparison));
    if (counterpart === undefined) return false;
    const names = new Set(counterpart.columns.map(({ name }) => foldName(name)));
    return table.columns.some(({ name }) => !names.has(foldName(name)));
  });
}

/** Whether the tables of a query say what its columns are. A `*` between two values, or in `count(*)`, is none of these. */
function takesAllColumns({ definition }: View): boolean {
  const tokens = tokenize(definition);
  return tokens.some(
    (token, index) =>
      isKeyword(token, 'natural') ||
      isKeyword(token, 'table') ||
      (isKeyword(token, '*') && ['from', ','].includes(tokens[index + 1]?.keyword ?? '')),
  );
}
