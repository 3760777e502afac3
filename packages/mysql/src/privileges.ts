import type { Connection, IntrospectionScope, Privilege, Row } from '@dovetail/core/driver';
import { quoteIdentifier } from './ddl/quote.js';
import { fitsDatabase, type Grant, readGrant } from './grants.js';

/** What an update may have to do, and the privileges that it takes. */
const needs: readonly { readonly action: string; readonly privileges: readonly string[] }[] = [
  { action: 'create, alter and drop tables', privileges: ['create', 'alter', 'drop'] },
  { action: 'create indexes', privileges: ['index'] },
  { action: 'create foreign keys', privileges: ['references'] },
  { action: 'look at rows and fill them', privileges: ['select', 'insert', 'update', 'delete'] },
  { action: 'create temporary tables, by which expressions are compared', privileges: ['create temporary tables'] },
  { action: 'create and read views', privileges: ['create view', 'show view'] },
  { action: 'create triggers', privileges: ['trigger'] },
];

/** What the user, and the roles that are active, may do in the connection's database and in the others. */
export async function privileges(
  connection: Connection,
  { namespaces }: IntrospectionScope,
): Promise<readonly Privilege[]> {
  const [session] = await connection.query('select database() as name, current_user() as user');
  const user = accountOf(String(session?.user));
  const grants = await readGrants(connection);
  return [String(session?.name), ...namespaces].flatMap((database) =>
    needs.map((need): Privilege => {
      const missing = need.privileges.filter((privilege) => !isGranted(privilege, database, grants));
      return {
        action: `${need.action} in ${quoteIdentifier(database)}`,
        granted: missing.length === 0,
        remedy: `grant ${missing.join(', ')} on ${quoteIdentifier(database)}.* to ${user}`,
      };
    }),
  );
}

async function readGrants(connection: Connection): Promise<readonly Grant[]> {
  const [session] = await connection.query('select current_role() as roles');
  const roles = session?.roles;
  const own = await connection.query('show grants');
  const ofRoles = typeof roles === 'string' && roles !== 'NONE' ? await grantsOfRoles(connection, roles) : [];
  return [...own, ...ofRoles].flatMap((row) => readGrant(lineOf(row)) ?? []);
}

/** MySQL lists the active roles as `show grants` takes them; MariaDB has one, and a statement for it. */
async function grantsOfRoles(connection: Connection, roles: string): Promise<readonly Row[]> {
  return roles.startsWith('`')
    ? connection.query(`show grants for current_user() using ${roles}`)
    : connection.query('show grants for current_role()');
}

function isGranted(privilege: string, database: string, grants: readonly Grant[]): boolean {
  const about = grants.filter(
    (grant) =>
      fitsDatabase(grant, database) &&
      (grant.privileges.includes(privilege) || grant.privileges.includes('all privileges')),
  );
  return about.some(({ revokes }) => !revokes) && !about.some(({ revokes }) => revokes);
}

/** `show grants` has one column, whose name holds that of the user. */
function lineOf(row: Row): string {
  return String(Object.values(row)[0]);
}

/** `app@%` as statements take it: the host comes after the last at sign. */
export function accountOf(user: string): string {
  const at = user.lastIndexOf('@');
  return `${quoteIdentifier(user.slice(0, at))}@${quoteIdentifier(user.slice(at + 1))}`;
}
