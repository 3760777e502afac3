import { Dovetail, postgresqlDriver as driver, type Plan, type Progress, type Schema } from '@dovetail/postgresql';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgresql } from '../servers/postgresql.js';
import type { RunningServer } from '../servers/server-process.js';
import { serverUrl } from '../servers/url.js';
import { after, before, rows } from './library.js';

let databases = 0;

/** A database of its own with the library before the update, and rows in it. */
async function withLibrary<Result>(
  connectionString: string,
  body: (library: { readonly dbName: string; readonly connectionString: string }) => Promise<Result>,
): Promise<Result> {
  databases += 1;
  const library = { connectionString, dbName: `dovetail_faults_${process.pid}_${databases}` };
  const orm = await Dovetail.init({ entities: before, ...library });
  await orm.schema.createSchema();
  await orm.connection.execute(rows);
  await orm.close();
  try {
    const result = await body(library);
    await driver.dropDatabase(library);
    return result;
  } catch (error) {
    // Where the server is gone it can't be dropped, which is not what has to be told.
    await driver.dropDatabase(library).catch(() => undefined);
    throw error;
  }
}

type Library = Parameters<typeof driver.connect>[0];

async function stateOf(library: Library): Promise<{ readonly schema: Schema; readonly books: readonly unknown[] }> {
  const connection = await driver.connect(library);
  try {
    const schema = await driver.introspect(connection, { namespaces: [] });
    return { schema, books: await connection.query('select * from book order by id') };
  } finally {
    await connection.close();
  }
}

/** Nothing of an update is left: the rows and the catalog are those of before, and it can be run again. */
async function expectUntouched(library: Library, state: Awaited<ReturnType<typeof stateOf>>): Promise<void> {
  expect(await stateOf(library)).toEqual(state);
  await expectUpdatable(library);
}

/** The update can be run, and leaves the rows as they have to be; where it is done already, it leaves them so. */
async function expectUpdatable(library: Library): Promise<void> {
  const orm = await Dovetail.init({ entities: after, ...library });
  await orm.schema.updateSchema();
  expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  expect(
    await orm.connection.query(
      'select heading, genre::text, full_name from book join writer on writer.id = author_id order by book.id',
    ),
  ).toEqual([
    { heading: 'One', genre: 'novel', full_name: 'Ada' },
    { heading: 'Two', genre: 'poem', full_name: 'Bob' },
    { heading: 'Three', genre: 'novel', full_name: 'Bob' },
  ]);
  await orm.close();
}

async function planOf(library: Library): Promise<Plan> {
  const orm = await Dovetail.init({ entities: after, ...library });
  try {
    return await orm.schema.plan();
  } finally {
    await orm.close();
  }
}

/** The numbers of the first step, of one in the middle, and of the last. */
function placesIn({ length }: Plan['steps']): readonly number[] {
  return [1, Math.ceil(length / 2), length];
}

/** Starts the update in a process of its own, and kills that before the step of the number. */
async function killBefore(number: number, { connectionString, dbName }: Library): Promise<void> {
  const script = fileURLToPath(new URL('./update-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, String(connectionString), dbName, String(number)], {
    env: { ...process.env, TSX_TSCONFIG_PATH: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  child.stdout.once('data', () => child.kill('SIGKILL'));
  expect(await ended).toEqual([null, 'SIGKILL']);
}

describe.each([
  { release: 'newest', url: serverUrl('POSTGRESQL') },
  { release: 'oldest', url: serverUrl('POSTGRESQL_OLDEST') },
])('on the $release server, an update', { timeout: 120_000 }, ({ url }) => {
  test('whose program is killed leaves nothing half done', async () => {
    await withLibrary(url, async (library) => {
      const { steps } = await planOf(library);
      expect(steps.length).toBeGreaterThan(8);
      const state = await stateOf(library);
      for (const number of placesIn(steps)) {
        await killBefore(number, library);
        expect(await stateOf(library)).toEqual(state);
      }
      await expectUntouched(library, state);
    });
  });

  test('whose connection is ended before a step is a clear error, and leaves nothing half done', async () => {
    const { steps } = await withLibrary(url, planOf);
    for (const number of placesIn(steps)) {
      await withLibrary(url, async (library) => {
        const state = await stateOf(library);
        const orm = await Dovetail.init({ entities: after, ...library });
        const [row] = await orm.connection.query('select pg_backend_pid() as pid');
        const other = await driver.connect(library);
        const ended: Promise<unknown>[] = [];
        const onProgress = ({ kind, number: at }: Progress): void => {
          if (kind === 'started' && at === number)
            ended.push(other.query('select pg_terminate_backend($1, 5000)', [row?.pid]));
        };
        const error: unknown = await orm.schema.updateSchema({ onProgress }).catch((reason: unknown) => reason);
        await Promise.all(ended);
        await other.close();
        await orm.close();
        // A server with much to do may have carried out all statements before it sees to the other connection.
        if (number === 1 || error instanceof Error) {
          expect(String(error)).toMatch(/connection .* lost|terminating connection/iu);
          await expectUntouched(library, state);
        } else {
          await expectUpdatable(library);
        }
      });
    }
  });
});

describe('on a server of its own, an update', { timeout: 120_000 }, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startPostgresql('newest');
  });
  afterAll(() => server.stop());

  test('whose server process is killed is a clear error; the server recovers, and nothing is half done', async () => {
    await withLibrary(server.url, async (library) => {
      const { steps } = await planOf(library);
      const state = await stateOf(library);
      for (const number of placesIn(steps)) {
        const orm = await Dovetail.init({ entities: after, ...library });
        const [row] = await orm.connection.query('select pg_backend_pid() as pid');
        const onProgress = ({ kind, number: at }: Progress): void => {
          // When one process of the server dies like that, the server ends all others and recovers from its log.
          if (kind === 'started' && at === number) process.kill(Number(row?.pid), 'SIGKILL');
        };
        const witness = await driver.connect(library);
        const ended = witness.query('select pg_sleep(60)').catch(() => undefined);
        await expect(orm.schema.updateSchema({ onProgress })).rejects.toThrow(/connection .* lost/u);
        await orm.close();
        // Until it has ended all others, the server has not noticed, and still lets people in.
        await ended;
        await witness.close();
        await recovery(library);
        expect(await stateOf(library)).toEqual(state);
      }
      await expectUntouched(library, state);
    });
  });
});

/** Waits until the server lets anybody in again. */
async function recovery(library: Library): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const connection = await driver.connect(library);
      await connection.close();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
