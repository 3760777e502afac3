import type { Collection, PrimaryKeyProp } from '@dovetail/core';

/** A row to be written: values by property. What is left out, or `undefined`, gets the column's default. */
export type NewRow<Entity> = { readonly [Name in DataName<Entity>]?: NewValue<Entity[Name]> | undefined };

/** Methods are no data. */
type DataName<Entity> = {
  [Name in keyof Entity & string]: Entity[Name] extends (...args: never[]) => unknown ? never : Name;
}[keyof Entity & string];

/**
 * What a property of that type is given: the value itself; for a relation, the key or what `insert` gave for the row;
 * for an embedded object, its properties. An optional property may be null.
 */
export type NewValue<Value> = undefined extends Value ? Given<Exclude<Value, undefined>> | null : Given<Value>;

type Given<Value> = Value extends Scalar
  ? Value
  : Value extends Collection<infer Item>
    ? readonly Reference<Item>[]
    : Value extends readonly unknown[]
      ? Value
      : Value extends object
        ? Value | Reference<Value>
        : Value;

type Scalar = string | number | bigint | boolean | null | undefined | Date | Uint8Array;

/** A row that another one references: by its key, the values of a composite one, or what `insert` gave for it. */
export type Reference<Entity> = NewRow<Entity> | KeyValue | readonly KeyValue[];

type KeyValue = string | number | bigint;

/** The key of a row, by property: `{ id: 7 }`. */
export type Key<Entity> = { readonly [Name in KeyName<Entity>]: Exclude<Entity[Name], undefined> };

/** The properties of the primary key: those that `[PrimaryKeyProp]` names, else `id` or `uuid`, else any. */
export type KeyName<Entity> = Entity extends { [PrimaryKeyProp]?: infer Names }
  ? StatedName<Exclude<Names, undefined>> & keyof Entity
  : 'id' extends keyof Entity
    ? 'id'
    : 'uuid' extends keyof Entity
      ? 'uuid'
      : keyof Entity & string;

type StatedName<Names> = Names extends readonly (infer Name)[] ? Name : Names;
