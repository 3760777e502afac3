import type { Connection, ObjectName, Supports } from '@dovetail/core/driver';
import { optionalText, text } from './catalog/row.js';

/** Which of the enums nothing else is of, and which of the namespaces hold nothing else, once those objects are dropped. */
export async function unusedWithout(
  connection: Connection,
  { enums, namespaces }: Supports,
  dropped: readonly ObjectName[],
): Promise<Supports> {
  if (enums.length + namespaces.length === 0) return { enums, namespaces };
  const rows = await connection.query(unusedSql, [...namesOf(dropped), ...namesOf(enums), namespaces]);
  const isUnused = (kind: string, { schema, name }: ObjectName): boolean =>
    rows.some((row) => row.kind === kind && optionalText(row, 'schema') === schema && text(row, 'name') === name);
  return {
    enums: enums.filter((type) => isUnused('enum', type)),
    namespaces: namespaces.filter((name) => isUnused('namespace', { name })),
  };
}

function namesOf(
  objects: readonly ObjectName[],
): readonly [schemas: readonly (string | null)[], names: readonly string[]] {
  return [objects.map(({ schema }) => schema ?? null), objects.map(({ name }) => name)];
}

/**
 * A part of a relation goes with it: a partition, a default, a constraint, a rule, a trigger, a policy, an index, statistics,
 * a sequence that it owns. Whatever else depends on a type or a namespace keeps it (postgresql.org/docs/current/catalog-pg-depend.html).
 */
const unusedSql = `
  with recursive dropped as (
    select c.oid from unnest($1::text[], $2::text[]) as d (schema, name)
    join pg_catalog.pg_namespace n on n.nspname = coalesce(d.schema, current_schema())
    join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = d.name
    union select p.oid from dropped join pg_catalog.pg_inherits i on i.inhparent = dropped.oid
    join pg_catalog.pg_class p on p.oid = i.inhrelid and p.relispartition),
  gone as (
    select 'pg_class'::regclass as classid, oid from dropped
    union all select 'pg_attrdef'::regclass, oid from pg_catalog.pg_attrdef where adrelid in (select oid from dropped)
    union all select 'pg_constraint'::regclass, oid from pg_catalog.pg_constraint where conrelid in (select oid from dropped)
    union all select 'pg_rewrite'::regclass, oid from pg_catalog.pg_rewrite where ev_class in (select oid from dropped)
    union all select 'pg_trigger'::regclass, oid from pg_catalog.pg_trigger where tgrelid in (select oid from dropped)
    union all select 'pg_policy'::regclass, oid from pg_catalog.pg_policy where polrelid in (select oid from dropped)
    union all select 'pg_class'::regclass, indexrelid from pg_catalog.pg_index where indrelid in (select oid from dropped)
    union all select 'pg_statistic_ext'::regclass, oid from pg_catalog.pg_statistic_ext
      where stxrelid in (select oid from dropped)
    union all select 'pg_class'::regclass, objid from pg_catalog.pg_depend
      where classid = 'pg_class'::regclass and refclassid = 'pg_class'::regclass and deptype in ('a', 'i')
        and refobjid in (select oid from dropped)),
  enums as (
    select e.schema, e.name, t.oid, t.typarray from unnest($3::text[], $4::text[]) as e (schema, name)
    join pg_catalog.pg_namespace n on n.nspname = coalesce(e.schema, current_schema())
    join pg_catalog.pg_type t on t.typnamespace = n.oid and t.typname = e.name and t.typtype = 'e'
    where not exists (
      select from pg_catalog.pg_depend d
      where d.refclassid = 'pg_type'::regclass and d.refobjid in (t.oid, t.typarray) and d.deptype <> 'i'
        and (d.classid, d.objid) not in (select classid, oid from gone)))
  select 'enum' as kind, schema, name from enums
  union all
  select 'namespace', null, n.nspname::text from pg_catalog.pg_namespace n
  where n.nspname = any ($5::text[]) and n.nspname <> current_schema() and pg_catalog.pg_has_role(n.nspowner, 'member')
    and not exists (
      select from pg_catalog.pg_depend d
      where d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid
        and (d.classid, d.objid) not in (select classid, oid from gone)
        and (d.classid, d.objid) not in (select 'pg_type'::regclass, oid from enums))`;
