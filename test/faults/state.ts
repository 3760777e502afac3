import { sqliteDriver } from '@dovetail/sqlite';
import { createHash } from 'node:crypto';

/** All that a database holds, so that two states can be told apart, and what is wrong with it. */
export interface State {
  /** The catalog and the checksum of each table's rows, as one text. */
  readonly contents: string;
  readonly problems: readonly unknown[];
}

/** Opens the database anew, which rolls back what a dead process has left (sqlite.org/lockingv3.html#hot_journals). */
export async function readState(dbName: string): Promise<State> {
  const connection = await sqliteDriver.connect({ dbName });
  try {
    const schema = await sqliteDriver.introspect(connection, { namespaces: [] });
    const rows: Record<string, string> = {};
    for (const { name } of [...schema.tables, { name: 'sqlite_sequence' }]) {
      rows[name] = checksum(await connection.query(`select * from "${name}" order by 1`));
    }
    const integrity = await connection.query('pragma integrity_check');
    return {
      contents: JSON.stringify({ schema, rows }, null, 2),
      problems: [
        ...integrity.filter(({ integrity_check }) => integrity_check !== 'ok'),
        ...(await connection.query('pragma foreign_key_check')),
      ],
    };
  } finally {
    await connection.close();
  }
}

function checksum(rows: readonly unknown[]): string {
  return `${rows.length} rows, ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`;
}
