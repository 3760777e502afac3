import { describe, expect, test } from 'vitest';
import { Embeddable, Entity, ManyToMany, ManyToOne, OneToOne, PrimaryKey, Property } from '../decorators/index.js';
import { discoverEntities } from './discover-entities.js';
import { problemsOf } from './discover.fixture.js';
import type { EntityClass } from './entity-class.js';

// The compiler tells when an option is missing in these tables: each option that is not of the run time has an effect on
// the metadata, or is a mistake. What a database lacks, the schema builder reports.

/** What an option is set to, and the part of the metadata that shows it; or the mistake that it is; or no table. */
export type Effect<Options> = readonly [options: Options, effect: object | string | undefined];

export type Effects<Options, RuntimeOptions = object> = Readonly<
  Record<Exclude<keyof Options, keyof RuntimeOptions>, Effect<Options>>
>;

/** A class with the name Sample and a numbered key, before anything is said of it. */
export function sample(): EntityClass & { readonly prototype: object } {
  class Sample {}
  PrimaryKey({ type: 'integer' })(Sample.prototype, 'id');
  return Sample;
}

export class Author {
  id!: number;
}
PrimaryKey({ type: 'integer' })(Author.prototype, 'id');
Property({ type: 'string', unique: true })(Author.prototype, 'email');
ManyToOne('Sample')(Author.prototype, 'of');
ManyToMany('Sample')(Author.prototype, 'samples');
OneToOne('Sample')(Author.prototype, 'only');
Entity()(Author);

export class Seat {
  row!: number;
}
PrimaryKey({ type: 'integer' })(Seat.prototype, 'row');
PrimaryKey({ type: 'integer' })(Seat.prototype, 'place');
Entity()(Seat);

export class Link {
  id!: number;
}
PrimaryKey({ type: 'integer' })(Link.prototype, 'id');
ManyToOne('Sample')(Link.prototype, 'sample');
ManyToOne('Author')(Link.prototype, 'author');
Entity()(Link);

export class Address {
  city!: string;
}
Property({ type: 'string' })(Address.prototype, 'city');
Property({ type: 'string' })(Address.prototype, 'zip');
Embeddable()(Address);

/** What the decorated class may refer to. */
export const surroundings = [Author, Seat, Link, Address];

/** The property that is decorated: `value`, in the columns after the key. */
export const column = (...columns: readonly object[]): object => ({ columns: [{ name: 'id' }, ...columns] });

/** One test for each option, of the class that `decorate` decorates and any others; `of` is what the effect is on. */
export function suite<Options>(
  decorator: string,
  effects: Readonly<Record<string, Effect<Options>>>,
  decorate: (target: ReturnType<typeof sample>, options: Options, others: EntityClass[]) => void,
  of = 'Sample',
): void {
  describe(decorator, () => {
    test.each(Object.entries(effects))('%s', async (_, [options, effect]) => {
      const target = sample();
      Entity()(target);
      const others: EntityClass[] = [];
      decorate(target, options, others);
      const entities = [target, ...others, ...surroundings];
      if (typeof effect === 'string') {
        expect((await problemsOf(entities)).map(({ what }) => what)).toContain(effect);
        return;
      }
      const discovered = await discoverEntities({ entities });
      const found = discovered.entities.find(({ className }) => className === of);
      if (effect === undefined) expect(found).toBeUndefined();
      else expect(found).toMatchObject(effect);
    });
  });
}
