import { type ColumnRestoration, groupBy, type IndexDuty, isRow, type Row } from '@dovetail/core/driver';

/** The text in a column of a catalog query. */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

/** The text in a column that may hold null. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null || row[column] === undefined ? undefined : text(row, column);
}

export function flag(row: Row, column: string): boolean {
  return row[column] === true;
}

/** The texts in a column of an array type; none for null. */
export function texts(row: Row, column: string): readonly string[] {
  const value = row[column];
  return Array.isArray(value) ? value.map(String) : [];
}

/** What a table does by the index of a row that says so. */
export function dutiesIn(row: Row): { readonly duties?: readonly IndexDuty[] } {
  const duties: readonly IndexDuty[] = [
    ...(flag(row, 'clustered') ? (['cluster'] as const) : []),
    ...(flag(row, 'identifies') ? (['replica identity'] as const) : []),
  ];
  return duties.length === 0 ? {} : { duties };
}

/** The rows of a JSON array of objects; none for null. */
export function rows(row: Row, column: string): readonly Row[] {
  const value = row[column];
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** The statements of a JSON array, each with the columns that it is about. */
export function restorations(row: Row, column: string): readonly ColumnRestoration[] {
  return rows(row, column).map((each) => ({ columns: texts(each, 'columns'), sql: text(each, 'sql') }));
}

/** The values under the key that each row carries, in the order of the rows. */
export function readGroups<Item>(
  rows: readonly Row[],
  column: string,
  read: (row: Row) => Item,
): ReadonlyMap<string, Item[]> {
  const groups = groupBy(rows, (row) => text(row, column));
  return new Map([...groups].map(([key, group]) => [key, group.map(read)]));
}
