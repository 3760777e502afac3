import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';

describe.each(databases)('$name', ({ create }) => {
  test('says which database it is, without user and password', async () => {
    const site = await create();
    const { connectionOptions } = site;
    const orm = await site.init({ entities: [], discovery: { warnWhenNoEntities: false } });
    const [address] = Object.values<unknown>({ ...connectionOptions }).filter(isUrl);
    const server = address === undefined ? '' : `${new URL(address).host}/`;
    expect(orm.place).toBe(`${server}${connectionOptions.dbName}`);
    await site.dispose();
  });
});

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && value.includes('://');
}
