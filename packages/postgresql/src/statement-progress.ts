import type { Connection, StatementProgress } from '@dovetail/core/driver';

/**
 * How far the session is with building an index, the statement of DDL that PostgreSQL tells of
 * (postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING).
 */
export async function statementProgress(
  query: Connection['query'],
  pid: number,
): Promise<StatementProgress | undefined> {
  const [row] = await query(progressSql, [pid]);
  if (typeof row?.phase !== 'string') return undefined;
  return { phase: row.phase, done: typeof row.done === 'number' ? row.done : undefined };
}

/** Each phase counts blocks or tuples, or nothing at all. */
const progressSql = `
  select phase, coalesce(
    tuples_done::float / nullif(tuples_total, 0), blocks_done::float / nullif(blocks_total, 0)) as done
  from pg_catalog.pg_stat_progress_create_index where pid = $1`;
