import type { RenameReason } from '../model/change.js';
import type { FoldName } from '../model/names.js';

/** Objects of one kind in one place, such as the columns of a table, before and after. */
export interface RenameSearch<Item extends Renamable> {
  readonly actual: readonly Item[];
  readonly desired: readonly Item[];
  /** Whether the two have one definition, apart from their names. */
  alike(actual: Item, desired: Item): boolean;
  readonly fold: FoldName;
  readonly assumeRenames: boolean;
}

export interface Renamable {
  readonly name: string;
  readonly previousName?: string | undefined;
}

export interface Rename<Item> {
  readonly from: Item;
  readonly to: Item;
  readonly reason: RenameReason;
}

/** Removed and added objects between which no choice can be made. */
export interface Ambiguity<Item> {
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

export function findRenames<Item extends Renamable>(
  search: RenameSearch<Item>,
): { readonly renames: readonly Rename<Item>[]; readonly ambiguous: readonly Ambiguity<Item>[] } {
  const hinted = hintedRenames(search);
  if (!search.assumeRenames) return { renames: hinted, ambiguous: [] };
  const { renames, ambiguous } = assumedRenames(search, hinted);
  return { renames: [...hinted, ...renames], ambiguous };
}

/**
 * A hint holds while the old name exists and the new one is free, or is itself renamed away. Once it was carried out
 * the new name is taken, and the hint no longer means anything.
 */
function hintedRenames<Item extends Renamable>({ actual, desired, alike, fold }: RenameSearch<Item>): Rename<Item>[] {
  const existing = new Map(actual.map((item) => [fold(item.name), item]));
  const open = new Set(
    desired.flatMap((to): Rename<Item>[] => {
      const from = to.previousName === undefined ? undefined : existing.get(fold(to.previousName));
      return from === undefined || fold(from.name) === fold(to.name) ? [] : [{ from, to, reason: 'hint' }];
    }),
  );
  const accepted: Rename<Item>[] = [];
  const vacated = (name: string): boolean => accepted.some(({ from }) => fold(from.name) === fold(name));

  for (let next = pickFree(); next !== undefined; next = pickFree()) accept(next);
  for (const cycle of cyclesOf([...open], fold)) {
    if (isOutstanding(cycle, existing, alike, fold)) cycle.forEach(accept);
  }
  return accepted;

  function pickFree(): Rename<Item> | undefined {
    return [...open].find(({ to }) => !existing.has(fold(to.name)) || vacated(to.name));
  }
  function accept(rename: Rename<Item>): void {
    open.delete(rename);
    accepted.push(rename);
    for (const other of open) if (other.from === rename.from) open.delete(other);
  }
}

/** The rings among renames whose new names are all taken: `a` → `b` and `b` → `a`. */
function cyclesOf<Item extends Renamable>(renames: readonly Rename<Item>[], fold: FoldName): Rename<Item>[][] {
  const bySource = new Map(renames.map((rename) => [fold(rename.from.name), rename]));
  const seen = new Set<Rename<Item>>();
  return renames.flatMap((start) => {
    const path: Rename<Item>[] = [];
    let current: Rename<Item> | undefined = start;
    while (current !== undefined && !seen.has(current)) {
      seen.add(current);
      path.push(current);
      current = bySource.get(fold(current.to.name));
    }
    return current === start && path.length > 0 ? [path] : [];
  });
}

/** A ring that was carried out looks like one that was not, unless the definitions tell them apart. */
function isOutstanding<Item extends Renamable>(
  cycle: readonly Rename<Item>[],
  existing: ReadonlyMap<string, Item>,
  alike: (actual: Item, desired: Item) => boolean,
  fold: FoldName,
): boolean {
  const asIs = ({ to }: Rename<Item>): boolean => {
    const holder = existing.get(fold(to.name));
    return holder !== undefined && alike(holder, to);
  };
  return cycle.every(({ from, to }) => alike(from, to)) && !cycle.every(asIs);
}

function assumedRenames<Item extends Renamable>(
  { actual, desired, alike, fold }: RenameSearch<Item>,
  hinted: readonly Rename<Item>[],
): { readonly renames: readonly Rename<Item>[]; readonly ambiguous: readonly Ambiguity<Item>[] } {
  const renamedAway = new Set(hinted.map(({ from }) => from));
  const renamedTo = new Set(hinted.map(({ to }) => to));
  const remaining = new Set(actual.filter((item) => !renamedAway.has(item)).map(({ name }) => fold(name)));
  const wanted = new Set(desired.map(({ name }) => fold(name)));
  const removed = actual.filter((item) => !renamedAway.has(item) && !wanted.has(fold(item.name)));
  const added = desired.filter((item) => !renamedTo.has(item) && !remaining.has(fold(item.name)));

  const groups = groupAlike(removed, added, alike);
  return {
    renames: groups.flatMap((group): Rename<Item>[] => {
      const [from, to] = [group.removed[0], group.added[0]];
      return isOneToOne(group) && from !== undefined && to !== undefined ? [{ from, to, reason: 'assumed' }] : [];
    }),
    ambiguous: groups.filter((group) => !isOneToOne(group)),
  };
}

function isOneToOne<Item>({ removed, added }: Ambiguity<Item>): boolean {
  return removed.length === 1 && added.length === 1;
}

/** The removed and added objects that are connected by having one definition. */
function groupAlike<Item>(
  removed: readonly Item[],
  added: readonly Item[],
  alike: (actual: Item, desired: Item) => boolean,
): Ambiguity<Item>[] {
  return removed.reduce<Ambiguity<Item>[]>((groups, item) => {
    const partners = added.filter((candidate) => alike(item, candidate));
    if (partners.length === 0) return groups;
    const touching = groups.filter((group) => group.added.some((candidate) => partners.includes(candidate)));
    const merged: Ambiguity<Item> = {
      removed: [...touching.flatMap((group) => group.removed), item],
      added: [...new Set([...touching.flatMap((group) => group.added), ...partners])],
    };
    return [...groups.filter((group) => !touching.includes(group)), merged];
  }, []);
}

export interface NamePair {
  readonly from: string;
  readonly to: string;
  readonly reason: RenameReason;
}

/** Puts renames in an order in which each new name is free, by way of a spare name where they go in a ring. */
export function orderRenames(renames: readonly NamePair[], taken: readonly string[], fold: FoldName): NamePair[] {
  const pending = [...renames];
  const ordered: NamePair[] = [];
  const used = new Set([...taken, ...renames.map(({ to }) => to)].map(fold));

  while (pending.length > 0) {
    const free = pending.findIndex(({ to }) => !pending.some(({ from }) => fold(from) === fold(to)));
    const [next] = pending.splice(Math.max(free, 0), 1);
    if (next === undefined) break;
    if (free >= 0) {
      ordered.push(next);
      continue;
    }
    const spare = spareName(used, fold);
    ordered.push({ ...next, to: spare });
    pending.push({ ...next, from: spare });
  }
  return ordered;
}

function spareName(used: Set<string>, fold: FoldName): string {
  for (let number = 1; ; number += 1) {
    const name = `dovetail_rename_${number}`;
    if (used.has(fold(name))) continue;
    used.add(fold(name));
    return name;
  }
}
