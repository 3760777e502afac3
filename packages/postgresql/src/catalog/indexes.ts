import type { Connection, Index, IndexPart, Row } from '@dovetail/core/driver';
import { withoutEnclosing } from '../enclosing.js';
import { dutiesIn, flag, optionalText, readGroups, rows, text, texts } from './row.js';

/** The indexes of the tables and materialized views that belong to no constraint, by the oid of their relation. */
export async function readIndexes(
  connection: Connection,
  relations: readonly string[],
): Promise<ReadonlyMap<string, readonly Index[]>> {
  return readGroups(await connection.query(indexesSql, [relations]), 'relation', readIndex);
}

function readIndex(row: Row): Index {
  const method = text(row, 'method');
  const where = optionalText(row, 'predicate');
  const include = texts(row, 'include');
  const storage = texts(row, 'storage');
  return {
    name: text(row, 'name'),
    unique: flag(row, 'unique'),
    parts: rows(row, 'parts').map(readPart),
    where: where === undefined ? undefined : withoutEnclosing(where),
    include: include.length === 0 ? undefined : include,
    type: method === 'btree' ? undefined : method,
    nullsNotDistinct: flag(row, 'nulls_not_distinct') ? true : undefined,
    storage: storage.length === 0 ? undefined : Object.fromEntries(storage.map(splitSetting)),
    comment: optionalText(row, 'comment'),
    ...dutiesIn(row),
  };
}

function readPart(row: Row): IndexPart {
  const column = optionalText(row, 'column');
  const options = {
    sort: flag(row, 'descending') ? ('desc' as const) : undefined,
    nulls: nullsOf(flag(row, 'descending'), flag(row, 'nulls_first')),
    opclass: optionalText(row, 'opclass'),
    collation: optionalText(row, 'collation'),
  };
  return column === undefined
    ? { expression: withoutEnclosing(text(row, 'expression')), ...options }
    : { column, ...options };
}

/** Nulls come last in ascending order and first in descending order, unless the index says otherwise. */
function nullsOf(descending: boolean, first: boolean): IndexPart['nulls'] {
  if (descending === first) return undefined;
  return first ? 'first' : 'last';
}

function splitSetting(setting: string): readonly [string, string] {
  const equals = setting.indexOf('=');
  return [setting.slice(0, equals), setting.slice(equals + 1)];
}

/**
 * The options of a key are bits: 1 for a descending one, 2 for nulls first (INDOPTION_DESC and INDOPTION_NULLS_FIRST of
 * pg_index.h). Operator class and collation are given where they are not what the key would have without.
 */
const indexesSql = `
  select i.indrelid::text as relation, c.relname::text as name, i.indisunique as unique, i.indisclustered as clustered, i.indisreplident as identifies, m.amname::text as method,
    c.reloptions as storage, d.description as comment, pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
    to_jsonb(i) ->> 'indnullsnotdistinct' = 'true' as nulls_not_distinct,
    (select json_agg(json_build_object(
        'column', a.attname,
        'expression', case when a.attname is null then pg_catalog.pg_get_indexdef(i.indexrelid, k.place::int, false) end,
        'descending', i.indoption[k.place - 1] & 1 = 1,
        'nulls_first', i.indoption[k.place - 1] & 2 = 2,
        'opclass', case when not o.opcdefault then
          case when pg_catalog.pg_opclass_is_visible(o.oid) then o.opcname::text
            else o.opcnamespace::regnamespace::text || '.' || o.opcname end end,
        'collation', case when i.indcollation[k.place - 1] <> coalesce(nullif(a.attcollation, 0), nullif(x.attcollation, 0))
          or (a.attname is null and i.indcollation[k.place - 1] <> b.typcollation)
          then l.collname::text end
      ) order by k.place)
      from unnest(i.indkey::int2[]) with ordinality as k (num, place)
      join pg_catalog.pg_attribute x on x.attrelid = i.indexrelid and x.attnum = k.place
      join pg_catalog.pg_type b on b.oid = x.atttypid
      join pg_catalog.pg_opclass o on o.oid = i.indclass[k.place - 1]
      left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num and k.num <> 0
      left join pg_catalog.pg_collation l on l.oid = i.indcollation[k.place - 1]
      where k.place <= i.indnkeyatts) as parts,
    array(
      select a.attname::text from unnest(i.indkey::int2[]) with ordinality as k (num, place)
      join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num
      where k.place > i.indnkeyatts order by k.place) as include
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_am m on m.oid = c.relam
  left join pg_catalog.pg_description d
    on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
  where i.indrelid = any ($1::oid[])
    and not exists (
      select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by i.indrelid, c.relname collate "C"`;
