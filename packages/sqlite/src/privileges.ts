import type { Connection, Privilege } from '@dovetail/core/driver';
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';

/** SQLite has no users: the system says who may write the file, and the journal beside it. */
export async function privileges(connection: Connection): Promise<readonly Privilege[]> {
  const [main] = await connection.query("select file from pragma_database_list where name = 'main'");
  const file = typeof main?.file === 'string' ? main.file : '';
  const write: Privilege = {
    action: 'write to the database',
    granted: await mayWrite(connection),
    remedy: 'Make the file writable, and open it without `readonly`.',
  };
  if (file === '') return [write];
  const folder = dirname(file);
  return [
    write,
    {
      action: `write in the folder ${folder}`,
      granted: isWritable(folder),
      remedy: 'Make the folder writable: SQLite keeps the journal of a transaction beside the file.',
    },
  ];
}

/** What is begun is rolled back. Who can't write because another one does may write. */
async function mayWrite(connection: Connection): Promise<boolean> {
  try {
    await connection.execute('begin immediate');
    try {
      await connection.execute('create table dovetail_privileges (id)');
    } finally {
      await connection.execute('rollback');
    }
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
