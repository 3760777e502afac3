import { Enum, Property } from '@dovetail/core';
import { generateEntities } from '@dovetail/entity-generator';
import { describe, expect, test } from 'vitest';
import { entity, id } from '../conformance/entity.js';
import { failureOf, given, givenNothing } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';

const shirt = (nativeEnumName: string, ...items: readonly string[]) =>
  entity('Shirt', { id, size: Enum({ items, nativeEnumName, default: 'S' }) });

describe.each(postgresql)('an enum type that is called as a type of $name is', (database) => {
  test.each(['text', 'name', 'int4', 'point', 'serial', '_text', 'pg_class', 'public.varchar'])(
    'refused in the default schema: %s',
    async (name) => {
      const site = await givenNothing(database);

      const error = await failureOf(async () => (await site.init([shirt(name, 'S', 'L')])).schema.updateSchema());

      expect(error.code).toBe('invalid-metadata');
      expect(error.problems.map(({ where }) => where)).toEqual(['Shirt.size']);
      expect(error.problems.map(({ remedy }) => remedy).join()).toContain('nativeEnumName');
    },
  );

  test.each(['shop.text', 'shop.int4', 'integer', 'varying'])('one of its own as %s', async (name) => {
    const site = await given(database, [shirt(name, 'S', 'L')]);
    await site.execute('insert into shirt default values');

    await site.become([shirt(name, 'XS', 'L', 'S')]);

    expect(await site.values('shirt', 'size')).toEqual(['S']);
    await site.rejects("insert into shirt (size) values ('M')");
  });

  test('left alone where it is in the default schema, and so are the columns of it', async () => {
    const site = await givenNothing(database);
    await site.execute(
      "create type public.point as enum ('a', 'b')",
      "create table shape (id serial primary key, kind public.point not null default 'a', place point not null)",
    );
    const column = (columnType: string, defaultRaw?: string) =>
      Property({ columnType, ...(defaultRaw !== undefined && { defaultRaw }) });
    const shape = entity('Shape', { id, kind: column('public.point', "'a'::public.point"), place: column('point') });

    await site.alreadyIs([shape]);

    const { files, unexpressed, differences } = await generateEntities(await site.init([shape]));
    expect(files.map((file) => file.text).join('')).toContain("columnType: 'public.point'");
    expect(unexpressed.map(({ what }) => what)).toContain('enum point');
    expect(differences).toEqual([]);
  });
});
