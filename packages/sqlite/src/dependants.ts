import { messageOf } from '@dovetail/core/driver';
import type { Connection } from '@dovetail/core/driver';
import { quoteIdentifier } from './ddl/quote.js';

/** A view, or a table with triggers, that SQLite can no longer use. */
export interface BrokenDependant {
  readonly name: string;
  readonly reason: string;
}

/**
 * The views and the tables with triggers that SQLite can no longer compile. It looks at them only when they are used,
 * so each is compiled here by explaining statements that use it. SQLite does not say which trigger of a table it is.
 */
export async function brokenDependants(connection: Connection): Promise<BrokenDependant[]> {
  const rows = await connection.query(
    "select distinct type, tbl_name from sqlite_schema where type in ('view', 'trigger') order by type, tbl_name",
  );
  const broken: BrokenDependant[] = [];
  for (const row of rows) {
    const name = String(row.tbl_name);
    const probes = row.type === 'view' ? [`select * from ${quoteIdentifier(name)}`] : await writesTo(connection, name);
    const reasons = new Set<string>();
    for (const probe of probes) reasons.add((await failureOf(connection, probe)) ?? '');
    broken.push(...[...reasons].filter((reason) => reason !== '').map((reason) => ({ name, reason })));
  }
  return broken;
}

/** What is broken now and was not before. A view that takes no writes fails in the same words both times. */
export function newlyBroken(
  before: readonly BrokenDependant[],
  after: readonly BrokenDependant[],
): readonly BrokenDependant[] {
  return after.filter(({ name, reason }) => !before.some((other) => other.name === name && other.reason === reason));
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
    return messageOf(error);
  }
}
