import type { EntityClass, RowProgress } from '@dovetail/core';
import { PrimaryKey, t } from '@dovetail/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { entity, id, integer, type MemberDecorator, type Members } from '../conformance/entity.js';
import { failureOf, type Given, given } from '../conformance/given.js';
import { sqlite } from '../databases/index.js';

const count = 25_000;
const reading = (key: MemberDecorator, members: Members = {}): EntityClass =>
  entity('Reading', { id: key, value: integer(), ...members });

// An own key is the rowid; one of two columns leaves the rowid to itself.
const keys = [
  { key: 'a number', decorator: id },
  { key: 'a text', decorator: PrimaryKey({ type: t.string }) },
];

describe.each(keys)('a large table with $key for its key that is made anew', ({ decorator }) => {
  let site: Given;

  beforeEach(async () => {
    site = await given(sqlite, [reading(decorator)]);
    await site.execute(`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
      insert into reading (rowid, id, value) select n * 3 - 40, n * 3 - 40, n from numbers`);
  });

  test('says how many of its rows are copied, and keeps them all', async () => {
    const rows = await contents();
    const orm = await site.init([reading(decorator, { value: integer({ check: 'value > 0' }) })]);
    const progress: (RowProgress | undefined)[] = [];

    await orm.schema.updateSchema({
      onProgress: (event) => {
        if (event.kind === 'advanced') progress.push(event.rows);
      },
    });

    expect(progress.map((part) => part?.done)).toEqual([10_000, 20_000, count]);
    expect(await contents()).toEqual(rows);
    await site.rejects('insert into reading (id, value) values (-100, 0)');
  });

  test('is stopped in the middle by a signal, and stays as it was', async () => {
    const rows = await contents();
    const after = [reading(decorator, { value: integer({ check: 'value > 0' }) })];
    const orm = await site.init(after);
    const abort = new AbortController();
    const done: (number | undefined)[] = [];

    const error = await failureOf(() =>
      orm.schema.updateSchema({
        signal: abort.signal,
        onProgress: ({ rows: part }) => {
          done.push(part?.done);
          if (part?.done === 10_000) setImmediate(() => abort.abort());
        },
      }),
    );

    expect(error.code).toBe('aborted');
    expect(done.at(-1)).toBe(20_000);
    expect(await contents()).toEqual(rows);
    await site.become(after);
  });

  async function contents(): Promise<unknown> {
    return site.connection.query('select rowid as place, id, value from reading order by rowid');
  }
});
