import type { ReflectedProperty } from '@dovetail/core';

/** A property as a person writes it, what reflection makes of it, and its column on SQLite. */
export interface Sample {
  readonly name: string;
  /** By default `@Property()`. */
  readonly decorator?: string;
  /** What stands after the decorator; the property is `value`. */
  readonly source: string;
  readonly reflected: ReflectedProperty;
  /** Its column's type, with `?` where it takes null; absent where only some databases have such columns. */
  readonly column?: string;
}

function sample(source: string, reflected: ReflectedProperty, column?: string, decorator?: string): Sample {
  const name = decorator === undefined ? source : `${decorator} ${source}`;
  return {
    name,
    source,
    reflected,
    ...(column !== undefined && { column }),
    ...(decorator !== undefined && { decorator }),
  };
}

const nullable = true;
const colours = ['red', 'green'];

export const samples: readonly Sample[] = [
  sample('value!: string', { type: 'string' }, 'text'),
  sample('value!: number', { type: 'number' }, 'integer'),
  sample('value!: boolean', { type: 'boolean' }, 'integer'),
  sample('value!: bigint', { type: 'bigint' }, 'bigint'),
  sample('value!: Date', { type: 'Date' }, 'datetime'),
  sample('value!: Buffer', { type: 'Buffer' }, 'blob'),
  sample('value!: Uint8Array', { type: 'Uint8Array' }, 'blob'),
  sample('value?: string', { type: 'string', nullable }, 'text?'),
  sample('value?: number', { type: 'number', nullable }, 'integer?'),
  sample('value?: boolean', { type: 'boolean', nullable }, 'integer?'),
  sample('value?: bigint', { type: 'bigint', nullable }, 'bigint?'),
  sample('value?: Date', { type: 'Date', nullable }, 'datetime?'),
  sample('value!: string | null', { type: 'string', nullable }, 'text?'),
  sample('value!: number | null', { type: 'number', nullable }, 'integer?'),
  sample('value!: boolean | null', { type: 'boolean', nullable }, 'integer?'),
  sample('value!: Date | null', { type: 'Date', nullable }, 'datetime?'),
  sample('value!: null | Buffer', { type: 'Buffer', nullable }, 'blob?'),
  sample('value!: string | undefined', { type: 'string', nullable }, 'text?'),
  sample('value?: string | null', { type: 'string', nullable }, 'text?'),
  sample("value = 'x'", { type: 'string' }, 'text'),
  sample('value = 5', { type: 'number' }, 'integer'),
  sample('value = false', { type: 'boolean' }, 'integer'),
  sample('value = 5n', { type: 'bigint' }, 'bigint'),
  sample('value = new Date()', { type: 'Date' }, 'datetime'),
  sample('value: string | null = null', { type: 'string', nullable }, 'text?'),
  sample('readonly value!: string', { type: 'string' }, 'text'),
  sample('value!: Opt<string>', { type: 'string' }, 'text'),
  sample('value!: Opt<Date>', { type: 'Date' }, 'datetime'),
  sample('value?: Opt<number> | null', { type: 'number', nullable }, 'integer?'),
  sample('value!: Hidden<string>', { type: 'string' }, 'text'),
  sample("value!: string & { readonly brand: 'Email' }", { type: 'string' }, 'text'),
  sample('value!: Email', { type: 'string' }, 'text'),
  sample('value?: Euros', { type: 'number', nullable }, 'integer?'),
  sample('value!: Email | null', { type: 'string', nullable }, 'text?'),
  sample('value!: `${string}@${string}`', { type: 'string' }, 'text'),
  sample("value!: 'red' | 'green'", { type: 'string', items: colours }, 'text'),
  sample("value!: 'red' | 'green'", { type: 'string', items: colours }, 'text', '@Enum()'),
  sample("value?: 'red' | 'green'", { type: 'string', items: colours, nullable }, 'text?', '@Enum()'),
  sample('value!: Colour', { type: 'string', items: colours }, 'text', '@Enum()'),
  sample('value?: Colour | null', { type: 'string', items: colours, nullable }, 'text?', '@Enum()'),
  sample('value!: Level', { type: 'number', items: [1, 2] }, 'integer', '@Enum()'),
  sample('value!: 1 | 2', { type: 'number', items: [1, 2] }, 'integer', '@Enum()'),
  sample('value = Colour.Red', { type: 'string', items: colours }, 'text', '@Enum()'),
  sample('value!: Colour[]', { type: 'string', items: colours, array: true }, 'text', '@Enum()'),
  sample('value!: string[]', { type: 'string[]' }, 'text'),
  sample('value!: readonly string[]', { type: 'string[]' }, 'text'),
  sample('value?: Array<string>', { type: 'string[]', nullable }, 'text?'),
  sample('value!: number[]', { type: 'number', array: true }),
  sample('value!: Date[] | null', { type: 'Date', array: true, nullable }),
  sample('value!: { a: number }', { type: 'object' }, 'json'),
  sample('value?: Settings', { type: 'object', nullable }, 'json?'),
  sample('value!: Record<string, number>', { type: 'object' }, 'json'),
  sample('value!: Settings[]', { type: 'object' }, 'json'),
  sample('value!: Inherited["generic"]', { type: 'number' }, 'integer'),
  sample('value!: Partner', { type: 'Partner' }, 'integer', '@ManyToOne()'),
  sample('value?: Partner', { type: 'Partner', nullable }, 'integer?', '@ManyToOne()'),
  sample('value!: Rel<Partner> | null', { type: 'Partner', nullable }, 'integer?', '@ManyToOne()'),
  sample('value!: Ref<Partner>', { type: 'Partner' }, 'integer', '@ManyToOne(() => Partner)'),
  sample('value?: Rel<Partner>', { type: 'Partner', nullable }, 'integer?', '@OneToOne()'),
  sample('value!: Imported.Partner', { type: 'Partner' }, 'integer', '@ManyToOne()'),
  sample('get value(): string { return "" } set value(_: string) {}', { type: 'string' }, 'text'),
];

