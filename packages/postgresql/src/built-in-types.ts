/**
 * The types of `pg_catalog`, which is searched before all other schemas, as PostgreSQL 14 to 18 have them
 * (postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-CATALOG); and the words that stand for a type and a sequence.
 */
const builtInTypes: ReadonlySet<string> = new Set(
  (
    'aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray ' +
    'anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char cid cidr ' +
    'circle cstring date datemultirange daterange event_trigger fdw_handler float4 float8 gtsvector index_am_handler ' +
    'inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range internal interval json jsonb ' +
    'jsonpath language_handler line lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector path ' +
    'point polygon record refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator ' +
    'regproc regprocedure regrole regtype table_am_handler text tid time timestamp timestamptz timetz trigger ' +
    'tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit ' +
    'varchar void xid xid8 xml ' +
    'bigserial serial serial2 serial4 serial8 smallserial'
  ).split(' '),
);

/** Whether a name without a schema means one of PostgreSQL's own types, though another one in quotes bears it. */
export function isBuiltInType(name: string): boolean {
  // Arrays are called as their elements with a `_` before; the tables of the catalog are types as well.
  return builtInTypes.has(name.replace(/^_/u, '')) || name.startsWith('pg_');
}
