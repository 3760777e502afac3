import type { Column, Connection, Row } from '@dovetail/core/driver';
import { withoutEnclosing } from '../enclosing.js';
import { flag, optionalText, readGroups, text } from './row.js';

/** The columns of the relations, by the oid of their relation. */
export async function readColumns(
  connection: Connection,
  relations: readonly string[],
): Promise<ReadonlyMap<string, readonly Column[]>> {
  return readGroups(await connection.query(columnsSql, [relations]), 'relation', readColumn);
}

function readColumn(row: Row): Column {
  const expression = optionalText(row, 'expression');
  const storage = text(row, 'generated');
  const isSerial = flag(row, 'serial');
  const isGenerated = storage !== '' && expression !== undefined;
  return {
    name: text(row, 'name'),
    type: text(row, 'type'),
    nullable: !flag(row, 'not_null'),
    default: isGenerated || isSerial ? undefined : expression,
    generated: isGenerated ? { expression: withoutEnclosing(expression), stored: storage === 's' } : undefined,
    autoincrement: isSerial ? true : undefined,
    identity: identityOf(text(row, 'identity')),
    collation: optionalText(row, 'collation'),
    comment: optionalText(row, 'comment'),
  };
}

function identityOf(code: string): Column['identity'] {
  if (code === 'a') return 'always';
  return code === 'd' ? 'by default' : undefined;
}

/** A serial column is one whose default takes the next value of a sequence that the column owns. */
const columnsSql = `
  select a.attrelid::text as relation, a.attname::text as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull as not_null, pg_catalog.pg_get_expr(e.adbin, e.adrelid) as expression,
    a.attgenerated::text as generated, a.attidentity::text as identity, d.description as comment,
    l.collname::text as collation,
    coalesce(pg_catalog.pg_get_expr(e.adbin, e.adrelid) =
      'nextval(''' || pg_catalog.replace(s.objid::regclass::text, '''', '''''') || '''::regclass)', false) as serial
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
  left join pg_catalog.pg_collation l on l.oid = a.attcollation and a.attcollation <> t.typcollation
  left join pg_catalog.pg_description d
    on d.objoid = a.attrelid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = a.attnum
  left join pg_catalog.pg_depend s
    on s.refclassid = 'pg_catalog.pg_class'::regclass and s.refobjid = a.attrelid and s.refobjsubid = a.attnum
    and s.classid = 'pg_catalog.pg_class'::regclass and s.deptype = 'a' and s.objsubid = 0
    and exists (select from pg_catalog.pg_class q where q.oid = s.objid and q.relkind = 'S')
  where a.attrelid = any ($1::oid[]) and a.attnum > 0 and not a.attisdropped
  order by a.attrelid, a.attnum, s.objid`;
