import type { FoldName } from '@dovetail/core/driver';

/** Names that break whoever forgets to quote, escape or fold. */
export const hostileNames: readonly string[] = [
  'name',
  'Name',
  'title',
  'amount',
  'Total',
  'camelCase',
  'order',
  'ORDER',
  'group',
  'select',
  'index',
  'check',
  'default',
  'references',
  'values',
  'a b',
  'it"s',
  "o'clock",
  'back`tick',
  'br[ack]et',
  'paren(the)ses',
  'com,ma',
  'semi;colon',
  'dash--dash',
  'slash/*star',
  'back\\slash',
  'per%cent',
  'naïve',
  '日本',
  '🦆',
  '1st',
  '$dollar',
  '__proto__',
  'constructor',
  'rowid',
  'new\nline',
];

/** Names for indexes and constraints that a person chose. */
export const bindingNames: readonly string[] = ['ix plain', 'Unique', "ix'quote", 'ix"double', 'ix_ünï', 'key'];

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Gives each item a name of its own: the first of several keeps it, the others get their id after it. */
export function distinctNames(items: readonly Named[], fold: FoldName): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    items.map(({ id, name }) => {
      const own = taken.has(fold(name)) ? `${name} ${id}` : name;
      taken.add(fold(own));
      return [id, own];
    }),
  );
}

/**
 * The names of the items after, so chosen that hints can tell where each came from. None can take the name of one that
 * is dropped, for that would be the dropped one going on under its name, and a new one can't take that of a renamed one:
 * once all is done, the hint would name the new one. Names can't go in a ring, for it looks the same before and after.
 */
export function followableNames(
  before: readonly Named[],
  after: readonly Named[],
  fold: FoldName,
): ReadonlyMap<string, string> {
  const owners = new Map(before.map(({ id, name }) => [fold(name), id]));
  const known = new Set(before.map(({ id }) => id));
  const names = new Map(after.map(({ id, name }) => [id, name]));
  for (const { id, name } of after) {
    const owner = owners.get(fold(name));
    if (owner === undefined || owner === id) continue;
    if (!known.has(id) || !names.has(owner) || isRing(id)) names.set(id, `${name} ${id}`);
  }
  return names;

  function isRing(start: string): boolean {
    const visited = new Set<string>();
    let current: string | undefined = start;
    while (current !== undefined && !visited.has(current)) {
      visited.add(current);
      const name = names.get(current);
      current = name === undefined ? undefined : owners.get(fold(name));
    }
    return current !== undefined && visited.size > 1;
  }
}
