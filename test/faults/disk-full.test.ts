import { expect, onTestFinished, test } from 'vitest';
import { consent, makeShelf } from './shelf.js';
import { readState } from './state.js';

// The database may grow by so many pages: none, a few, all but the last.
test.each([0, 1, 5, 20, 60, 100, 140])(
  'a disk that is full after %i more pages leaves all as it was',
  async (pages) => {
    const shelf = await makeShelf(5_000);
    onTestFinished(() => shelf.dispose());
    const before = await readState(shelf.dbName);
    const { connection, schema } = await shelf.open();
    const [size] = await connection.query('pragma page_count');
    await connection.query(`pragma max_page_count = ${Number(size?.page_count) + pages}`);

    const update = schema.updateSchema(consent);
    await expect(update).rejects.toMatchObject({ name: 'DovetailError', code: 'statement-failed' });
    await expect(update).rejects.toThrow('database or disk is full');
    expect(await readState(shelf.dbName)).toEqual(before);
    expect(before.problems).toEqual([]);
    expect(await connection.query('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }]);

    await connection.query('pragma max_page_count = 1000000');
    await schema.updateSchema(consent);
    expect((await schema.plan(consent)).steps).toEqual([]);
  },
);
