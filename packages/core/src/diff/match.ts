import type { FoldName } from '../model/names.js';

export interface Matched<Item> {
  /** Alike in name and definition. */
  readonly kept: readonly (readonly [actual: Item, desired: Item])[];
  /** Alike in definition, both with a name, and the names differ. */
  readonly renamed: readonly (readonly [actual: Item & Named, desired: Item & Named])[];
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

interface Named {
  readonly name: string;
}

/**
 * Pairs the objects of two lists by their definition, and by name where several have one definition. An object without
 * a name on either side matches any name: databases that let constraints go unnamed would otherwise never be quiet.
 */
export function matchByDefinition<Item extends Partial<Named>>(
  actual: readonly Item[],
  desired: readonly Item[],
  same: (actual: Item, desired: Item) => boolean,
  fold: FoldName,
): Matched<Item> {
  const unchanged = pairsByName(actual, desired, same, fold);
  if (unchanged !== undefined) return { kept: unchanged, renamed: [], removed: [], added: [] };
  const [freeActual, freeDesired] = [new Set(actual), new Set(desired)];
  /** Pairs what is free with the first of its candidates that is free and the same. */
  const pair = (candidatesFor: (desired: Item) => readonly Item[]): [Item, Item][] =>
    [...freeDesired].flatMap((to): [Item, Item][] => {
      const from = candidatesFor(to).find((candidate) => freeActual.has(candidate) && same(candidate, to));
      if (from === undefined) return [];
      freeActual.delete(from);
      freeDesired.delete(to);
      return [[from, to]];
    });

  const holders = new Map(
    actual.flatMap((item) => (item.name === undefined ? [] : [[fold(item.name), item] as const])),
  );
  const nameless = actual.filter(({ name }) => name === undefined);
  const holderOf = ({ name }: Item): Item | undefined => (name === undefined ? undefined : holders.get(fold(name)));
  const kept = [
    ...pair((to) => [holderOf(to)].filter((holder) => holder !== undefined)),
    ...pair(({ name }) => (name === undefined ? actual : nameless)),
  ];
  // A name that another object holds can't be taken by a rename; such an object is dropped and added instead.
  const renamed = pair((to) => (holderOf(to) === undefined ? actual : []));
  return { kept, renamed: renamed.filter(areNamed), removed: [...freeActual], added: [...freeDesired] };
}

/** The pairs where each object has one of its name and definition on the other side, which is soon found out. */
function pairsByName<Item extends Partial<Named>>(
  actual: readonly Item[],
  desired: readonly Item[],
  same: (actual: Item, desired: Item) => boolean,
  fold: FoldName,
): readonly [Item, Item][] | undefined {
  if (actual.length !== desired.length) return undefined;
  const free = [...actual];
  const pairs: [Item, Item][] = [];
  for (const to of desired) {
    const at = to.name === undefined ? -1 : indexOfName(free, fold(to.name), fold);
    const from = free[at];
    if (from === undefined || !same(from, to)) return undefined;
    free.splice(at, 1);
    pairs.push([from, to]);
  }
  return pairs;
}

function indexOfName(items: readonly Partial<Named>[], folded: string, fold: FoldName): number {
  return items.findIndex(({ name }) => name !== undefined && fold(name) === folded);
}

function areNamed<Item extends Partial<Named>>(pair: readonly [Item, Item]): pair is [Item & Named, Item & Named] {
  return pair.every(({ name }) => name !== undefined);
}

export interface Paired<Item> {
  readonly pairs: readonly (readonly [actual: Item, desired: Item])[];
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

/** Pairs the objects of two lists by a key alone. */
export function matchByKey<Item>(
  actual: readonly Item[],
  desired: readonly Item[],
  keyOf: (item: Item) => string,
): Paired<Item> {
  const unmatched = new Map(actual.map((item) => [keyOf(item), item]));
  const pairs: [Item, Item][] = [];
  const added: Item[] = [];
  for (const item of desired) {
    const key = keyOf(item);
    const partner = unmatched.get(key);
    if (partner === undefined) added.push(item);
    else pairs.push([partner, item]);
    unmatched.delete(key);
  }
  return { pairs, removed: [...unmatched.values()], added };
}
