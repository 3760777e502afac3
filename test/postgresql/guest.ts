import type { Connection, DovetailBase, EntityClass } from '@dovetail/core';
import { Dovetail, type PostgresqlConnectionOptions } from '@dovetail/postgresql';
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { TestDatabase } from '../databases/index.js';

/** A database, and a role that owns nothing there. */
export interface GivenGuest {
  /** The connection of the role that has made all that there is. */
  readonly owner: Connection;
  readonly guest: string;
  /** Dovetail for the owner, with migrations in a folder. */
  initOwner(entities: readonly EntityClass[], folder: string): Promise<DovetailBase>;
  /** Dovetail for the guest. */
  init(entities: readonly EntityClass[], options?: GuestOptions): Promise<DovetailBase>;
}

export interface GuestOptions extends Partial<PostgresqlConnectionOptions> {
  /** Where migrations are. */
  readonly folder?: string;
}

/** A database that another role has made so, and what a guest has been granted there. */
export async function givenGuest(
  database: TestDatabase,
  entities: readonly EntityClass[],
  grants: (guest: string) => readonly string[] = () => [],
): Promise<GivenGuest> {
  const site = await database.create();
  onTestFinished(() => site.dispose());
  const owner = await site.init({ entities });
  await owner.schema.updateSchema();
  const guest = `guest_${randomUUID().slice(0, 8)}`;
  await site.connection.execute(`create role ${guest} login password 'secret'`);
  onTestFinished(() => site.connection.execute(`drop owned by ${guest} cascade; drop role ${guest}`));
  await site.connection.execute(`grant usage on schema public to ${guest}`);
  for (const grant of grants(guest)) await site.connection.execute(grant);
  return {
    owner: site.connection,
    guest,
    initOwner: (wanted, folder) => site.init({ entities: wanted, migrations: { path: folder, emit: 'sql' } }),
    init: async (wanted, { folder, ...options } = {}) => {
      const orm = await Dovetail.init({
        ...site.connectionOptions,
        user: guest,
        password: 'secret',
        entities: wanted,
        ensureDatabase: false,
        ...options,
        ...(folder !== undefined && { migrations: { path: folder, emit: 'sql' } }),
      });
      onTestFinished(() => orm.close());
      return orm;
    },
  };
}
