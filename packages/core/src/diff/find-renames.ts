import { groupBy } from '../group-by.js';
import type { RenameReason } from '../model/change.js';
import type { FoldName } from '../model/names.js';
import { exactRenames, type ExactRenames } from './exact-renames.js';
import { isSpareName } from './order-renames.js';

/** Objects of one kind in one place, such as the columns of a table, before and after. */
export interface RenameSearch<Item extends Renamable> {
  readonly actual: readonly Item[];
  readonly desired: readonly Item[];
  /** What the caller states about objects in this place. */
  readonly stated: readonly StatedRename[];
  /** Whether the two have one definition, apart from their names. */
  alike(actual: Item, desired: Item): boolean;
  /** Something that is the same for all that are alike, so that few have to be compared. */
  traitOf(item: Item): string;
  readonly fold: FoldName;
  readonly assumeRenames: boolean;
  /** Whether objects that nothing wants would be dropped. */
  readonly dropsRest: boolean;
}

/** An old name with the new one; false where it is not renamed. */
export interface StatedRename {
  readonly from: string;
  readonly to: string | false;
}

export interface Renamable {
  readonly name: string;
  readonly previousName?: string | undefined;
  /** What counts where nothing else has that name. */
  readonly previousNameAsStated?: string | undefined;
}

export interface Rename<Item> {
  readonly from: Item;
  readonly to: Item;
  readonly reason: RenameReason;
}

/** Removed and added objects between which no choice can be made. */
export interface Ambiguity<Item> {
  readonly cause:
    /** Several hints or options claim one object, or one name. */
    | 'same name'
    /** Hints go in a ring that may have been carried out. */
    | 'ring of hints'
    /** The old and the new name of a hint both exist. */
    | 'taken name'
    /** There is no hint. */
    | 'no hint';
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

export interface RenamesFound<Item> {
  readonly renames: readonly Rename<Item>[];
  readonly ambiguous: readonly Ambiguity<Item>[];
}

/** What is stated first; then, where all of that is clear, what can be assumed. */
export function findRenames<Item extends Renamable>(search: RenameSearch<Item>): ExactRenames<Item> {
  const exact = exactRenames(search);
  if (!search.assumeRenames || exact.ambiguous.length > 0) return exact;
  const { renames, ambiguous } = assumedRenames(search, exact);
  return { ...exact, renames: [...exact.renames, ...renames], ambiguous };
}

/** One removed and one added object alike, beyond what is stated, where there is no other reading. */
export function assumedRenames<Item extends Renamable>(
  search: RenameSearch<Item>,
  exact: ExactRenames<Item>,
): RenamesFound<Item> {
  const { actual, desired, stated, fold } = search;
  const settled = new Set([...exact.renames.map(({ from }) => from), ...exact.displaced]);
  const dropped = new Set(stated.filter(({ to }) => to === false).map(({ from }) => fold(from)));
  const wanted = new Set(desired.map(({ name }) => fold(name)));
  const removed = actual.filter(
    (item) =>
      !settled.has(item) && !wanted.has(fold(item.name)) && !dropped.has(fold(item.name)) && !isSpareName(item.name),
  );
  if (removed.length === 0) return { renames: [], ambiguous: [] };

  const renamedTo = new Set(exact.renames.map(({ to }) => to));
  const remaining = new Set(actual.filter((item) => !settled.has(item)).map(({ name }) => fold(name)));
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
  const byTrait = groupBy(added, traitOf);
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
