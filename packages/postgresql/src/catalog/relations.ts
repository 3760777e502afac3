import type { ColumnRestoration, Connection, ObjectName, Row, TableOptions } from '@dovetail/core/driver';
import { otherOwner } from './owner.js';
import { flag, optionalText, restorations, text } from './row.js';
import { extendedStatistics } from './statistics.js';

/** A table, view or materialized view that is ours to look at. */
export interface Relation {
  readonly oid: string;
  readonly kind: 'table' | 'view' | 'materialized view';
  readonly name: ObjectName;
  readonly comment: string | undefined;
  readonly options: TableOptions;
  readonly owner: string | undefined;
  readonly statistics: readonly ColumnRestoration[];
}

/**
 * The relations of the namespaces. Left out are partitions and tables that inherit, whose columns are another table's
 * matter; and what belongs to an extension.
 */
export async function readRelations(connection: Connection, namespaces: readonly string[]): Promise<Relation[]> {
  return (await connection.query(relationsSql, [namespaces])).map(readRelation);
}

/** The temporary relations of this session. */
export async function readTemporaryRelations(connection: Connection): Promise<Relation[]> {
  return (await connection.query(temporaryRelationsSql)).map(readRelation);
}

function readRelation(row: Row): Relation {
  return {
    oid: text(row, 'oid'),
    kind: kindOf(text(row, 'kind')),
    name: { schema: optionalText(row, 'schema'), name: text(row, 'name') },
    comment: optionalText(row, 'comment'),
    owner: optionalText(row, 'owner'),
    statistics: restorations(row, 'statistics'),
    options: {
      unlogged: flag(row, 'unlogged'),
      tablespace: optionalText(row, 'tablespace'),
      partitionBy: optionalText(row, 'partition_by'),
    },
  };
}

function kindOf(kind: string): Relation['kind'] {
  if (kind === 'v') return 'view';
  return kind === 'm' ? 'materialized view' : 'table';
}

const selectRelations = `
  select c.oid::text, c.relkind::text as kind, nullif(n.nspname, current_schema())::text as schema,
    c.relname::text as name, d.description as comment, c.relpersistence = 'u' as unlogged, s.spcname::text as tablespace,
    case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end as partition_by,
    ${otherOwner('c.relowner')} as owner,
    (select json_agg(r) from (${extendedStatistics('c.oid')}) r) as statistics
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_description d
    on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
  left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
  where c.relkind in ('r', 'p', 'v', 'm')`;

const relationsSql = `${selectRelations}
    and (n.nspname = current_schema() or n.nspname = any ($1::text[]))
    and not c.relispartition
    and not exists (select from pg_catalog.pg_inherits i where i.inhrelid = c.oid)
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
  order by n.nspname collate "C", c.relname collate "C"`;

const temporaryRelationsSql = `${selectRelations} and n.oid = pg_catalog.pg_my_temp_schema()`;

/** Which of the namespaces exist. */
export async function readNamespaces(connection: Connection, namespaces: readonly string[]): Promise<string[]> {
  const found = await connection.query(
    `select nspname::text as name from pg_catalog.pg_namespace
     where nspname = any ($1::text[]) and nspname <> current_schema() order by nspname collate "C"`,
    [namespaces],
  );
  return found.map((row) => text(row, 'name'));
}
