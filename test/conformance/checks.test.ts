import { Check, type CheckOptions, type EntityClass, Property, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { type Given, given } from './given.js';
import { matching } from './matching.js';

const range = (...checks: readonly CheckOptions[]): readonly EntityClass[] => withMembers({}, ...checks);
const withMembers = (members: Members, ...checks: readonly CheckOptions[]): readonly EntityClass[] => [
  entity('Range', { id, low: integer(), high: integer(), ...members }, ...checks.map((check) => Check(check))),
];

async function checkNames(site: Given): Promise<readonly (string | undefined)[]> {
  return (await site.table('range')).checks.map(({ name }) => name).sort();
}

describe.each(databases)('checks on $name', (database) => {
  test('hold for every row', async () => {
    const site = await given(database, range({ expression: 'low < high' }));
    await site.insert('range', { low: 1, high: 2 });

    await site.rejects('insert into range (low, high) values (2, 1)');
  });

  test('stand on a property as well', async () => {
    const site = await given(database, withMembers({ step: integer({ check: 'step > 0' }) }));

    expect(await checkNames(site)).toEqual(['range_step_check']);
    await site.rejects('insert into range (low, high, step) values (1, 2, 0)');
  });

  test('are added to rows that meet them', async () => {
    const site = await given(database, range());
    await site.insert('range', { low: 1, high: 2 });

    await site.become(range({ name: 'ordered', expression: 'low < high' }));

    expect(await checkNames(site)).toEqual(['ordered']);
    expect(await site.count('range')).toBe(1);
  });

  test('are not added to rows that do not meet them', async () => {
    const site = await given(database, range());
    await site.insert('range', { low: 1, high: 2 }, { low: 3, high: 2 });

    const error = await site.refuses(range({ name: 'ordered', expression: 'low < high' }));

    expect(error.code).toBe('precheck-failed');
    expect(error.problems).toMatchObject([{ where: 'range.ordered', what: matching(/^1 row does not meet/) }]);
  });

  test('are added to rows for which the condition is neither true nor false', async () => {
    const site = await given(database, withMembers({ step: integer({ nullable: true }) }));
    await site.insert('range', { low: 1, high: 2, step: null });

    await site.become(withMembers({ step: integer({ nullable: true, check: 'step > 0' }) }));

    expect(await site.values('range', 'step')).toEqual([null]);
  });

  test('are added together with the column that they speak of', async () => {
    const site = await given(database, range());
    await site.insert('range', { low: 1, high: 2 });

    await site.become(withMembers({ step: integer({ default: 1, check: 'step between 1 and high' }) }));

    expect(await site.values('range', 'step')).toEqual([1]);
    await site.rejects('insert into range (low, high, step) values (1, 2, 3)');
  });

  test.each([
    ['a number', 'low > 1.5', 'low > 2.5', { low: 2, high: 9 }],
    ['the case of a letter in a text', "label <> 'a'", "label <> 'A'", { low: 3, high: 9, label: 'A' }],
    ['an operator', 'low <= high', 'low < high', { low: 3, high: 3 }],
    ['a bound', 'low between 1 and 20', 'low between 1 and 10', { low: 15, high: 20 }],
  ] as const)('change in %s under one name', async (_case, before, after, refused) => {
    const check = (expression: string): readonly EntityClass[] =>
      withMembers({ label: text({ default: 'x' }) }, { name: 'rule', expression });
    const site = await given(database, check(before));
    await site.insert('range', { low: 3, high: 4 });

    await site.become(check(after));

    expect(await checkNames(site)).toEqual(['rule']);
    await expect(site.insert('range', refused)).rejects.toThrow();
    expect(await site.count('range')).toBe(1);
  });

  test('change their name', async () => {
    const site = await given(database, range({ name: 'ordered', expression: 'low < high' }));

    await site.become(range({ name: 'in_order', expression: 'low < high' }));

    expect(await checkNames(site)).toEqual(['in_order']);
  });

  test('are dropped', async () => {
    const site = await given(database, range({ expression: 'low < high' }, { expression: 'low > 0' }));
    await site.insert('range', { low: 1, high: 2 });

    await site.become(range({ expression: 'low > 0' }));

    await site.insert('range', { low: 2, high: 1 });
    await site.rejects('insert into range (low, high) values (0, 1)');
  });

  test('survive a change of their table', async () => {
    const check = { name: 'ordered', expression: 'low < high' };
    const site = await given(database, range(check));
    await site.insert('range', { low: 1, high: 2 });

    await site.become(withMembers({ high: Property({ type: t.bigint }) }, check));

    expect(await checkNames(site)).toEqual(['ordered']);
    expect(await site.values('range', 'low')).toEqual([1]);
  });
});
