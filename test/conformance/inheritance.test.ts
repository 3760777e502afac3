import { Entity, type EntityClass, ManyToOne, PrimaryKey, Property, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { given } from './given.js';

/** A class hierarchy, made anew because a property may differ. */
function fleet(inheritance: 'single table' | 'joined tables', { withLoad = true } = {}): readonly EntityClass[] {
  @Entity(inheritance === 'joined tables' ? { inheritance: 'tpt' } : { discriminatorColumn: 'kind' })
  abstract class Vehicle {
    @PrimaryKey() id!: number;
    @Property() name!: string;
  }

  @Entity()
  class Car extends Vehicle {
    @Property() doors!: number;
  }

  @Entity()
  class Truck extends Vehicle {
    @ManyToOne(() => Car, { nullable: true }) escort?: object;
  }
  if (withLoad) Property({ type: t.integer, nullable: true })(Truck.prototype, 'load');
  return [Vehicle, Car, Truck];
}

describe.each(databases)('inheritance on $name', (database) => {
  describe('in a single table', () => {
    test('keeps the properties of all classes', async () => {
      const site = await given(database, fleet('single table'));

      const { columns, foreignKeys } = await site.table('vehicle');
      expect((await site.schema()).tables).toHaveLength(1);
      expect(columns.map(({ name, nullable }) => [name, nullable])).toEqual([
        ['id', false],
        ['name', false],
        ['kind', false],
        ['doors', true],
        ['escort_id', true],
        ['load', true],
      ]);
      expect(foreignKeys).toMatchObject([{ references: { table: { name: 'vehicle' } } }]);
    });

    test('gains a property and loses it', async () => {
      const site = await given(database, fleet('single table', { withLoad: false }));
      await site.insert('vehicle', { id: 1, name: 'Bus', kind: 'car', doors: 3 });

      await site.become(fleet('single table'));
      expect(await site.column('vehicle', 'load')).toMatchObject({ nullable: true });

      await site.become(fleet('single table', { withLoad: false }));
      expect(await site.rows('vehicle')).toEqual([{ id: 1, name: 'Bus', kind: 'car', doors: 3, escort_id: null }]);
    });
  });

  describe('in joined tables', () => {
    test('has a table for each class, joined by the primary key', async () => {
      const site = await given(database, fleet('joined tables'));

      expect((await site.schema()).tables.map(({ name }) => name)).toEqual(['car', 'truck', 'vehicle']);
      expect(await site.table('car')).toMatchObject({
        columns: [{ name: 'id' }, { name: 'doors' }],
        primaryKey: { columns: ['id'] },
        foreignKeys: [{ columns: ['id'], references: { table: { name: 'vehicle' } }, onDelete: 'cascade' }],
      });
    });

    test('gains a property', async () => {
      const site = await given(database, fleet('joined tables', { withLoad: false }));
      await site.insert('vehicle', { id: 1, name: 'Big' });
      await site.insert('truck', { id: 1, escort_id: null });

      await site.become(fleet('joined tables'));

      expect(await site.rows('truck')).toEqual([{ id: 1, escort_id: null, load: null }]);
    });
  });

  test('of an abstract base class gives its properties to each table', async () => {
    abstract class Base {
      @PrimaryKey() id!: number;
      @Property({ index: true }) createdAt!: Date;
    }
    @Entity()
    class City extends Base {}
    @Entity()
    class River extends Base {}

    const site = await given(database, [City, River]);

    expect((await site.table('city')).indexes).toMatchObject([{ name: 'city_created_at_index' }]);
    expect((await site.table('river')).columns.map(({ name }) => name)).toEqual(['id', 'created_at']);
  });
});