/** Entities of one class for each sample, in two files that import each other's types. */
export function sourcesOf(all: readonly Sample[]): Readonly<Record<'entities.ts' | 'partner.ts', string>> {
  const classes = all.map(
    ({ decorator = '@Property()', source }, index) => `
@Entity()
export class Sample${index} {
  @PrimaryKey()
  id!: number;

  ${decorator}
  ${source};
}`,
  );
  return {
    'partner.ts': `
import { Entity, PrimaryKey, Property } from '@dovetail/sqlite';

export enum Colour { Red = 'red', Green = 'green' }
export enum Level { Low = 1, High = 2 }
export type Email = string & { readonly __brand: unique symbol };
export interface Settings { readonly dark: boolean }

@Entity()
export class Partner {
  @PrimaryKey()
  id!: number;
}

export abstract class Base<Key, Value> {
  @PrimaryKey()
  id!: Key;

  /** What it is called. */
  @Property()
  generic!: Value;
}
`,
    'entities.ts': `
import { Collection, Embeddable, Embedded, Entity, Enum, type Hidden, ManyToMany, ManyToOne, OneToOne, type Opt, PrimaryKey, Property, type Ref, type Rel } from '@dovetail/sqlite';
import { Base, Colour, type Email, Level, Partner, type Settings } from './partner.js';
import type * as Imported from './partner.js';

type Euros = number & { readonly currency: 'EUR' };

@Entity()
export class Inherited extends Base<number, number> {}

@Entity()
export class InheritedToo extends Base<string, Date | null> {}

@Embeddable()
export class Address {
  @Property()
  city!: string;

  @Property()
  zip?: string;
}

@Entity()
export class Company {
  @PrimaryKey()
  id!: number;

  @Embedded()
  home?: Address;

  @ManyToMany()
  partners = new Collection<Partner>(this);
}
${classes.join('\n')}
`,
  };
}
