import type { DovetailBase, Progress } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { mariadb, mysql, type TestSite } from '../databases/index.js';
import { after, expectConverged, prepare } from './interrupted-update.js';

async function connectionId(orm: DovetailBase): Promise<number> {
  const [row] = await orm.connection.query('select connection_id() as id');
  return Number(row?.id);
}

describe.each([mysql, mariadb])('an update that ends early on $name', ({ create }) => {
  /** Runs `attempt` for every number of a step, on a database of its own. */
  async function atEachStep(
    attempt: (orm: DovetailBase, site: TestSite, number: number) => Promise<void>,
  ): Promise<void> {
    for (let number = 1, total = 1; number <= total; number += 1) {
      const site = await create();
      try {
        await prepare(site);
        const orm = await site.init({ entities: after });
        total = (await orm.schema.plan()).steps.length;
        expect(total).toBeGreaterThan(6);
        await attempt(orm, site, number);
        await expectConverged(site);
      } finally {
        await site.dispose();
      }
    }
  }

  test('the program ends before any statement', { timeout: 60_000 }, () =>
    atEachStep(async (orm, _site, number) => {
      const onProgress = (progress: Progress): void => {
        if (progress.kind === 'started' && progress.number === number) throw new Error('the program ends');
      };
      await expect(orm.schema.updateSchema({ onProgress })).rejects.toThrow('the program ends');
    }),
  );

  test('the server ends the connection while any statement runs', { timeout: 60_000 }, () =>
    atEachStep(async (orm, site, number) => {
      const id = await connectionId(orm);
      const onProgress = (progress: Progress): void => {
        if (progress.kind === 'started' && progress.number === number) void site.connection.execute(`kill ${id}`);
      };
      // The statement may be done before the server sees to the other connection.
      await orm.schema.updateSchema({ onProgress }).catch(() => undefined);
    }),
  );

  test('a statement that fails is told with the steps that were done and those that were not', async () => {
    const site = await create();
    try {
      await prepare(site);
      const orm = await site.init({ entities: after });
      const plan = await orm.schema.plan();
      const { length } = plan.steps;
      const steps = plan.steps.map((step, index) =>
        index === length - 1 ? { ...step, sql: 'alter table missing force' } : step,
      );
      const error: unknown = await orm.schema.apply({ ...plan, steps }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'statement-failed' });
      expect(String(error)).toContain(`Of ${length} steps, ${length - 1} were carried out and stay`);
      expect(String(error)).toContain(`step ${length}: not done: ${plan.steps.at(-1)?.description ?? ''}`);
      await expectConverged(site);
    } finally {
      await site.dispose();
    }
  });
});
