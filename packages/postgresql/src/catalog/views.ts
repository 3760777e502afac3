import type { ColumnRestoration, Connection, ObjectName } from '@dovetail/core/driver';
import { grantee, grantOption } from './grants.js';
import { flag, optionalText, readGroups, restorations, rows, text, texts } from './row.js';
import { extendedStatistics } from './statistics.js';

/** What the catalog says of a view besides its columns, indexes and triggers. */
export interface ViewFacts {
  readonly definition: string;
  /** The tables and views that it reads. */
  readonly reads: readonly ObjectName[];
  /** Whether it is a materialized view without any data. */
  readonly isUnpopulated: boolean;
  /** What gives it back its owner, options, privileges, rules and comment, when it is made anew. */
  readonly restoration: readonly string[];
  /** The same of the privileges, defaults and comments of its columns. */
  readonly columnRestoration: readonly ColumnRestoration[];
  readonly statistics: readonly ColumnRestoration[];
}

/** The definitions of the views, by the oid of the view. */
export async function readViews(
  connection: Connection,
  views: readonly string[],
): Promise<ReadonlyMap<string, readonly ViewFacts[]>> {
  return readGroups(await connection.query(viewsSql, [views]), 'relation', (row) => ({
    definition: text(row, 'definition').trim().replace(/;$/u, ''),
    reads: rows(row, 'reads').map((read) => ({ schema: optionalText(read, 'schema'), name: text(read, 'name') })),
    isUnpopulated: flag(row, 'unpopulated'),
    restoration: texts(row, 'restoration'),
    columnRestoration: restorations(row, 'column_restoration'),
    statistics: restorations(row, 'statistics'),
  }));
}

const viewsSql = `
  select v.oid::text as relation, pg_catalog.pg_get_viewdef(v.oid) as definition,
    not v.relispopulated as unpopulated,
    (select json_agg(distinct jsonb_build_object('schema', nullif(n.nspname, current_schema()), 'name', c.relname))
      from pg_catalog.pg_rewrite r
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
        and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> v.oid
      join pg_catalog.pg_class c on c.oid = d.refobjid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where r.ev_class = v.oid) as reads,
    array(
      select pg_catalog.format('alter %s %s owner to %s', w.kind, w.name, v.relowner::regrole)
      where v.relowner <> current_user::regrole
      union all
      select pg_catalog.format('alter %s %s set (%s)', w.kind, w.name, pg_catalog.array_to_string(v.reloptions, ', '))
      where v.reloptions is not null
      union all
      select pg_catalog.format('revoke all on %s from %s', w.name, v.relowner::regrole) where v.relacl is not null
      union all
      select pg_catalog.format('grant %s on %s to %s%s', g.privilege_type, w.name,
        ${grantee}, ${grantOption})
      from pg_catalog.aclexplode(v.relacl) g
      union all
      select pg_catalog.pg_get_ruledef(r.oid) from pg_catalog.pg_rewrite r
      where r.ev_class = v.oid and r.rulename <> '_RETURN'
      union all
      select pg_catalog.format('comment on %s %s is %L', w.kind, w.name, d.description)
      from pg_catalog.pg_description d
      where d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = v.oid and d.objsubid = 0) as restoration,
    (select json_agg(r) from (
      select array[a.attname::text] as columns, c.sql
      from pg_catalog.pg_attribute a
      cross join lateral (
        select pg_catalog.format('grant %s (%I) on %s to %s%s', g.privilege_type, a.attname, w.name,
          ${grantee}, ${grantOption}) as sql
        from pg_catalog.aclexplode(a.attacl) g
        union all
        select pg_catalog.format('alter view %s alter column %I set default %s', w.name, a.attname,
          pg_catalog.pg_get_expr(e.adbin, e.adrelid))
        from pg_catalog.pg_attrdef e where e.adrelid = a.attrelid and e.adnum = a.attnum
        union all
        select pg_catalog.format('comment on column %s.%I is %L', w.name, a.attname, d.description)
        from pg_catalog.pg_description d
        where d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = a.attrelid and d.objsubid = a.attnum) c
      where a.attrelid = v.oid and a.attnum > 0) r) as column_restoration,
    (select json_agg(r) from (
      select array[a.attname::text] as columns, pg_catalog.format('alter materialized view %s alter column %I set statistics %s',
        w.name, a.attname, a.attstattarget) as sql
      from pg_catalog.pg_attribute a where v.relkind = 'm' and a.attrelid = v.oid and a.attnum > 0 and a.attstattarget >= 0
      union all${extendedStatistics('v.oid')}) r) as statistics
  from pg_catalog.pg_class v
  cross join lateral (
    select case v.relkind when 'm' then 'materialized view' else 'view' end as kind, v.oid::regclass::text as name) w
  where v.oid = any ($1::oid[])`;
