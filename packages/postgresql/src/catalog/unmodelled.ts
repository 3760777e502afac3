import type { Connection } from '@dovetail/core/driver';
import { readGroups, text } from './row.js';

/** What the catalog holds of each table and the model can't express, one phrase each, by the table's oid. */
export async function readUnmodelled(
  connection: Connection,
  oids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  return readGroups(await connection.query(unmodelledSql, [oids]), 'oid', (row) => text(row, 'phrase'));
}

const unmodelledSql = `
  with tables as (select c.* from pg_catalog.pg_class c where c.oid = any ($1::oid[]) and c.relkind in ('r', 'p'))
  select oid::text, phrase from (
    select oid, format('storage parameter %s', option) as phrase from tables, unnest(reloptions) as option
    union all
    select oid, 'row level security' from tables where relrowsecurity
    union all
    select polrelid, format('policy "%s"', polname) from pg_catalog.pg_policy where polrelid in (select oid from tables)
    union all
    select ev_class, format('rule "%s"', rulename) from pg_catalog.pg_rewrite where ev_class in (select oid from tables)
    union all
    select inhparent, format('table "%s", which inherits from it', c.relname)
      from pg_catalog.pg_inherits join pg_catalog.pg_class c on c.oid = inhrelid
      where inhparent in (select oid from tables) and not c.relispartition
    union all
    select conrelid, format('columns that foreign key "%s" sets', conname)
      from pg_catalog.pg_constraint k where conrelid in (select oid from tables)
        and confdeltype in ('n', 'd') and jsonb_typeof(to_jsonb(k) -> 'confdelsetcols') = 'array'
    union all
    select stxrelid, format('statistics "%s"', stxname)
      from pg_catalog.pg_statistic_ext where stxrelid in (select oid from tables)
    union all
    select oid, 'replica identity' from tables where relreplident <> 'd'
    union all
    select a.attrelid, format('storage of column "%s"', a.attname)
      from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
      where a.attrelid in (select oid from tables) and a.attnum > 0 and a.attstorage <> t.typstorage
    union all
    select tgrelid, format('disabling of trigger "%s"', tgname)
      from pg_catalog.pg_trigger where tgrelid in (select oid from tables) and not tgisinternal and tgenabled <> 'O'
  ) as phrases
  order by oid, phrase collate "C"`;
