import type { Connection, Problem, Row } from '@dovetail/core/driver';

/** The sessions besides `pid` that hold locks on tables of this database, and on which. */
export async function lockHolders(query: Connection['query'], pid: number): Promise<readonly Problem[]> {
  const rows = await query(
    `select ${session}, string_agg(distinct format('"%s"', c.relname), ', ') as tables
     from pg_locks as l join pg_class as c on c.oid = l.relation join pg_stat_activity as a on a.pid = l.pid
     where l.granted and l.database = (select oid from pg_database where datname = current_database())
       and c.relkind in ('r', 'p', 'm', 'v') and c.relnamespace <> 'pg_catalog'::regnamespace
       and a.pid not in ($1, pg_backend_pid())
     group by a.pid, a.usename, a.application_name, a.state, a.xact_start
     order by a.pid`,
    [pid],
  );
  return rows.map((row) => describeSession(row, `holds locks on ${String(row.tables)}`));
}

/** The session that has the advisory lock of updates, if it is still there. */
export async function updateHolders(query: Connection['query'], lockKey: string): Promise<readonly Problem[]> {
  // The key is kept in two halves (postgresql.org/docs/current/view-pg-locks.html).
  const rows = await query(
    `select ${session} from pg_locks as l join pg_stat_activity as a on a.pid = l.pid
     where l.granted and l.locktype = 'advisory' and l.objsubid = 1
       and l.database = (select oid from pg_database where datname = current_database())
       and (l.classid::bigint << 32) | l.objid::bigint = ${lockKey}`,
  );
  return rows.map((row) => describeSession(row, 'holds the lock of updates'));
}

const session = `a.pid, a.usename, a.application_name, a.state,
  to_char(a.xact_start at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since`;

function describeSession(row: Row, what: string): Problem {
  const [pid, user, program] = [row.pid, row.usename, row.application_name].map(textOf);
  const names = [program, user && `user ${user}`].filter(Boolean).join(', ');
  return {
    where: `process ${pid ?? ''}${names === '' ? '' : ` (${names})`}`,
    what: `${what} since ${String(row.since)}, ${String(row.state)}`,
    remedy: `wait for it, or end it: select pg_terminate_backend(${pid ?? ''})`,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
