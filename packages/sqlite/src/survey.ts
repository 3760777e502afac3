import type { Connection, Row, Survey, ViewColumn } from '@dovetail/core/driver';
import { quoteIdentifier } from './ddl/quote.js';

/** The columns of the views, and the virtual tables, which introspection leaves out. */
export async function survey(connection: Connection): Promise<Survey> {
  const objects = await connection.query(
    "select name, type from pragma_table_list where schema = 'main' and type in ('view', 'virtual') order by name",
  );
  const namesOf = (type: string): string[] => objects.filter((row) => row.type === type).map(nameOf);
  const viewColumns: ViewColumn[] = [];
  for (const view of namesOf('view')) viewColumns.push(...(await columnsOf(view, connection)));
  return { viewColumns, tableDefaults: {}, unmodelled: namesOf('virtual').map((name) => `virtual table ${name}`) };
}

/** SQLite asks for a view's columns by preparing its query: none, where it reads what is not there. */
async function columnsOf(view: string, connection: Connection): Promise<readonly ViewColumn[]> {
  const columns = await connection.query(`pragma main.table_xinfo(${quoteIdentifier(view)})`).catch(() => []);
  return columns.map((row) => ({ view: { name: view }, name: nameOf(row), type: String(row.type) }));
}

function nameOf({ name }: Row): string {
  return String(name);
}
