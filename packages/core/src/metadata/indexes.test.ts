import { describe, expect, test } from 'vitest';
import {
  Check,
  Embeddable,
  Embedded,
  Entity,
  Enum,
  Exclusion,
  Index,
  ManyToOne,
  PrimaryKey,
  Property,
  Trigger,
  Unique,
} from '../decorators/index.js';
import { raw } from '../types/index.js';
import { discoverOne } from './discover.fixture.js';

describe('an index', () => {
  test('is over the columns of the properties that it names', async () => {
    @Embeddable()
    class Address {
      @Property() city!: string;
    }
    @Index({ properties: ['parent', 'title'] })
    @Index({ name: 'by_city', properties: 'address.city' })
    @Entity()
    class Place {
      @PrimaryKey() id!: number;
      @Index() @Property() title!: string;
      @Property({ index: true }) code!: string;
      @Property({ index: 'by_zip', unique: true }) zip!: string;
      @ManyToOne(() => Place) parent!: object;
      @Embedded() address!: Address;
    }

    const { indexes } = await discoverOne(Place);

    expect(indexes.map(({ name, unique, parts }) => [name.text, name.explicit, unique, parts])).toEqual([
      ['place_code_index', false, false, [{ column: 'code' }]],
      ['by_zip', true, false, [{ column: 'zip' }]],
      ['place_zip_unique', false, true, [{ column: 'zip' }]],
      ['place_title_index', false, false, [{ column: 'title' }]],
      ['by_city', true, false, [{ column: 'address_city' }]],
      ['place_parent_id_title_index', false, false, [{ column: 'parent_id' }, { column: 'title' }]],
    ]);
  });

  test('says of each column how it is indexed, by property or by column', async () => {
    @Index({
      columns: [
        { name: 'createdAt', sort: 'DESC', nulls: 'last' },
        { name: 'full_name', length: 10, opclass: 'text_pattern_ops', collation: 'C' },
      ],
    })
    @Entity()
    class Person {
      @PrimaryKey() id!: number;
      @Property() createdAt!: Date;
      @Property({ name: 'full_name' }) name!: string;
    }

    expect((await discoverOne(Person)).indexes[0]?.parts).toEqual([
      { column: 'created_at', sort: 'desc', nulls: 'last' },
      { column: 'full_name', length: 10, opclass: 'text_pattern_ops', collation: 'C' },
    ]);
  });

  test('may have an expression, a condition and all that databases know', async () => {
    @Unique({
      expression: (columns) => `lower(${columns.firstName ?? ''})`,
      where: raw('not sealed'),
      nullsNotDistinct: true,
      deferMode: 'immediate',
    })
    @Index({
      properties: ['firstName'],
      include: 'id',
      type: 'gin',
      fillFactor: 70,
      storage: { fastupdate: false },
      invisible: true,
      comment: 'for search',
      parser: 'ngram',
    })
    @Entity()
    class Person {
      @PrimaryKey() id!: number;
      @Property() firstName!: string;
    }

    const { indexes } = await discoverOne(Person);

    expect(indexes[0]).toMatchObject({
      include: ['id'],
      type: 'gin',
      storage: { fillfactor: '70', fastupdate: 'false' },
      invisible: true,
      comment: 'for search',
      parser: 'ngram',
    });
    expect(indexes[1]).toMatchObject({
      unique: true,
      name: { text: 'person_expression_unique', explicit: false },
      parts: [{ expression: 'lower(first_name)' }],
      where: { kind: 'expression', sql: 'not sealed' },
      nullsNotDistinct: true,
      deferrable: 'initially immediate',
    });
  });

  test('is over what is inside a JSON column, where a path goes on there', async () => {
    @Embeddable()
    class Address {
      @Property() city!: string;
      @Property({ type: 'json' }) geo!: object;
    }
    @Unique({ columns: [{ name: 'meta.address.city', sort: 'desc' }] })
    @Index({ properties: ['packed.city', 'address.geo.lat', 'address.city'] })
    @Entity()
    class Place {
      @PrimaryKey() id!: number;
      @Property({ type: 'json', name: 'data' }) meta!: object;
      @Embedded() address!: Address;
      @Embedded({ object: true }) packed!: Address;
    }

    const { indexes } = await discoverOne(Place);

    expect(indexes.map(({ name, parts }) => [name.text, parts])).toEqual([
      [
        'place_packed_city_address_geo_lat_address_city_index',
        [
          { json: { column: 'packed', path: ['city'] } },
          { json: { column: 'address_geo', path: ['lat'] } },
          { column: 'address_city' },
        ],
      ],
      ['place_data_address_city_unique', [{ json: { column: 'data', path: ['address', 'city'] }, sort: 'desc' }]],
    ]);
  });

  test('declared twice is one index, and another of the same derived name gets a number', async () => {
    @Index({ properties: 'title', where: 'not sealed' })
    @Index({ properties: 'title' })
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ index: true }) title!: string;
    }

    expect((await discoverOne(Sample)).indexes.map(({ name, where }) => [name.text, where])).toEqual([
      ['sample_title_index', undefined],
      ['sample_title_index_2', { kind: 'expression', sql: 'not sealed' }],
    ]);
  });
});

