import type { Connection } from '@dovetail/core/driver';
import { quoteIdentifier } from './ddl/quote.js';

export interface BrokenDependant {
  readonly name: string;
  readonly reason: string;
}

/**
 * The views and triggers that SQLite can no longer compile. It looks at them only when they are used, so each is
 * compiled here by explaining a statement that uses it.
 */
export async function brokenDependants(connection: Connection): Promise<BrokenDependant[]> {
  const rows = await connection.query(
    "select type, name, tbl_name from sqlite_schema where type in ('view', 'trigger') order by name",
  );
  const broken: BrokenDependant[] = [];
  for (const { type, name, tbl_name } of rows) {
    const probes =
      type === 'view'
        ? [`select * from ${quoteIdentifier(String(name))}`]
        : await writesTo(connection, String(tbl_name));
    for (const probe of probes) {
      const reason = await failureOf(connection, probe);
      if (reason !== undefined) broken.push({ name: String(name), reason });
    }
  }
  return broken;
}

async function writesTo(connection: Connection, table: string): Promise<string[]> {
  const columns = await connection.query('select name from pragma_table_xinfo(?) where hidden = 0', [table]);
  const target = quoteIdentifier(table);
  const assignments = columns.map(({ name }) => `${quoteIdentifier(String(name))} = null`);
  return [
    `insert into ${target} default values`,
    `delete from ${target}`,
    ...(assignments.length === 0 ? [] : [`update ${target} set ${assignments.join(', ')}`]),
  ];
}

async function failureOf(connection: Connection, statement: string): Promise<string | undefined> {
  try {
    await connection.query(`explain ${statement}`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
