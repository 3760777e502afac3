import type { RenameReason } from '../model/change.js';
import type { FoldName } from '../model/names.js';

/** Objects of one kind in one place, such as the columns of a table, before and after. */
export interface RenameSearch<Item extends Renamable> {
  readonly actual: readonly Item[];
  readonly desired: readonly Item[];
  /** Whether the two have one definition, apart from their names. */
  alike(actual: Item, desired: Item): boolean;
  /** Something that is the same for all that are alike, so that few have to be compared. */
  traitOf(item: Item): string;
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
  /** Whether several hints claim one object, hints go in a ring that may have been carried out, or there is no hint. */
  readonly cause: 'same hint' | 'ring of hints' | 'no hint';
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

export interface RenamesFound<Item> {
  readonly renames: readonly Rename<Item>[];
  readonly ambiguous: readonly Ambiguity<Item>[];
}

export function findRenames<Item extends Renamable>(search: RenameSearch<Item>): RenamesFound<Item> {
  const hinted = hintedRenames(search);
  if (!search.assumeRenames || hinted.ambiguous.length > 0) return hinted;
  const { renames, ambiguous } = assumedRenames(search, hinted.renames);
  return { renames: [...hinted.renames, ...renames], ambiguous };
}

/**
 * A hint holds while the old name exists and the new one is free, or is itself renamed away. Once it was carried out
 * the new name is taken, and the hint no longer means anything.
 */
function hintedRenames<Item extends Renamable>(search: RenameSearch<Item>): RenamesFound<Item> {
  const { actual, desired, fold } = search;
  const existing = new Map(actual.map((item) => [fold(item.name), item]));
  const hints = desired.flatMap((to): Rename<Item>[] => {
    const from = to.previousName === undefined ? undefined : existing.get(fold(to.previousName));
    return from === undefined || fold(from.name) === fold(to.name) ? [] : [{ from, to, reason: 'hint' }];
  });

  // From each free name back along the hints: what is renamed away frees its name for the next.
  const byNewName = new Map(hints.map((hint) => [fold(hint.to.name), hint]));
  const isFree = ({ to }: Rename<Item>): boolean => !existing.has(fold(to.name));
  const disputed = disputedBy(hints.filter(isFree));
  const accepted = new Set<Rename<Item>>();
  const sources = new Set<Item>();
  for (const start of hints.filter(isFree)) {
    for (let hint: Rename<Item> | undefined = start; hint !== undefined && !sources.has(hint.from);) {
      accepted.add(hint);
      sources.add(hint.from);
      hint = byNewName.get(fold(hint.from.name));
    }
  }
  const rings = ringsOf(
    hints.filter(({ from }) => !sources.has(from)),
    fold,
  ).filter((ring) => !isCarriedOut(ring, existing, search));
  const isOutstanding = (ring: readonly Rename<Item>[]): boolean =>
    ring.every(({ from, to }) => search.alike(from, to));
  return {
    renames: [...accepted, ...rings.filter(isOutstanding).flat()],
    ambiguous: [...disputed, ...rings.filter((ring) => !isOutstanding(ring)).map(unsettled)],
  };
}

/** Objects that several hints claim. */
function disputedBy<Item>(hints: readonly Rename<Item>[]): Ambiguity<Item>[] {
  const claims = new Map<Item, Item[]>();
  for (const { from, to } of hints) claims.set(from, [...(claims.get(from) ?? []), to]);
  return [...claims]
    .filter(([, added]) => added.length > 1)
    .map(([from, added]) => ({ cause: 'same hint', removed: [from], added }));
}

/** The rings among renames whose new names are all taken: `a` → `b` and `b` → `a`. */
function ringsOf<Item extends Renamable>(renames: readonly Rename<Item>[], fold: FoldName): Rename<Item>[][] {
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

/** A ring that was carried out looks like one that was not, where its objects have one definition: it is left alone. */
function isCarriedOut<Item extends Renamable>(
  ring: readonly Rename<Item>[],
  existing: ReadonlyMap<string, Item>,
  { alike, fold }: RenameSearch<Item>,
): boolean {
  return ring.every(({ to }) => {
    const holder = existing.get(fold(to.name));
    return holder !== undefined && alike(holder, to);
  });
}

/** Neither as they are nor renamed do the objects have the definitions that are wanted. */
function unsettled<Item>(ring: readonly Rename<Item>[]): Ambiguity<Item> {
  return { cause: 'ring of hints', removed: ring.map(({ from }) => from), added: ring.map(({ to }) => to) };
}

function assumedRenames<Item extends Renamable>(
  search: RenameSearch<Item>,
  hinted: readonly Rename<Item>[],
): RenamesFound<Item> {
  const { actual, desired, fold } = search;
  const renamedAway = new Set(hinted.map(({ from }) => from));
  const renamedTo = new Set(hinted.map(({ to }) => to));
  const remaining = new Set(actual.filter((item) => !renamedAway.has(item)).map(({ name }) => fold(name)));
  const wanted = new Set(desired.map(({ name }) => fold(name)));
  const removed = actual.filter((item) => !renamedAway.has(item) && !wanted.has(fold(item.name)));
  const added = desired.filter((item) => !renamedTo.has(item) && !remaining.has(fold(item.name)));

  const groups = groupAlike(removed, added, search);
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
function groupAlike<Item extends Renamable>(
  removed: readonly Item[],
  added: readonly Item[],
  { alike, traitOf }: RenameSearch<Item>,
): Ambiguity<Item>[] {
  const byTrait = new Map<string, Item[]>();
  for (const item of added) byTrait.set(traitOf(item), [...(byTrait.get(traitOf(item)) ?? []), item]);
  return removed.reduce<Ambiguity<Item>[]>((groups, item) => {
    const partners = (byTrait.get(traitOf(item)) ?? []).filter((candidate) => alike(item, candidate));
    if (partners.length === 0) return groups;
    const touching = groups.filter((group) => group.added.some((candidate) => partners.includes(candidate)));
    const merged: Ambiguity<Item> = {
      cause: 'no hint',
      removed: [...touching.flatMap((group) => group.removed), item],
      added: [...new Set([...touching.flatMap((group) => group.added), ...partners])],
    };
    return [...groups.filter((group) => !touching.includes(group)), merged];
  }, []);
}
