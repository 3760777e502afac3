import type { Connection, DovetailBase } from '@dovetail/core';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningServer } from '../../servers/server-process.js';
import { killedUpdate } from './child.js';
import { diskFull } from './disk-full.js';
import { type Access, type Place, updateOptions, withConnection } from './place.js';

/** A fault, and what it is inflicted on. */
export interface Victim {
  readonly place: Place;
  readonly access: Access;
  /** The evolution's seed: the process that is killed makes the same entities of it. */
  readonly recipe: string;
  /** The update, planned already, or a part of it. */
  readonly orm: DovetailBase;
  /** A server of its own, where the fault is one of the server. */
  readonly server?: RunningServer | undefined;
  /** When it happens: after this share of the steps, and so many milliseconds later. */
  readonly share: number;
  readonly delay: number;
}

/** Carries the update out with a fault in it, and says whether it was hit. */
export type Fault = (victim: Victim) => Promise<boolean>;

/** Runs the update, does something at the chosen moment, and says whether the update failed. */
async function hits({ orm, share, delay }: Victim, strike: () => Promise<unknown>): Promise<boolean> {
  let struck: Promise<unknown> = Promise.resolve();
  let isStruck = false;
  const update = orm.schema.updateSchema({
    ...updateOptions,
    onProgress: ({ kind, number, total }) => {
      if (isStruck || kind !== 'started' || number < 1 + share * total) return;
      isStruck = true;
      struck = pause(delay).then(strike);
    },
  });
  const isHit = await update.then(
    () => false,
    () => true,
  );
  await struck.catch(() => undefined);
  return isHit;
}

/** The number of the session that the update runs in. */
async function sessionOf({ place, orm }: Victim): Promise<string> {
  const [row] = await orm.connection.query(
    place.system === 'PostgreSQL' ? 'select pg_backend_pid() as id' : 'select connection_id() as id',
  );
  return String(row?.id);
}

const clientKilled: Fault = ({ place, recipe, share, delay }) => killedUpdate(place, recipe, share, delay);

const serverKilled: Fault = async (victim) => {
  const { server } = victim;
  if (server === undefined) throw new Error('No server may be killed.');
  return hits(victim, () => server.crash());
};

const connectionCut: Fault = async (victim) => {
  const id = await sessionOf(victim);
  const statement = victim.place.system === 'PostgreSQL' ? `select pg_terminate_backend(${id})` : `kill ${id}`;
  return withConnection(victim.access, (other) => hits(victim, () => other.execute(statement)));
};

const statementCancelled: Fault = (victim) => hits(victim, () => victim.orm.connection.cancel?.() ?? Promise.resolve());

/** The limit is of each statement, so it is the moment that it hits which is random. */
const statementTimeout: Fault = async ({ place, orm, delay }) => {
  const milliseconds = 1 + Math.round(delay);
  const plan = await orm.schema.plan(updateOptions);
  await orm.connection.execute(
    place.system === 'PostgreSQL'
      ? `set statement_timeout = ${milliseconds}`
      : `set session max_statement_time = ${milliseconds / 1000}`,
  );
  return orm.schema.apply(plan).then(
    () => false,
    () => true,
  );
};

const lockTimeout: Fault = async ({ access, orm, share }) => {
  const table = share < 0.5 ? 'fault_journal' : 'fault_ledger';
  return withConnection(access, async (other) => {
    await insistently(() => other.execute('begin'));
    await insistently(() => other.execute(`insert into ${table} (id, note) values (9000000, 'held')`));
    const isHit = await orm.schema.updateSchema(updateOptions).then(
      () => false,
      () => true,
    );
    await other.execute('rollback');
    return isHit;
  });
};

/** Transactions that want the tables in another order than the update, until one of the two has to give way. */
const deadlock: Fault = async (victim) => {
  const { orm, place, access } = victim;
  if (place.system === 'PostgreSQL') await orm.connection.execute("set deadlock_timeout = '10ms'");
  const update = { isDone: false };
  const updating = orm.schema.updateSchema(updateOptions).then(
    () => undefined,
    (error: unknown) => error,
  );
  void updating.finally(() => (update.isDone = true));
  const isMet = await withConnection(access, async (other) => {
    let met = false;
    for (let number = 1_000_000; !update.isDone; number += 1) met = (await contend(other, place, number)) || met;
    return met;
  });
  return isMet || isDeadlock(await updating);
};

async function contend(other: Connection, { system }: Place, number: number): Promise<boolean> {
  const [first, second] =
    system === 'PostgreSQL'
      ? [`insert into fault_ledger (id, note) values (${number}, 'x')`, 'fault_journal']
      : ['select count(*) as c from fault_ledger', 'fault_ledger'];
  try {
    await other.execute('begin');
    await other.execute(first);
    await pause(5);
    await other.execute(`insert into ${second} (id, note) values (${number}, 'x')`);
    await other.execute('commit');
    return false;
  } catch (error) {
    await other.execute('rollback');
    return isDeadlock(error);
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && (/deadlock/i.test(error.message) || isDeadlock(error.cause));
}

/** Somebody else may have the database at that moment. */
async function insistently(action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await action();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await pause(5);
    }
  }
}

const stopped: Fault = ({ orm, share }) => {
  const abort = new AbortController();
  return orm.schema
    .updateSchema({
      ...updateOptions,
      signal: abort.signal,
      onProgress: ({ number, total }) => {
        if (number >= 1 + share * total) abort.abort();
      },
    })
    .then(
      () => false,
      () => true,
    );
};

/** SQLite has neither a server nor a connection to be cut, and no time limits. */
const ofSqlite = {
  'client killed': clientKilled,
  'lock timeout': lockTimeout,
  'disk full': diskFull,
  stopped,
};

const ofServers = {
  'client killed': clientKilled,
  'server killed': serverKilled,
  'connection cut': connectionCut,
  'lock timeout': lockTimeout,
  deadlock,
  'statement cancelled': statementCancelled,
  'disk full': diskFull,
};

const withTimeouts = { ...ofServers, 'statement timeout': statementTimeout };

/** The faults that a database can meet, by name. MySQL limits the time of queries alone. */
export function faultsOf(system: Place['system']): Readonly<Record<string, Fault>> {
  switch (system) {
    case 'SQLite':
      return ofSqlite;
    case 'MySQL':
      return ofServers;
    case 'PostgreSQL':
    case 'MariaDB':
      return withTimeouts;
  }
}
