import { groupBy } from '../group-by.js';
import type { FoldName } from '../model/names.js';
import type { Ambiguity, Renamable, Rename, RenameSearch, RenamesFound } from './find-renames.js';

/** The renames that somebody has stated: the caller, or a hint. */
export interface ExactRenames<Item> extends RenamesFound<Item> {
  /** What holds a name that a rename takes, and is dropped: out of the way first. */
  readonly displaced: readonly Item[];
}

/**
 * What the caller states holds while the old name exists; so does a hint while the new name is free as well, or is
 * itself renamed away. Once they were carried out the new name is taken, and they no longer mean anything.
 */
export function exactRenames<Item extends Renamable>(search: RenameSearch<Item>): ExactRenames<Item> {
  const { actual, desired, fold } = search;
  if (!isAnythingTold(search)) return { renames: [], displaced: [], ambiguous: [] };
  const existing = byName(actual, fold);
  const wanted = byName(desired, fold);
  const stated = outstandingStated(search, existing, wanted);
  const hints = hintsOf(search, { existing, wanted }, stated);
  const disputed = disputedBy([...stated, ...hints.filter(({ to }) => !existing.has(fold(to.name)))]);

  const accepted = followChains(stated, hints, existing, fold);
  const sources = new Set([...accepted].map(({ from }) => from));
  const waiting = hints.filter((hint) => !accepted.has(hint) && !sources.has(hint.from));
  const rings = ringsOf(waiting, fold).map((ring) => ({ ring, reading: readingOf(ring, existing, search) }));
  const inRings = new Set(rings.flatMap(({ ring }) => ring));
  const taking = waiting
    .filter((hint) => !inRings.has(hint) && isLeftBehind(hint, search, wanted))
    .map((hint) => ({ hint, reading: readingOf([hint], existing, search) }));

  const renames = [
    ...accepted,
    ...rings.filter(({ reading }) => reading === 'outstanding').flatMap(({ ring }) => ring),
    ...taking.filter(({ reading }) => reading === 'outstanding').map(({ hint }) => hint),
  ];
  const renamedAway = new Set(renames.map(({ from }) => from));
  return {
    renames,
    displaced: renames.flatMap(({ to }) => {
      const holder = existing.get(fold(to.name));
      return holder === undefined || renamedAway.has(holder) ? [] : [holder];
    }),
    ambiguous: [
      ...disputed,
      ...rings.filter(({ reading }) => reading === 'open').map(({ ring }) => ambiguity('ring of hints', ring)),
      ...taking.filter(({ reading }) => reading === 'open').map(({ hint }) => ambiguity('taken name', [hint])),
    ],
  };
}

function isAnythingTold({ stated, desired }: RenameSearch<Renamable>): boolean {
  return stated.length > 0 || desired.some(({ previousName }) => previousName !== undefined);
}

type ByName<Item> = ReadonlyMap<string, Item>;

interface Names<Item> {
  readonly existing: ByName<Item>;
  readonly wanted: ByName<Item>;
}

function byName<Item extends Renamable>(items: readonly Item[], fold: FoldName): ByName<Item> {
  return new Map(items.map((item) => [fold(item.name), item]));
}

/** A chain whose first name is gone while its others exist was carried out: `a` → `b` → `c` leaves `b` and `c`. */
function outstandingStated<Item extends Renamable>(
  { stated, fold }: RenameSearch<Item>,
  existing: ByName<Item>,
  wanted: ByName<Item>,
): Rename<Item>[] {
  const previous = new Map(stated.flatMap(({ from, to }) => (to === false ? [] : [[fold(to), fold(from)] as const])));
  const isDone = (name: string, seen: readonly string[]): boolean => {
    const before = previous.get(name);
    if (before === undefined || seen.includes(before)) return false;
    return !existing.has(before) || isDone(before, [...seen, before]);
  };
  return stated.flatMap((statement): Rename<Item>[] => {
    if (statement.to === false) return [];
    const from = existing.get(fold(statement.from));
    const to = wanted.get(fold(statement.to));
    if (from === undefined || to === undefined || fold(from.name) === fold(to.name)) return [];
    if (existing.has(fold(to.name)) && isDone(fold(from.name), [])) return [];
    return [{ from, to, reason: 'option' }];
  });
}

