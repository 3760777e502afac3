import type { DovetailBase, DovetailOptions } from '@dovetail/core';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Access, accessTo, placeNamed, withConnection, withOrm } from '../faults/random/place.js';
import { whenRecovered } from '../faults/random/recovery.js';
import { startMariadb, startMysql } from '../servers/mysql-family.js';
import type { RunningServer } from '../servers/server-process.js';
import { after, expectConverged, prepare } from './interrupted-update.js';

const cache = fileURLToPath(new URL('../../.cache/servers', import.meta.url));

describe.each([
  ['MySQL', startMysql],
  ['MariaDB', startMariadb],
] as const)('an update whose server is killed on %s', (system, start) => {
  let server: RunningServer;
  // A server that is killed is nobody else's.
  beforeAll(async () => {
    server = await start(cache);
  }, 60_000);
  afterAll(() => server.stop());

  test(
    'finishes when it is run again, whatever the statement before which that was',
    { timeout: 240_000 },
    async () => {
      for (let number = 1, total = 1; number <= total; number += 1) {
        const access = accessTo(placeNamed(system, server.url));
        await access.create();
        await onSite(access, prepare);
        total = await withOrm(access, { entities: after }, async (orm) => {
          const { steps } = await orm.schema.plan();
          await killedBefore(number, orm, server);
          return steps.length;
        });
        await whenRecovered(access, server);
        await onSite(access, expectConverged);
        await access.remove();
      }
    },
  );
});

type Site = Parameters<typeof prepare>[0];

function onSite(access: Access, body: (site: Site) => Promise<void>): Promise<void> {
  return withConnection(access, async (connection) => {
    const opened: DovetailBase[] = [];
    const init = async (options: Omit<DovetailOptions, 'dbName'>): Promise<DovetailBase> => {
      const orm = await access.init(options);
      opened.push(orm);
      return orm;
    };
    await body({ init, connection }).finally(() => Promise.all(opened.map((orm) => orm.close())));
  });
}

/** The server is gone before the statement of that number is sent. */
async function killedBefore(number: number, orm: DovetailBase, server: RunningServer): Promise<void> {
  const done: number[] = [];
  let restarted: Promise<void> = Promise.resolve();
  const update = orm.schema.updateSchema({
    onProgress: (progress) => {
      if (progress.kind === 'finished') done.push(progress.number);
      if (progress.kind !== 'started' || progress.number !== number) return;
      restarted = server.crash();
      // The update goes on when this function returns.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    },
  });
  await expect(update).rejects.toMatchObject({ code: 'connection-failed' });
  expect(done).toHaveLength(number - 1);
  await restarted;
}
