import { describe, expect, test } from 'vitest';
import { Embeddable, Entity, PrimaryKey, Property } from '../decorators/index.js';
import { mistakes } from './discover.fixture.js';

describe('the classes of one table', () => {
  test('are told apart by values of their own', async () => {
    @Entity({ discriminatorColumn: 'kind', discriminatorValue: 'base' })
    class Base {
      @PrimaryKey() id!: number;
    }
    @Entity({ discriminatorValue: 1 })
    class One extends Base {}
    @Entity({ discriminatorValue: '1' })
    class Other extends Base {}
    @Entity({ discriminatorValue: 'base' })
    class Third extends One {}

    expect(await mistakes(Base, One, Other, Third)).toEqual([
      'Other: its rows are told apart by "1", and so are those of One',
      'Third: its rows are told apart by "base", and so are those of Base',
    ]);
  });

  test('are those that the map names, each once', async () => {
    class Stranger {
      id!: number;
    }
    @Entity({
      discriminatorColumn: 'kind',
      discriminatorMap: { left: 'Left', right: 'Rihgt', none: Stranger },
    })
    class Base {
      @PrimaryKey() id!: number;
    }
    @Entity({ discriminatorValue: 'l' })
    class Left extends Base {}
    @Entity()
    class Right extends Base {}
    @Entity({ abstract: true })
    abstract class Middle extends Base {}
    @Entity({ discriminatorValue: 'inner' })
    class Inner extends Middle {}

    expect(await mistakes(Base, Left, Right, Inner)).toEqual([
      'Base: its `discriminatorMap` has "right" for Rihgt, which is not a class that extends it',
      'Base: its `discriminatorMap` has "none" for Stranger, which is not a class that extends it',
      'Left: its `discriminatorValue` is "l", and the `discriminatorMap` of Base says "left"',
      'Right: the `discriminatorMap` of Base has no value for it',
    ]);
  });

  test('share it because one of them has the column', async () => {
    @Entity()
    class Base {
      @PrimaryKey() id!: number;
    }
    @Entity({ discriminatorValue: 'x' })
    class Child extends Base {}

    expect(await mistakes(Base, Child)).toEqual([
      'Child: it has a `discriminatorValue`, and no class that it extends has a `discriminatorColumn`',
    ]);
  });
});

test('embeddables are told apart as entities are', async () => {
  @Embeddable({ abstract: true, discriminatorMap: { cat: 'Cat', cow: 'Cow' } })
  abstract class Animal {
    @Property() name!: string;
  }
  @Embeddable()
  class Cat extends Animal {}
  @Embeddable()
  class Dog extends Animal {}
  @Entity()
  class Sample {
    @PrimaryKey() id!: number;
  }

  expect(await mistakes(Sample, Cat, Dog)).toEqual([
    'Animal: its `discriminatorMap` has "cow" for Cow, which is not a class that extends it',
    'Dog: the `discriminatorMap` of Animal has no value for it',
  ]);
});
