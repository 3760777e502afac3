import { Entity, type EntityClass, PrimaryKey, Property, type PropertyOptions, t } from '@dovetail/core';

/** What stands before a class or a property; some decorators serve both. */
export type ClassDecorator = (target: EntityClass) => void;
export type MemberDecorator = (target: object, name: string) => void;
export type Members = Readonly<Record<string, MemberDecorator>>;

/**
 * A class of its own with these decorators, as short as a line of a specification:
 * `entity('Author', { id, name: text() }, Index({ properties: 'name' }))`.
 */
export function entity(name: string, members: Members, ...decorators: readonly ClassDecorator[]): EntityClass {
  class Made {
    [member: string]: unknown;
  }
  Object.defineProperty(Made, 'name', { value: name });
  for (const [member, decorate] of Object.entries(members)) decorate(Made.prototype, member);
  for (const decorate of [Entity(), ...decorators]) decorate(Made);
  return Made;
}

export const id: MemberDecorator = PrimaryKey({ type: t.integer });

export function text(options: PropertyOptions = {}): MemberDecorator {
  return Property({ type: t.string, ...options });
}

export function integer(options: PropertyOptions = {}): MemberDecorator {
  return Property({ type: t.integer, ...options });
}
