import { describe, expect, test } from 'vitest';
import { Check, Embeddable, Embedded, Entity, Index, ManyToOne, PrimaryKey, Property } from '../decorators/index.js';
import { column, columnNames, discover, discoverOne } from './discover.fixture.js';

@Embeddable()
class Point {
  @Property() lat = 0;
  @Property() lng!: number;
}

@Check({ expression: (columns) => `length(${columns.zip ?? ''}) = 5` })
@Embeddable()
class Address {
  @Index() @Property() zip!: string;
  @Embedded(() => Point, { prefix: 'at_' }) position!: Point;
}

test('an embedded object has its properties in columns that begin with its name', async () => {
  @Entity()
  class Shop {
    @PrimaryKey() id!: number;
    @Embedded() homeAddress!: Address;
  }

  const shop = await discoverOne(Shop);

  expect(columnNames(shop)).toEqual(['id', 'home_address_zip', 'home_address_at_lat', 'home_address_at_lng']);
  expect(shop.indexes[0]).toMatchObject({ name: { text: 'shop_home_address_zip_index' } });
  expect(shop.checks[0]?.expression).toEqual({ kind: 'expression', sql: 'length(home_address_zip) = 5' });
  expect(shop.properties[1]).toEqual({
    kind: 'embedded',
    name: 'homeAddress',
    properties: [
      { kind: 'scalar', name: 'zip', column: 'home_address_zip' },
      {
        kind: 'embedded',
        name: 'position',
        properties: [
          { kind: 'scalar', name: 'lat', column: 'home_address_at_lat' },
          { kind: 'scalar', name: 'lng', column: 'home_address_at_lng' },
        ],
      },
    ],
  });
});

describe('the prefix of an embedded object', () => {
  test.each([
    [{ prefix: false }, ['lat', 'lng']],
    [{ prefix: 'p_' }, ['p_lat', 'p_lng']],
    [{}, ['position_lat', 'position_lng']],
  ])('is what %j says', async (options, expected) => {
    class Shop {
      id!: number;
    }
    PrimaryKey({ type: 'integer' })(Shop.prototype, 'id');
    Embedded(() => Point, options)(Shop.prototype, 'position');
    Entity()(Shop);

    expect(columnNames(await discoverOne(Shop)).slice(1)).toEqual(expected);
  });

  test('stands alone where it is absolute', async () => {
    @Embeddable()
    class Venue {
      @Embedded(() => Point, { prefix: 'venue_', prefixMode: 'absolute' }) position!: Point;
    }
    @Entity()
    class Concert {
      @PrimaryKey() id!: number;
      @Embedded(() => Venue) place!: Venue;
    }

    expect(columnNames(await discoverOne(Concert))).toEqual(['id', 'venue_lat', 'venue_lng']);
  });
});

test('a nullable embedded object makes all its columns nullable, and starts with none of their defaults', async () => {
  @Entity()
  class Shop {
    @PrimaryKey() id!: number;
    @Embedded(() => Address, { nullable: true }) address?: Address;
    @Embedded(() => Point) sign!: Point;
  }

  const shop = await discoverOne(Shop);

  expect(shop.columns.filter(({ nullable }) => nullable).map(({ name }) => name)).toEqual([
    'address_zip',
    'address_at_lat',
    'address_at_lng',
  ]);
  expect(column(shop, 'address_at_lat').default).toBeUndefined();
  expect(column(shop, 'sign_lat').default).toBeDefined();
});

test('an embedded object or array of objects may be one JSON column', async () => {
  @Entity()
  class Shop {
    @PrimaryKey() id!: number;
    @Embedded(() => Address, { object: true, nullable: true }) address?: Address;
    @Embedded({ entity: () => Point, array: true, default: [] }) route!: Point[];
  }

  const shop = await discoverOne(Shop);

  expect(column(shop, 'address')).toMatchObject({ type: { kind: 'logical', type: 'json' }, nullable: true });
  expect(column(shop, 'route').default).toEqual({ kind: 'value', value: { kind: 'json', value: '[]' } });
});

test('an embedded object may reference an entity', async () => {
  @Entity()
  class Country {
    @PrimaryKey() code!: string;
  }
  @Embeddable()
  class Origin {
    @ManyToOne(() => Country) country!: object;
  }
  @Entity()
  class Wine {
    @PrimaryKey() id!: number;
    @Embedded(() => Origin, { nullable: true }) origin?: Origin;
  }

  const wine = (await discover([Country, Wine]))('Wine');

  expect(wine.foreignKeys[0]).toMatchObject({
    origin: 'Wine.origin.country',
    columns: ['origin_country_code'],
    onDelete: 'set null',
  });
});

describe('an embedded object of several classes', () => {
  @Embeddable({ abstract: true, discriminatorColumn: 'species' })
  abstract class Animal {
    @Property() name!: string;
  }
  @Embeddable({ discriminatorValue: 'cat' })
  class Cat extends Animal {
    @Property() lives!: number;
  }
  @Embeddable({ discriminatorValue: 'dog' })
  class Dog extends Animal {
    @Property() tricks!: number;
  }

  const expected = [
    ['id', false],
    ['pet_name', false],
    ['pet_lives', true],
    ['pet_tricks', true],
    ['pet_species', false],
  ];

  test('has the columns of all of them, and one that tells them apart', async () => {
    @Entity()
    class Owner {
      @PrimaryKey() id!: number;
      @Embedded(() => [Cat, Dog]) pet!: object;
    }

    expect((await discoverOne(Owner)).columns.map(({ name, nullable }) => [name, nullable])).toEqual(expected);
  });

  test('finds them by their base class, among the entities', async () => {
    @Entity()
    class Owner {
      @PrimaryKey() id!: number;
      @Embedded(() => Animal) pet!: object;
    }

    const owner = (await discover([Owner, Cat, Dog]))('Owner');

    expect(owner.columns.map(({ name, nullable }) => [name, nullable])).toEqual(expected);
  });
});
