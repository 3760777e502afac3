import { Property, t } from '@dovetail/core';
import { Dovetail } from '@dovetail/postgresql';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id } from '../conformance/entity.js';
import { failureOf } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';

const number = Property({ type: t.integer });
const book = entity('Book', { id, number });

describe.each(postgresql)('a statement that runs longer than it may on $name', (database) => {
  async function given(wanted: readonly (typeof book)[]) {
    const site = await database.create();
    onTestFinished(() => site.dispose());
    await (await site.init({ entities: [book] })).schema.updateSchema();
    await site.connection.execute('insert into book (number) values (1)');
    const orm = await Dovetail.init({
      ...site.connectionOptions,
      entities: wanted,
      ensureDatabase: false,
      statementTimeout: 400,
    });
    onTestFinished(() => orm.close());
    return orm;
  }

  test('is told with what lets it run', async () => {
    const orm = await given([book]);

    const error = await failureOf(() => orm.connection.query('select pg_sleep(5)'));

    expect(error.code).toBe('statement-failed');
    expect(error.problems.map(({ remedy }) => remedy).join()).toContain('statementTimeout');
  });

  test('is told from one that was cancelled on the same connection before', async () => {
    const { connection } = await given([book]);
    const sleep = (): Promise<unknown> => connection.query('select pg_sleep(5)').catch((error: unknown) => error);

    const sleeping = sleep();
    await setTimeout(100);
    await connection.cancel?.();

    expect(String(await sleeping)).toContain('user request');
    expect(await sleep()).toMatchObject({ code: 'statement-failed', problems: [{ where: 'statement' }] });
  });

  test('is told where it was a check of rows, and of which', async () => {
    const slow = Property({ type: t.integer, check: 'pg_sleep(5) is not null' });
    const orm = await given([entity('Book', { id, number: slow })]);

    const error = await failureOf(() => orm.schema.updateSchema());

    expect(error.code).toBe('precheck-failed');
    const [problem] = error.problems;
    expect(problem?.where).toMatch(/^book[.]/);
    expect(problem?.remedy).toContain('statementTimeout');
  });
});
