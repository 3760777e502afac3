import type { Connection, Privilege } from '@dovetail/core/driver';
import { mariadbDriver } from '@dovetail/mariadb';
import { mysqlDriver } from '@dovetail/mysql';
import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../conformance/given.js';
import { mariadb, mysql } from '../databases/index.js';
import { serverUrl } from '../servers/url.js';

const kinds = [
  { name: 'MySQL', database: mysql, driver: mysqlDriver, server: 'MYSQL' },
  { name: 'MariaDB', database: mariadb, driver: mariadbDriver, server: 'MARIADB' },
] as const;

describe.each(kinds)('privileges on $name', ({ database, driver, server }) => {
  /** A new user with these grants, in a new database `name`, and who may grant more. */
  async function givenUser(grants: (name: string, user: string) => readonly string[]) {
    const site = await database.create();
    onTestFinished(() => site.dispose());
    const { dbName } = site.connectionOptions;
    const user = `user_${randomUUID().slice(0, 8)}`;
    await site.connection.execute(`create user '${user}'@'%' identified by 'secret'`);
    onTestFinished(() => site.connection.execute(`drop user '${user}'@'%'`));
    for (const grant of grants(dbName, `'${user}'@'%'`)) await site.connection.execute(grant);
    const { hostname, port } = new URL(serverUrl(server));
    const connection = await driver.connect({ host: hostname, port: Number(port), user, password: 'secret', dbName });
    onTestFinished(() => connection.close());
    return { connection, owner: site.connection };
  }

  async function deniedTo(connection: Connection): Promise<readonly Privilege[]> {
    const found = (await driver.privileges?.(connection, { namespaces: [] })) ?? [];
    expect(found.length).toBeGreaterThan(0);
    return found.filter(({ granted }) => !granted);
  }

  test.each([
    ['on its database', (name: string, user: string) => [`grant all on \`${name}\`.* to ${user}`]],
    ['on all databases', (_: string, user: string) => [`grant all on *.* to ${user}`]],
    [
      'on databases of a pattern',
      (name: string, user: string) => [`grant all on \`${name.slice(0, 6).replaceAll('_', '\\_')}%\`.* to ${user}`],
    ],
  ])('who was granted everything %s lacks none', async (_, grants) => {
    const { connection } = await givenUser(grants);
    expect(await deniedTo(connection)).toEqual([]);
  });

  test('who has a role that is active has what the role has', async () => {
    const role = `role_${randomUUID().slice(0, 8)}`;
    const { connection, owner } = await givenUser((name, user) => [
      `create role '${role}'`,
      `grant all on \`${name}\`.* to '${role}'`,
      `grant select on \`${name}\`.* to ${user}`,
      `grant '${role}' to ${user}`,
    ]);
    onTestFinished(() => owner.execute(`drop role '${role}'`));
    expect(await deniedTo(connection)).not.toEqual([]);
    await connection.execute(`set role '${role}'`);
    expect(await deniedTo(connection)).toEqual([]);
  });

  test('each that is lacking comes with the statement that grants it', async () => {
    const { connection, owner } = await givenUser((name, user) => [
      `grant select, create, alter on \`${name}\`.* to ${user}`,
      `create table \`${name}\`.other (id integer)`,
      `grant all on \`${name}\`.other to ${user}`,
    ]);
    const denied = await deniedTo(connection);
    expect(denied.map(({ remedy }) => remedy.replace(/ on .*$/, ''))).toEqual([
      'grant drop',
      'grant index',
      'grant references',
      'grant insert, update, delete',
      'grant create temporary tables',
      'grant create view, show view',
      'grant trigger',
    ]);
    for (const { remedy } of denied) await owner.execute(remedy);
    expect(await deniedTo(connection)).toEqual([]);
  });

  test('what is not granted is told with what to do', async () => {
    const { connection, owner } = await givenUser((name, user) => [
      `create table \`${name}\`.book (id integer)`,
      `create table \`${name}\`.other (id integer)`,
      `grant select on \`${name}\`.other to ${user}`,
    ]);
    await owner.execute('insert into book values (1)');

    const error = await failureOf(() => connection.query('select * from book'));

    expect(error.summary).toMatch(/does not permit it: .*denied/i);
    expect(error.problems.map(({ remedy }) => remedy).join()).toContain('dovetail debug lists the privileges');
  });
});
