/**
 * The name of the role that owns an object, where this one has not its rights: only who owns an object may alter it
 * (postgresql.org/docs/current/ddl-priv.html).
 */
export function otherOwner(role: string): string {
  return `case when not pg_catalog.pg_has_role(${role}, 'usage') then pg_catalog.pg_get_userbyid(${role})::text end`;
}
