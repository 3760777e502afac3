import { Entity, Property, type DovetailBase, type Progress } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { mariadb, mysql, type TestSite } from '../databases/index.js';
import { library } from '../fixtures/library.js';

class Heading {
  @Property({ type: 'string' }) declare heading: string;
}
Entity({ tableName: 'headings', view: true, expression: 'select heading from book' })(Heading);

const { before, after: tables } = library();
const after = [...tables, Heading];

async function prepare(site: TestSite): Promise<void> {
  const orm = await site.init({ entities: before });
  await orm.schema.createSchema();
  await site.connection.execute(`insert into author (name) values ('Ada'), ('Bob')`);
  await site.connection.execute(`insert into book (title, author_id) values ('One', 1), ('Two', 2), ('Three', 2)`);
}

async function expectConverged(site: TestSite): Promise<void> {
  const orm = await site.init({ entities: after });
  await orm.schema.updateSchema();
  expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  const rows = 'select heading, full_name from book join writer on writer.id = author_id order by book.id';
  expect(await site.connection.query(rows)).toEqual([
    { heading: 'One', full_name: 'Ada' },
    { heading: 'Two', full_name: 'Bob' },
    { heading: 'Three', full_name: 'Bob' },
  ]);
}

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
