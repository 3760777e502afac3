import type { Connection, Row, StatementProgress } from '@dovetail/core/driver';

/**
 * How far a connection is with its statement. MySQL tells of each stage of `alter table`
 * (dev.mysql.com/doc/refman/9.7/en/monitor-alter-table-performance-schema.html) unless it is told not to; MariaDB, whose
 * performance schema mostly is off, in its list of connections (mariadb.com/kb/en/progress-reporting).
 */
export async function statementProgress(
  query: Connection['query'],
  thread: number,
): Promise<StatementProgress | undefined> {
  return (await firstOf(query, stageSql, thread)) ?? (await firstOf(query, processSql, thread));
}

async function firstOf(
  query: Connection['query'],
  sql: string,
  thread: number,
): Promise<StatementProgress | undefined> {
  // Each server lacks what the other one has.
  const [row] = await query(sql, [thread]).catch((): readonly Row[] => []);
  if (typeof row?.phase !== 'string' || row.phase === '') return undefined;
  const done = Number(row.done);
  return { phase: row.phase, done: done > 0 && done <= 1 ? done : undefined };
}

const stageSql = `
  select substring_index(s.event_name, '/', -1) as phase, s.work_completed / s.work_estimated as done
  from performance_schema.events_stages_current as s
  join performance_schema.threads as t using (thread_id)
  where t.processlist_id = ?`;

const processSql = `
  select state as phase, progress / 100 as done
  from information_schema.processlist where id = ? and command = 'Query'`;
