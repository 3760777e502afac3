import type { FoldName } from '../model/names.js';

export interface Matched<Item> {
  /** Alike in name and definition. */
  readonly kept: readonly (readonly [actual: Item, desired: Item])[];
  /** Alike in definition, both with a name, and the names differ. */
  readonly renamed: readonly (readonly [actual: Item, desired: Item])[];
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

/**
 * Pairs the objects of two lists by their definition, and by name where several have one definition. An object without
 * a name on either side matches any name: databases that let constraints go unnamed would otherwise never be quiet.
 */
export function matchByDefinition<Item extends { readonly name?: string | undefined }>(
  actual: readonly Item[],
  desired: readonly Item[],
  same: (actual: Item, desired: Item) => boolean,
  fold: FoldName,
): Matched<Item> {
  const freeActual = new Set(actual);
  const freeDesired = new Set(desired);
  const kept: [Item, Item][] = [];
  const renamed: [Item, Item][] = [];

  const pair = (accepts: (actual: Item, desired: Item) => boolean, into: [Item, Item][]): void => {
    for (const to of freeDesired) {
      const from = [...freeActual].find((candidate) => accepts(candidate, to) && same(candidate, to));
      if (from === undefined) continue;
      freeActual.delete(from);
      freeDesired.delete(to);
      into.push([from, to]);
    }
  };

  const sameName = (a: Item, b: Item): boolean =>
    a.name !== undefined && b.name !== undefined && fold(a.name) === fold(b.name);
  const nameless = (a: Item, b: Item): boolean => a.name === undefined || b.name === undefined;
  // A name that another object still holds can't be taken by a rename; such a pair is dropped and added instead.
  const freeName = (a: Item, b: Item): boolean =>
    ![...actual].some((other) => other !== a && freeActual.has(other) && sameName(other, b));

  pair(sameName, kept);
  pair(nameless, kept);
  pair(freeName, renamed);
  return { kept, renamed, removed: [...freeActual], added: [...freeDesired] };
}

/** Pairs the objects of two lists by a key alone. */
export function matchByKey<Item>(
  actual: readonly Item[],
  desired: readonly Item[],
  keyOf: (item: Item) => string,
): {
  readonly pairs: readonly (readonly [actual: Item, desired: Item])[];
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
} {
  const byKey = new Map(actual.map((item) => [keyOf(item), item]));
  const wanted = new Set(desired.map(keyOf));
  const pairs: [Item, Item][] = [];
  const added: Item[] = [];
  for (const item of desired) {
    const partner = byKey.get(keyOf(item));
    if (partner === undefined) added.push(item);
    else pairs.push([partner, item]);
  }
  return { pairs, removed: actual.filter((item) => !wanted.has(keyOf(item))), added };
}
