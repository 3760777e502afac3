/**
 * What gives the relation its extended statistics back, a row each: the `columns` that they are of, and the statement. One
 * goes with any column that it is of (postgresql.org/docs/current/sql-createstatistics.html).
 */
export function extendedStatistics(relation: string): string {
  return `
      select array(
          select a.attname::text from pg_catalog.pg_depend d
          join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
          where d.classid = 'pg_catalog.pg_statistic_ext'::regclass and d.objid = t.oid
            and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = t.stxrelid and d.refobjsubid > 0
        ) as columns, s.sql
      from pg_catalog.pg_statistic_ext t
      cross join lateral (
        select pg_catalog.format('%s.%I', t.stxnamespace::regnamespace, t.stxname) as name) n
      cross join lateral (
        select pg_catalog.pg_get_statisticsobjdef(t.oid) as sql
        union all
        select pg_catalog.format('alter statistics %s set statistics %s', n.name, t.stxstattarget)
        where t.stxstattarget >= 0
        union all
        select pg_catalog.format('comment on statistics %s is %L', n.name, d.description)
        from pg_catalog.pg_description d
        where d.classoid = 'pg_catalog.pg_statistic_ext'::regclass and d.objoid = t.oid) s
      where t.stxrelid = ${relation}`;
}
