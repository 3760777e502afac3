import type { EntityClass, Progress } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { failureOf, given } from './given.js';

const author = (members: Members = {}): EntityClass => entity('Author', { id, name: text(), ...members });
const before: readonly EntityClass[] = [author()];
const after: readonly EntityClass[] = [author({ age: integer({ default: 1 }) }), entity('Book', { id })];

/** Data that a program has read back is of the type that it was written with. */
function isAlike<Data>(read: unknown, written: Data): read is Data {
  return JSON.stringify(read) === JSON.stringify(written);
}

describe.each(databases)('plans on $name', (database) => {
  test('are plain data: stored as JSON and applied later, they do the same', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const plan = await orm.schema.plan();
    const stored: unknown = JSON.parse(JSON.stringify(plan));
    expect(stored).toEqual(plan);
    if (!isAlike(stored, plan)) throw new Error('The plan is another one.');

    await orm.schema.apply(stored);

    await site.alreadyIs(after);
  });

  test('are the same each time', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);

    expect(await orm.schema.plan()).toEqual(await orm.schema.plan());
  });

  test('say of each step what it does, and what it comes from', async () => {
    const site = await given(database, before);
    const { steps } = await (await site.init(after)).schema.plan();

    for (const step of steps) {
      expect(step.description).toMatch(/^[A-Z].*\.$/);
      expect(step.changes).not.toEqual([]);
    }
  });

  test('are refused when the database has changed in between', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const plan = await orm.schema.plan();
    await site.execute('create table intruder (id integer)');

    const error = await failureOf(() => orm.schema.apply(plan));

    expect(error.code).toBe('schema-changed');
    expect(await site.hasTable('book')).toBe(false);
  });

  test('are refused the second time', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const plan = await orm.schema.plan();
    await orm.schema.apply(plan);

    expect((await failureOf(() => orm.schema.apply(plan))).code).toBe('schema-changed');
  });

  test('tell their progress, step by step', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const plan = await orm.schema.plan();
    const told: Progress[] = [];

    await orm.schema.apply(plan, { onProgress: (progress) => told.push(progress) });

    expect(told.map(({ kind, number }) => `${kind} ${number}`)).toEqual(
      plan.steps.flatMap((_step, index) => [`started ${index + 1}`, `finished ${index + 1}`]),
    );
    expect(new Set(told.map(({ total }) => total))).toEqual(new Set([plan.steps.length]));
    expect(told.filter(({ kind }) => kind === 'started').map(({ step }) => step)).toEqual(plan.steps);
  });

  test('stop when they are told to, and say so', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const stop = new AbortController();

    const error = await failureOf(() =>
      orm.schema.updateSchema({ signal: stop.signal, onProgress: () => stop.abort('enough') }),
    );

    expect(error.code).toBe('aborted');
    expect(error.cause).toBe('enough');
    if (database.capabilities.transactionalDdl) await site.alreadyIs(before);
    await site.become(after);
  });

  test('stop when the listener of their progress throws', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const onProgress = (): void => {
      throw new Error('no more');
    };

    await expect(orm.schema.updateSchema({ onProgress })).rejects.toThrow('no more');

    await site.alreadyIs(before);
    await site.become(after);
  });

  test('of another database are refused', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);
    const plan = await orm.schema.plan();

    const error = await failureOf(() => orm.schema.apply({ ...plan, database: 'Elsewhere' }));

    expect(error.message).toContain('Elsewhere');
    await site.alreadyIs(before);
  });

  test('do nothing when they are stopped before they begin', async () => {
    const site = await given(database, before);
    const orm = await site.init(after);

    const error = await failureOf(() => orm.schema.updateSchema({ signal: AbortSignal.abort() }));

    expect(error.code).toBe('aborted');
    await site.alreadyIs(before);
  });

  test('of two programs that update at once, one does the work and both succeed', async () => {
    const site = await given(database, before);
    const [one, other] = [await site.init(after), await site.init(after)];

    await Promise.all([one.schema.updateSchema(), other.schema.updateSchema()]);

    await site.alreadyIs(after);
  });
});