test('checks are declared on the class, on a property, and among its options', async () => {
  @Check({ expression: 'low < high' })
  @Check({ name: 'positive', expression: (columns) => `${columns.high ?? ''} > 0` })
  @Entity()
  class Range {
    @PrimaryKey() id!: number;
    @Check({ expression: raw('low <> 13') }) @Property() low!: number;
    @Property({ check: (columns) => `${columns.high ?? ''} < 100` }) high!: number;
    @Enum({ items: ['a'], check: "grade <> 'b'" }) grade!: string;
  }

  const { checks } = await discoverOne(Range);

  expect(checks.map(({ origin, name, expression }) => [origin, name.text, expression])).toEqual([
    ['Range.high', 'range_high_check', { kind: 'expression', sql: 'high < 100' }],
    ['Range.grade', 'range_grade_check', { kind: 'enum', column: 'grade', items: ['a'], array: false }],
    ['Range.grade', 'range_grade_check_2', { kind: 'expression', sql: "grade <> 'b'" }],
    ['Range.low', 'range_low_check', { kind: 'expression', sql: 'low <> 13' }],
    ['Range', 'positive', { kind: 'expression', sql: 'high > 0' }],
    ['Range', 'range_check', { kind: 'expression', sql: 'low < high' }],
  ]);
});

test('exclusions and triggers are the texts that they are declared with', async () => {
  @Exclusion({ name: 'no_overlap', expression: (columns) => `using gist (${columns.room ?? ''} with =)` })
  @Trigger({ timing: 'after', events: ['insert', { update: ['room'] }], when: 'new.id > 1', body: 'select 1;' })
  @Entity({ triggers: [{ name: 'guard', timing: 'instead of', events: ['delete'], forEach: 'statement', body: 'x' }] })
  class Booking {
    @PrimaryKey() id!: number;
    @Property({ name: 'room_no' }) room!: number;
  }

  const booking = await discoverOne(Booking);

  expect(booking.exclusions).toEqual([
    { origin: 'Booking', name: { text: 'no_overlap', explicit: true }, definition: 'using gist (room_no with =)' },
  ]);
  expect(booking.triggers).toEqual([
    {
      name: 'booking_after_insert_update',
      timing: 'after',
      events: [{ kind: 'insert' }, { kind: 'update', columns: ['room_no'] }],
      forEach: 'row',
      when: 'new.id > 1',
      body: 'select 1;',
      managed: true,
    },
    {
      name: 'guard',
      timing: 'instead of',
      events: [{ kind: 'delete' }],
      forEach: 'statement',
      when: undefined,
      body: 'x',
      managed: true,
    },
  ]);
});

describe('an entity', () => {
  test('takes the options of its table', async () => {
    @Entity({
      tableName: 'Sample Rows',
      previousName: 'rows',
      schema: 'lab',
      comment: 'what was measured',
      strict: true,
      withoutRowid: true,
      engine: 'InnoDB',
      charset: 'utf8mb4',
      collation: 'utf8mb4_bin',
      unlogged: true,
      partitionBy: { type: 'hash', expression: (columns) => columns.takenAt ?? '' },
    })
    class Sample {
      @PrimaryKey() id!: number;
      @Property() takenAt!: Date;
    }

    expect(await discoverOne(Sample)).toMatchObject({
      kind: 'table',
      tableName: 'Sample Rows',
      previousName: 'rows',
      schema: 'lab',
      comment: 'what was measured',
      options: {
        strict: true,
        withoutRowid: true,
        engine: 'InnoDB',
        charset: 'utf8mb4',
        collation: 'utf8mb4_bin',
        unlogged: true,
        partitionBy: 'hash (taken_at)',
      },
    });
  });

  test('may be a view, or have nothing in the database', async () => {
    @Entity({ view: { materialized: true, withData: false }, expression: () => 'select 1 as one' })
    class One {
      @Property() one!: number;
    }
    @Entity({ expression: 'select 2 as two' })
    class Two {
      @Property() two!: number;
    }

    expect(await discoverOne(One)).toMatchObject({
      kind: 'view',
      view: { definition: 'select 1 as one', materialized: true, withData: false },
    });
    const two = await discoverOne(Two);
    expect(two.kind).toBe('virtual');
    expect(two.view).toBeUndefined();
  });
});
