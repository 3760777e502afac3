import type { Connection, IntrospectionScope, Row, Survey } from '@dovetail/core/driver';
import { isNamedAsBuiltIn } from './catalog/enums.js';
import { optionalText, text } from './catalog/row.js';

/** The columns of the views, and the objects of the namespaces that are neither tables nor views nor enums. */
export async function survey(connection: Connection, { namespaces }: IntrospectionScope): Promise<Survey> {
  const columns = await connection.query(viewColumnsSql, [namespaces]);
  const others = await connection.query(othersSql, [namespaces]);
  return {
    viewColumns: columns.map((row) => ({ view: viewOf(row), name: text(row, 'name'), type: text(row, 'type') })),
    tableDefaults: {},
    unmodelled: others.map((row) => text(row, 'phrase')),
  };
}

function viewOf(row: Row): Survey['viewColumns'][number]['view'] {
  return { schema: optionalText(row, 'schema'), name: text(row, 'view') };
}

const viewColumnsSql = `
  select nullif(n.nspname, current_schema())::text as schema, c.relname::text as view, a.attname::text as name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) as type
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('v', 'm') and (n.nspname = current_schema() or n.nspname = any ($1::text[]))
  order by c.oid, a.attnum`;

/** What belongs to an extension comes with it; what belongs to a table or a column is theirs to say. */
const othersSql = `
  with spaces as (
    select oid, case when nspname = current_schema() then '' else nspname || '.' end as prefix
    from pg_catalog.pg_namespace where nspname = current_schema() or nspname = any ($1::text[]))
  select phrase from (
    select 'extension ' || extname as phrase from pg_catalog.pg_extension where extname <> 'plpgsql'
    union all
    select distinct case prokind when 'a' then 'aggregate ' when 'p' then 'procedure ' else 'function ' end
        || prefix || proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')'
      from pg_catalog.pg_proc p join spaces n on n.oid = pronamespace
      where not exists (select from pg_catalog.pg_depend e where e.classid = 'pg_catalog.pg_proc'::regclass
        and e.objid = p.oid and e.deptype = 'e')
    union all
    select case typtype when 'd' then 'domain ' when 'c' then 'composite type ' when 'e' then 'enum ' else 'range type ' end
        || prefix || typname
      from pg_catalog.pg_type t join spaces n on n.oid = typnamespace
      where (typtype in ('d', 'r') or (typtype = 'e' and prefix = '' and ${isNamedAsBuiltIn})
          or (typtype = 'c' and exists (select from pg_catalog.pg_class c where c.oid = typrelid and c.relkind = 'c')))
        and not exists (select from pg_catalog.pg_depend e where e.classid = 'pg_catalog.pg_type'::regclass
          and e.objid = t.oid and e.deptype = 'e')
    union all
    select case when relkind = 'S' then 'sequence ' when relkind = 'f' then 'foreign table '
        when relispartition then 'partition ' else 'inheriting table ' end || prefix || relname
      from pg_catalog.pg_class c join spaces n on n.oid = relnamespace
      where (relkind in ('S', 'f') or (relkind in ('r', 'p')
          and (relispartition or exists (select from pg_catalog.pg_inherits i where i.inhrelid = c.oid))))
        and not exists (select from pg_catalog.pg_depend e where e.classid = 'pg_catalog.pg_class'::regclass
          and e.objid = c.oid and e.deptype in ('a', 'e', 'i') and relkind = 'S')
    union all
    select 'collation ' || prefix || collname from pg_catalog.pg_collation join spaces n on n.oid = collnamespace
  ) as objects
  order by phrase collate "C"`;
