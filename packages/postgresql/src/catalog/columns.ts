import type { Column, Connection, Row } from '@dovetail/core/driver';
import { withoutEnclosing } from '../enclosing.js';
import { grantee, grantOption } from './grants.js';
import { flag, optionalText, readGroups, text, texts } from './row.js';

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
    ...keptOf(row),
  };
}

/** What is seldom there. */
function keptOf(row: Row): Pick<Column, 'restoration' | 'sequence'> {
  const [restoration, options, ofSequence] = [
    texts(row, 'restoration'),
    text(row, 'sequence_options'),
    texts(row, 'sequence_restoration'),
  ];
  const isPlain = options === '' && ofSequence.length === 0;
  return {
    ...(restoration.length > 0 && { restoration }),
    ...(!isPlain && { sequence: { name: text(row, 'sequence'), options, restoration: ofSequence } }),
  };
}

function identityOf(code: string): Column['identity'] {
  if (code === 'a') return 'always';
  return code === 'd' ? 'by default' : undefined;
}

/** What differs from a sequence that is made without a word (postgresql.org/docs/current/sql-createsequence.html). */
const sequenceOptions = `pg_catalog.concat_ws(' ',
      case when q.seqincrement <> 1 then 'increment by ' || q.seqincrement end,
      case when q.seqincrement > 0 and q.seqmin <> 1 then 'minvalue ' || q.seqmin end,
      case when q.seqmax not in (-1, 32767, 2147483647, 9223372036854775807) then 'maxvalue ' || q.seqmax end,
      case when q.seqcache <> 1 then 'cache ' || q.seqcache end,
      case when q.seqcycle then 'cycle' end)`;

/** A serial column is one whose default takes the next value of a sequence that the column owns. */
const columnsSql = `
  select a.attrelid::text as relation, a.attname::text as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull as not_null, pg_catalog.pg_get_expr(e.adbin, e.adrelid) as expression,
    a.attgenerated::text as generated, a.attidentity::text as identity, d.description as comment,
    l.collname::text as collation,
    coalesce(pg_catalog.pg_get_expr(e.adbin, e.adrelid) =
      'nextval(''' || pg_catalog.replace(s.objid::regclass::text, '''', '''''') || '''::regclass)', false) as serial,
    array(
      select pg_catalog.format('grant %s (%I) on %s to %s%s', g.privilege_type, a.attname, a.attrelid::regclass,
        ${grantee}, ${grantOption})
      from pg_catalog.aclexplode(a.attacl) g
      union all
      select pg_catalog.format('alter table %s alter column %I set statistics %s', a.attrelid::regclass, a.attname,
        a.attstattarget)
      where a.attstattarget >= 0) as restoration,
    quote_ident(sn.nspname) || '.' || quote_ident(sc.relname) as sequence, ${sequenceOptions} as sequence_options,
    array(
      select pg_catalog.format('grant %s on sequence %s to %s%s', g.privilege_type, s.objid::regclass,
        ${grantee}, ${grantOption})
      from pg_catalog.aclexplode(sc.relacl) g where g.grantee <> sc.relowner
      union all
      select pg_catalog.format('comment on sequence %s is %L', s.objid::regclass, c.description)
      from pg_catalog.pg_description c
      where c.classoid = 'pg_catalog.pg_class'::regclass and c.objoid = s.objid) as sequence_restoration
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
  left join pg_catalog.pg_collation l on l.oid = a.attcollation and a.attcollation <> t.typcollation
  left join pg_catalog.pg_description d
    on d.objoid = a.attrelid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = a.attnum
  left join pg_catalog.pg_depend s
    on s.refclassid = 'pg_catalog.pg_class'::regclass and s.refobjid = a.attrelid and s.refobjsubid = a.attnum
    and s.classid = 'pg_catalog.pg_class'::regclass and s.deptype in ('a', 'i') and s.objsubid = 0
    and exists (select from pg_catalog.pg_class q where q.oid = s.objid and q.relkind = 'S')
  left join pg_catalog.pg_class sc on sc.oid = s.objid
  left join pg_catalog.pg_namespace sn on sn.oid = sc.relnamespace
  left join pg_catalog.pg_sequence q on q.seqrelid = s.objid
  where a.attrelid = any ($1::oid[]) and a.attnum > 0 and not a.attisdropped
  order by a.attrelid, a.attnum, s.objid`;
