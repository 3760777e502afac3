import type { Connection, IntrospectionScope, Privilege, Row } from '@dovetail/core/driver';
import { text, texts } from './catalog/row.js';
import { quoteIdentifier } from './ddl/quote.js';

/** What the role may do in the database, and in each of the schemas. */
export async function privileges(
  connection: Connection,
  { namespaces }: IntrospectionScope,
): Promise<readonly Privilege[]> {
  const [session] = await connection.query(sessionSql);
  const schemas = await connection.query(schemasSql, [namespaces]);
  if (session === undefined) return [];
  const role = quoteIdentifier(text(session, 'role'));
  const database = quoteIdentifier(text(session, 'database'));
  return [
    {
      action: `create temporary tables in ${database}, by which PostgreSQL compares expressions`,
      granted: session.temporary === true,
      remedy: `grant temporary on database ${database} to ${role}`,
    },
    ...schemas.flatMap((row) => privilegesIn(row, role)),
  ];
}

function privilegesIn(row: Row, role: string): readonly Privilege[] {
  const name = text(row, 'name');
  const schema = quoteIdentifier(name);
  const tablesIn = (column: string): readonly string[] =>
    texts(row, column).map((table) => `${schema}.${quoteIdentifier(table)}`);
  const [foreign, unread] = [tablesIn('foreign_tables'), tablesIn('unread_tables')];
  return [
    {
      action: `use the schema ${schema} and create tables in it`,
      granted: row.creates === true,
      remedy: `grant usage, create on schema ${schema} to ${role}`,
    },
    {
      action: `read each table of the schema ${schema}, for the checks of its rows`,
      granted: unread.length === 0,
      remedy: `grant select on ${unread.join(', ')} to ${role}`,
    },
    {
      action: `alter and drop each table of the schema ${schema}`,
      granted: foreign.length === 0,
      remedy: foreign.map((table) => `alter table ${table} owner to ${role}`).join('; '),
    },
  ];
}

const sessionSql = `
  select current_user::text as role, current_database()::text as database,
    pg_catalog.has_database_privilege(current_database(), 'temporary') as temporary`;

/** Only who owns a table, or is in the role that does, may alter it (postgresql.org/docs/current/ddl-priv.html). */
const schemasSql = `
  with tables as (
    select c.* from pg_catalog.pg_class c
    where c.relkind in ('r', 'p', 'v', 'm') and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_class'::regclass and e.objid = c.oid and e.deptype = 'e'))
  select n.nspname::text as name,
    pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_schema_privilege(n.oid, 'create') as creates,
    array(
      select c.relname::text from tables c
      where c.relnamespace = n.oid and not pg_catalog.has_table_privilege(c.oid, 'select') order by 1) as unread_tables,
    array(
      select c.relname::text from tables c
      where c.relnamespace = n.oid and not pg_catalog.pg_has_role(c.relowner, 'usage') order by 1) as foreign_tables
  from pg_catalog.pg_namespace n
  where n.nspname = current_schema() or n.nspname = any ($1::text[])
  order by 1`;
