import type { Connection, Problem, Row } from '@dovetail/core/driver';

/**
 * The connections besides `thread` that hold locks on tables of a database. MySQL keeps them in the performance schema;
 * on MariaDB, which shows them with a plugin of its own alone, the query fails, and nobody is named.
 */
export async function lockHolders(
  query: Connection['query'],
  database: string,
  thread: number,
): Promise<readonly Problem[]> {
  const rows = await query(
    `select ${process}, group_concat(distinct concat('"', l.object_name, '"') separator ', ') as tables
     from performance_schema.metadata_locks as l
     join performance_schema.threads as t on t.thread_id = l.owner_thread_id
     join information_schema.processlist as p on p.id = t.processlist_id
     where l.lock_status = 'GRANTED' and l.object_type = 'TABLE' and l.object_schema = ?
       and p.id not in (?, connection_id())
     group by p.id, p.user, p.host, p.command, p.time
     order by p.id`,
    [database, thread],
  );
  return rows.map((row) => describeConnection(row, `holds locks on ${String(row.tables)}`));
}

/** The connection that has a lock by name, if it is still there. */
export async function namedLockHolders(query: Connection['query'], name: string): Promise<readonly Problem[]> {
  const rows = await query(`select ${process} from information_schema.processlist as p where p.id = is_used_lock(?)`, [
    name,
  ]);
  return rows.map((row) => describeConnection(row, 'holds the lock of updates'));
}

const process = 'p.id as id, p.user as user, p.host as host, p.command as command, p.time as seconds';

function describeConnection({ id, user, host, command, seconds }: Row, what: string): Problem {
  return {
    where: `connection ${String(id)} (user ${String(user)}, from ${String(host)})`,
    what: `${what}; its command is ${String(command)}, for ${String(seconds)} s`,
    remedy: `wait for it, or end it: kill ${String(id)}`,
  };
}
