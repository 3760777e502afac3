import { explain, type Plan } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, text } from './entity.js';
import { given } from './given.js';

const parsePlan: (text: string) => Plan = JSON.parse;

describe.each(databases)('a plan on $name', (database) => {
  const before = [
    entity('Author', { id, name: text(), age: integer({ nullable: true }), fax: text({ nullable: true }) }),
  ];
  const after = [entity('Author', { id, fullName: text(), age: text({ length: 10 }) }), entity('Book', { id })];
  const renames = { 'author.fax': false } as const;

  test('is explained as a tree, with the numbers of the rows at stake', async () => {
    const site = await given(database, before);
    await site.insert('author', { id: 1, name: 'Ann', age: 30, fax: '1' }, { id: 2, name: 'Bob', age: null, fax: '2' });
    const { schema } = await site.init(after);
    const plan = await schema.plan({ renames });

    const lines = explain(plan, await schema.atStake(plan)).split('\n');

    expect(lines).toContain('+ table book');
    expect(lines).toContain('~ table author');
    expect(lines).toContain('  > column name → full_name (assumed, for only one reading fits)');
    expect(lines.some((line) => line.startsWith('  ~ column age: type ') && line.includes('null → not null'))).toBe(
      true,
    );
    expect(lines.some((line) => line.startsWith('  - column fax '))).toBe(true);
    expect(lines.some((line) => line.startsWith('! author.fax: 2 rows hold a value'))).toBe(true);
    expect(lines.some((line) => line.startsWith('! author.age: 1 row holds null'))).toBe(true);
  });

  test('is the same text in every run, and can be read back and applied', async () => {
    const site = await given(database, before);
    const { schema } = await site.init(after);

    const text = JSON.stringify(await schema.plan({ renames }));

    expect(JSON.stringify(await schema.plan({ renames }))).toBe(text);
    expect(parsePlan(text)).toMatchObject({ version: 1, database: database.driver.name, options: { renames } });
    await schema.apply(parsePlan(text));
    expect((await schema.plan()).steps).toEqual([]);
  });
});
