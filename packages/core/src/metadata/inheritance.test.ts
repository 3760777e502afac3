import { describe, expect, test } from 'vitest';
import { Check, Entity, Index, ManyToOne, OneToMany, PrimaryKey, Property } from '../decorators/index.js';
import { discoverEntities } from './discover-entities.js';
import { column, columnNames, discover } from './discover.fixture.js';

describe('a base class without a table', () => {
  @Index({ properties: 'createdAt' })
  abstract class Base {
    @PrimaryKey() id!: number;
    @Property() createdAt!: Date;
  }

  @Entity({ abstract: true })
  abstract class Named extends Base {
    @Property() name!: string;
  }

  @Entity()
  class City extends Named {
    @Property({ length: 3 }) declare name: string;
    @Property() population!: number;
  }

  @Entity()
  class River extends Named {}

  test('gives its properties to the classes that extend it, before their own', async () => {
    const metadata = await discover([City, River, Named]);

    expect(columnNames(metadata('City'))).toEqual(['id', 'created_at', 'name', 'population']);
    expect(columnNames(metadata('River'))).toEqual(['id', 'created_at', 'name']);
    expect(() => metadata('Named')).toThrow();
  });

  test('gives them its indexes, and lets them declare a property anew', async () => {
    const metadata = await discover([City, River]);

    expect(metadata('City').indexes.map(({ name }) => name.text)).toEqual(['city_created_at_index']);
    expect(column(metadata('City'), 'name').attributes.length).toBe(3);
    expect(column(metadata('River'), 'name').attributes.length).toBeUndefined();
  });
});

describe('single table inheritance', () => {
  @Entity({ discriminatorColumn: 'kind' })
  abstract class Vehicle {
    @PrimaryKey() id!: number;
    @Property() wheels = 4;
  }

  @Entity({ discriminatorValue: 'car' })
  class Car extends Vehicle {
    @Property() doors = 5;
    @Property({ name: 'payload', type: 'decimal' }) luggage!: string;
  }

  @Check({ expression: 'payload > 0' })
  @Entity({ discriminatorValue: 'truck' })
  class Truck extends Vehicle {
    @Property({ name: 'payload', type: 'decimal' }) load!: string;
    @ManyToOne(() => Car, { nullable: false }) escort!: object;
  }

  test('puts all classes into one table, where what is not of all of them is nullable', async () => {
    const { entities, classes } = await discoverEntities({ entities: [Car, Truck] });
    const [vehicle] = entities;

    expect(entities).toHaveLength(1);
    expect([...classes.values()]).toEqual(['Vehicle', 'Vehicle', 'Vehicle']);
    expect(vehicle?.tableName).toBe('vehicle');
    expect(vehicle?.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['id', false],
      ['wheels', false],
      ['kind', false],
      ['doors', true],
      ['payload', true],
      ['escort_id', true],
    ]);
  });

  test('tells the classes apart by an indexed column of texts', async () => {
    const vehicle = (await discover([Vehicle, Car]))('Vehicle');

    expect(column(vehicle, 'kind').type).toEqual({ kind: 'logical', type: 'string' });
    expect(vehicle.indexes.map(({ name }) => name.text)).toEqual(['vehicle_kind_index']);
  });

  test('gives no default of one class to the rows of another', async () => {
    const vehicle = (await discover([Vehicle, Car]))('Vehicle');

    expect(column(vehicle, 'wheels').default).toBeDefined();
    expect(column(vehicle, 'doors').default).toBeUndefined();
  });

  test('references the shared table where a class of it is the target', async () => {
    const vehicle = (await discover([Vehicle, Car, Truck]))('Vehicle');

    expect(vehicle.foreignKeys[0]?.target).toEqual({ className: 'Vehicle', columns: ['id'] });
    expect(vehicle.checks).toHaveLength(1);
  });

  test('has the discriminator in a declared property where there is one', async () => {
    @Entity({ discriminatorColumn: 'type', discriminatorMap: { shop: 'Shop' } })
    class Place {
      @PrimaryKey() id!: number;
      @Property({ length: 10 }) type!: string;
    }
    @Entity()
    class Shop extends Place {}

    const place = (await discover([Place, Shop]))('Place');

    expect(columnNames(place)).toEqual(['id', 'type']);
    expect(column(place, 'type').attributes.length).toBe(10);
  });
});

describe('joined inheritance', () => {
  @Entity({ inheritance: 'tpt', schema: 'staff' })
  class Person {
    @PrimaryKey() id!: number;
    @Property() name!: string;
    @ManyToOne(() => Manager, { nullable: true }) boss?: object;
  }

  @Entity()
  class Employee extends Person {
    @Property() salary!: number;
  }

  @Entity()
  class Manager extends Employee {
    @OneToMany(() => Employee, 'boss') team!: object[];
    @Property() level!: number;
  }

  test('gives each class a table with its own properties, joined by the primary key', async () => {
    const metadata = await discover([Manager]);

    expect(columnNames(metadata('Person'))).toEqual(['id', 'name', 'boss_id']);
    expect(columnNames(metadata('Employee'))).toEqual(['id', 'salary']);
    expect(columnNames(metadata('Manager'))).toEqual(['id', 'level']);
    expect(metadata('Manager')).toMatchObject({ schema: 'staff', primaryKey: ['id'] });
    expect(column(metadata('Manager'), 'id')).toMatchObject({
      type: { kind: 'same-as', className: 'Employee', column: 'id' },
      nullable: false,
    });
    expect(column(metadata('Manager'), 'id').autoincrement).toBeUndefined();
    expect(metadata('Manager').foreignKeys[0]).toMatchObject({
      name: { text: 'manager_id_foreign' },
      target: { className: 'Employee', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'cascade',
    });
    expect(metadata('Person').foreignKeys[0]?.target.className).toBe('Manager');
  });
});

test('an entity that extends another without either has a table with all properties', async () => {
  @Entity()
  class Note {
    @PrimaryKey() id!: number;
  }
  @Entity()
  class SignedNote extends Note {
    @Property() by!: string;
  }

  const metadata = await discover([Note, SignedNote]);

  expect(columnNames(metadata('Note'))).toEqual(['id']);
  expect(columnNames(metadata('SignedNote'))).toEqual(['id', 'by']);
});
