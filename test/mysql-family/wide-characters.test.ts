import { Check, DovetailError, Entity, type EntityClass, Enum, PrimaryKey, Property } from '@dovetail/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mariadb, mysql, type TestDatabase, type TestSite } from '../databases/index.js';

async function given({ create }: TestDatabase): Promise<TestSite> {
  const site = await create();
  onTestFinished(() => site.dispose());
  return site;
}

async function refusal(site: TestSite, entity: EntityClass): Promise<readonly string[]> {
  const { schema } = await site.init({ entities: [entity] });
  const error: unknown = await schema.plan().catch((reason: unknown) => reason);
  return error instanceof DovetailError ? error.problems.map(({ where, what }) => `${where}: ${what}`) : [];
}

describe.each([mysql, mariadb])('characters beyond U+FFFF on $name', (database) => {
  test('are kept in expressions, and the catalog is quiet', async () => {
    const site = await given(database);
    class Note {
      @PrimaryKey({ type: 'integer' }) declare id: number;
      @Property({ type: 'text', defaultRaw: "('🦆 quack')" }) declare text: string;
      @Property({ type: 'string', generated: "(concat(text, '🦆')) stored" }) declare loud: string;
    }
    Check({ name: 'no_duck', expression: "text <> '🦢'" })(Note);
    Entity({ tableName: 'note' })(Note);
    const { schema } = await site.init({ entities: [Note] });
    await schema.updateSchema();
    await site.connection.execute('insert into note (id) values (1)');

    expect(await site.connection.query('select text, loud from note')).toEqual([
      { text: '🦆 quack', loud: '🦆 quack🦆' },
    ]);
    await expect(site.connection.execute("insert into note (id, text) values (2, '🦢')")).rejects.toThrow('no_duck');
    expect(await schema.getUpdateSchemaSQL()).toBe('');
  });

  test('are refused where the catalog would lose them', async () => {
    const site = await given(database);
    class Note {
      @PrimaryKey({ type: 'integer', comment: '🦆' }) declare id: number;
      @Enum({ items: ['🦆', '🦢'] }) declare bird: string;
    }
    Entity({ tableName: 'note', comment: '🦢' })(Note);

    expect(await refusal(site, Note)).toEqual([
      expect.stringMatching(/^note: a comment takes no emoji/),
      expect.stringMatching(/^note\.id: a comment takes no emoji/),
      expect.stringMatching(/^note\.bird: an item of an enum or set takes no emoji/),
    ]);
  });
});

class Greeting {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'string', default: 'ü🦆' }) declare text: string;
}
Entity({ tableName: 'greeting' })(Greeting);

test('MySQL keeps them in a default that is a literal', async () => {
  const site = await given(mysql);
  const { schema } = await site.init({ entities: [Greeting] });
  await schema.updateSchema();
  await site.connection.execute('insert into greeting (id) values (1)');

  expect(await site.connection.query('select text from greeting')).toEqual([{ text: 'ü🦆' }]);
  expect(await schema.getUpdateSchemaSQL()).toBe('');
});

test('MariaDB would show no such default, so it is refused', async () => {
  expect(await refusal(await given(mariadb), Greeting)).toEqual([
    expect.stringMatching(/^greeting\.text: a default takes no emoji/),
  ]);
});
