import {
  Embeddable,
  Embedded,
  Entity,
  type EntityClass,
  PrimaryKey,
  Property,
  type PropertyOptions,
  t,
} from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { type Given, given } from './given.js';

@Embeddable()
class Point {
  @Property({ type: t.integer }) lat!: number;
  @Property({ type: t.integer }) lng!: number;
}

@Embeddable()
class Address {
  @Property({ index: true }) city!: string;
  @Embedded(() => Point) position!: Point;
}

@Embeddable()
class LongAddress {
  @Property({ index: true }) city!: string;
  @Property({ nullable: true }) zip?: string;
  @Embedded(() => Point) position!: Point;
}

function shop(decorate: (prototype: object, name: string) => void): readonly EntityClass[] {
  @Entity()
  class Shop {
    @PrimaryKey() id!: number;
  }
  decorate(Shop.prototype, 'address');
  return [Shop];
}

async function columns(site: Given): Promise<readonly string[]> {
  return (await site.table('shop')).columns.map(({ name, nullable }) => (nullable ? `${name}?` : name));
}

describe.each(databases)('embedded objects on $name', (database) => {
  test('are columns, one inside another', async () => {
    const site = await given(database, shop(Embedded(() => Address)));

    expect(await columns(site)).toEqual(['id', 'address_city', 'address_position_lat', 'address_position_lng']);
    expect((await site.table('shop')).indexes).toMatchObject([{ parts: [{ column: 'address_city' }] }]);
  });

  test('are nullable as a whole', async () => {
    const site = await given(database, shop(Embedded(() => Point, { nullable: true })));

    expect(await columns(site)).toEqual(['id', 'address_lat?', 'address_lng?']);
  });

  test('gain a property, and lose it', async () => {
    const site = await given(database, shop(Embedded(() => Address)));
    await site.insert('shop', { id: 1, address_city: 'Bath', address_position_lat: 1, address_position_lng: 2 });

    await site.become(shop(Embedded(() => LongAddress)));
    expect(await columns(site)).toContain('address_zip?');

    await site.become(shop(Embedded(() => Address)));
    expect(await site.rows('shop')).toEqual([
      { id: 1, address_city: 'Bath', address_position_lat: 1, address_position_lng: 2 },
    ]);
  });

  test('rename a property in each place, by one hint', async () => {
    const entities = (name: string, previousName?: string): readonly EntityClass[] => {
      const hint = previousName === undefined ? {} : { previousName };
      @Embeddable()
      class Place {
        @Property({ type: t.string, name, ...hint }) city!: string;
      }
      @Embeddable()
      class Contact {
        @Embedded(() => Place) place!: Place;
      }
      @Entity()
      class Shop {
        @PrimaryKey() id!: number;
        @Embedded(() => Place) home!: Place;
        @Embedded(() => Place, { prefix: 'w_' }) work!: Place;
        @Embedded(() => Place, { prefix: false }) bare!: Place;
        @Embedded(() => Contact) inner!: Contact;
      }
      return [Shop];
    };
    const site = await given(database, entities('city'));
    await site.insert('shop', { id: 1, home_city: 'a', w_city: 'b', city: 'c', inner_place_city: 'd' });

    await site.become(entities('town', 'city'));

    expect(await site.rows('shop')).toEqual([{ id: 1, home_town: 'a', w_town: 'b', town: 'c', inner_place_town: 'd' }]);
  });

  test('rename a column that their hint names as it was called, prefix and all', async () => {
    const site = await given(database, placed({ name: 'city' }));
    await site.insert('shop', { id: 1, home_city: 'a', bare_city: 'b' });

    await site.become(placed({ name: 'town', previousName: 'home_city' }));

    expect(await site.rows('shop')).toEqual([{ id: 1, home_town: 'a', bare_city: 'b' }]);
  });

  test('take over a column of their entity', async () => {
    const site = await given(database, placed({ name: 'zip' }, 'city'));
    await site.insert('shop', { id: 1, home_zip: 'a', city: 'b' });

    const moved = placed({ name: 'city', previousName: 'city' }, 'other');
    await site.become(moved, { renames: { 'shop.home_zip': 'other' } });

    expect(await site.rows('shop')).toEqual([{ id: 1, home_city: 'b', other: 'a' }]);
  });

  test('take nothing over that the entity has a use for', async () => {
    const site = await given(database, placed({ name: 'zip' }, 'city'));
    await site.insert('shop', { id: 1, home_zip: 'a', city: 'b' });

    await site.become(placed({ name: 'town', previousName: 'city' }, 'city'));

    expect(await site.rows('shop')).toEqual([{ id: 1, home_town: 'a', city: 'b' }]);
  });

  test('are told the old names of their columns where they get another prefix', async () => {
    const prefixed = (prefix: string): readonly EntityClass[] => shop(Embedded(() => Point, { prefix }));
    const site = await given(database, prefixed('at_'));
    await site.insert('shop', { id: 1, at_lat: 1, at_lng: 2 });

    const renames = { 'shop.at_lat': 'on_lat', 'shop.at_lng': 'on_lng' };
    expect((await site.refuses(prefixed('on_'))).code).toBe('ambiguous-rename');
    await site.become(prefixed('on_'), { renames });

    expect(await site.rows('shop')).toEqual([{ id: 1, on_lat: 1, on_lng: 2 }]);
  });

  test('have the prefix that they state', async () => {
    const site = await given(database, shop(Embedded(() => Point, { prefix: 'at_' })));
    expect(await columns(site)).toEqual(['id', 'at_lat', 'at_lng']);

    await site.become(shop(Embedded(() => Point, { prefix: false })), { assumeRenames: false });
    expect(await columns(site)).toEqual(['id', 'lat', 'lng']);
  });

  test.each([{ object: true }, { array: true }])('are one JSON column where they say %j', async (options) => {
    const site = await given(database, shop(Embedded(() => Address, options)));

    expect(await columns(site)).toEqual(['id', 'address']);
  });
});

/** A shop with a place, whose property has these options, and a column of its own. */
function placed(options: PropertyOptions, bare = 'bare_city'): readonly EntityClass[] {
  @Embeddable()
  class Place {
    @Property({ type: t.string, ...options }) city!: string;
  }
  @Entity()
  class Shop {
    @PrimaryKey() id!: number;
    @Embedded(() => Place) home!: Place;
    @Property({ type: t.string, name: bare, nullable: true }) bare!: string;
  }
  return [Shop];
}
