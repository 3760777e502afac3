import { Entity, type EntityClass, Property } from '@dovetail/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id } from '../conformance/entity.js';
import { postgresql, type TestSite } from '../databases/index.js';

const stock = entity('Stock', { id }, Entity({ schema: 'shop' }));
const thing = (columnType: string): EntityClass => entity('Thing', { id, mood: Property({ columnType }) });

/** The enum types, those of another schema with its name. */
async function enumsOf(site: TestSite, orm: Awaited<ReturnType<TestSite['init']>>): Promise<readonly string[]> {
  const { enums } = await orm.driver.introspect(site.connection, { namespaces: ['shop'] });
  return enums.map(({ schema, name }) => (schema === undefined ? name : `${schema}.${name}`));
}

describe.each(postgresql)('an enum that no entity has as its own, on $name', (database) => {
  async function given(script: string): Promise<TestSite> {
    const site = await database.create();
    onTestFinished(() => site.dispose());
    await site.runScript(
      `create schema shop; create type mood as enum ('calm'); create type shop.mood as enum ('calm'); ${script}`,
    );
    return site;
  }

  test.each([
    { columnType: 'mood', stays: 'mood' },
    { columnType: 'mood[]', stays: 'mood' },
    { columnType: 'shop.mood', stays: 'shop.mood' },
    { columnType: '"shop"."mood"[]', stays: 'shop.mood' },
  ])('stays where a column has the type $columnType', async ({ columnType, stays }) => {
    const site = await given(`create table thing (id serial primary key, mood ${columnType} not null)`);
    const orm = await site.init({ entities: [thing(columnType), stock] });
    await orm.schema.updateSchema();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    expect(await enumsOf(site, orm)).toContain(stays);
  });

  test('stays where a table has it that is not to be dropped, and goes with the table', async () => {
    const site = await given('create table thing (id serial primary key, mood mood)');
    const orm = await site.init({ entities: [stock] });
    await orm.schema.updateSchema({ dropTables: false });
    expect(await orm.schema.getUpdateSchemaSQL({ dropTables: false })).toBe('');
    expect(await enumsOf(site, orm)).toEqual(['mood']);
    await orm.schema.updateSchema();
    expect(await enumsOf(site, orm)).toEqual([]);
  });

  test('stays where a table has it that is none of the entities', async () => {
    const site = await given('create table legacy (mood mood)');
    const orm = await site.init({ entities: [stock], schemaGenerator: { skipTables: ['legacy'] } });
    await orm.schema.updateSchema();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    expect(await enumsOf(site, orm)).toEqual(['mood']);
  });

  test('goes where nothing has it', async () => {
    const site = await given('create table thing (id serial primary key, mood mood not null)');
    const orm = await site.init({ entities: [thing('text'), stock] });
    await orm.schema.updateSchema();
    expect(await enumsOf(site, orm)).toEqual([]);
  });
});
