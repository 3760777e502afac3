// The default schema of a connection is PostgreSQL's own: whoever runs a script may have another one.

import type { DovetailBase } from '@dovetail/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, text } from '../conformance/entity.js';
import { postgresql } from '../databases/index.js';

describe.each(postgresql)('scripts, on $name', (database) => {
  test('mean the default schema of the program that made them, which has to exist', async () => {
    const site = await database.create();
    onTestFinished(() => site.dispose());
    const open = (schema?: string, ...members: readonly string[]): Promise<DovetailBase> => {
      const texts = Object.fromEntries(members.map((name) => [name, text({ nullable: true })]));
      return site.init({ entities: [entity('Note', { id, ...texts })], ...(schema !== undefined && { schema }) });
    };
    await (await open(undefined, 'content')).schema.updateSchema();
    await site.connection.execute("insert into note values (1, 'of somebody else')");
    await expect(open('shop', 'content')).rejects.toMatchObject({ code: 'connection-failed' });
    await site.connection.execute('create schema shop');
    await (await open('shop', 'content')).schema.updateSchema();

    const without = await open('shop');
    const script = await without.schema.getUpdateSchemaSQL();
    expect(script).toBe(
      'begin;\nset local search_path to "shop", public;\nalter table "note" drop column "content";\ncommit;\n',
    );
    await site.runScript(script);
    expect(await without.schema.getUpdateSchemaSQL()).toBe('');
    expect(await site.connection.query('select * from public.note')).toEqual([{ id: 1, content: 'of somebody else' }]);
  });
});