/** Of what the caller has said nothing about. */
function hintsOf<Item extends Renamable>(
  { desired, stated, fold }: RenameSearch<Item>,
  names: Names<Item>,
  outstanding: readonly Rename<Item>[],
): Rename<Item>[] {
  const answered = new Set(stated.map(({ from }) => fold(from)));
  const named = new Set(outstanding.map(({ to }) => to));
  return desired.flatMap((to): Rename<Item>[] => {
    const from = previous(to, names, fold);
    if (from === undefined || fold(from.name) === fold(to.name)) return [];
    return answered.has(fold(from.name)) || named.has(to) ? [] : [{ from, to, reason: 'hint' }];
  });
}

/** The name as stated is a guess at what is meant, so it takes nothing that has a use, and gives nothing that is there. */
function previous<Item extends Renamable>(
  { name, previousName, previousNameAsStated }: Item,
  { existing, wanted }: Names<Item>,
  fold: FoldName,
): Item | undefined {
  const exact = previousName === undefined ? undefined : existing.get(fold(previousName));
  if (exact !== undefined || previousNameAsStated === undefined) return exact;
  const asStated = fold(previousNameAsStated);
  return existing.has(fold(name)) || wanted.has(asStated) ? undefined : existing.get(asStated);
}

/** From each free name back along the renames: what is renamed away frees its name for the next. */
function followChains<Item extends Renamable>(
  stated: readonly Rename<Item>[],
  hints: readonly Rename<Item>[],
  existing: ByName<Item>,
  fold: FoldName,
): ReadonlySet<Rename<Item>> {
  const accepted = new Set(stated);
  const sources = new Set(stated.map(({ from }) => from));
  const byNewName = new Map(hints.map((hint) => [fold(hint.to.name), hint]));
  const starts = [
    ...stated.map(({ from }) => byNewName.get(fold(from.name))),
    ...hints.filter(({ to }) => !existing.has(fold(to.name))),
  ];
  for (const start of starts) {
    for (let hint = start; hint !== undefined && !sources.has(hint.from);) {
      accepted.add(hint);
      sources.add(hint.from);
      hint = byNewName.get(fold(hint.from.name));
    }
  }
  return accepted;
}

/** The old name and the new one exist, and the old one would be dropped: it is a leftover, or it was never renamed. */
function isLeftBehind<Item extends Renamable>(
  { from }: Rename<Item>,
  { dropsRest, fold }: RenameSearch<Item>,
  wanted: ByName<Item>,
): boolean {
  return dropsRest && !wanted.has(fold(from.name));
}

/** Objects that several renames claim, and names that several claim. */
function disputedBy<Item extends Renamable>(renames: readonly Rename<Item>[]): Ambiguity<Item>[] {
  const claims = [...groupBy(renames, ({ from }) => from).values(), ...groupBy(renames, ({ to }) => to).values()];
  const disputed = claims.filter((group) => group.length > 1);
  return disputed.map((group) => ({
    cause: 'same name',
    removed: [...new Set(group.map(({ from }) => from))],
    added: [...new Set(group.map(({ to }) => to))],
  }));
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

/** Whether hints whose new names are taken were carried out: the definitions tell, or nothing does. */
function readingOf<Item extends Renamable>(
  hints: readonly Rename<Item>[],
  existing: ByName<Item>,
  { alike, fold }: RenameSearch<Item>,
): 'carried out' | 'outstanding' | 'open' {
  const fits = hints.some(({ to }) => {
    const holder = existing.get(fold(to.name));
    return holder !== undefined && alike(holder, to);
  });
  const wouldFit = hints.some(({ from, to }) => alike(from, to));
  if (fits === wouldFit) return 'open';
  return fits ? 'carried out' : 'outstanding';
}

function ambiguity<Item>(cause: Ambiguity<Item>['cause'], renames: readonly Rename<Item>[]): Ambiguity<Item> {
  return { cause, removed: renames.map(({ from }) => from), added: renames.map(({ to }) => to) };
}
