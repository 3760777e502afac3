import type { RenameChange } from '../model/change.js';
import { displayName } from '../model/names.js';
import type { StatedRenames } from '../model/plan.js';
import type { ObjectName } from '../model/schema.js';
import type { ExactRenames } from './exact-renames.js';
import { findRenames, type Renamable, type RenameSearch } from './find-renames.js';
import { type NamePair, orderRenames } from './order-renames.js';
import { describeAmbiguity, type RenameWords } from './rename-problems.js';
import { type RenamePlace, statedIn } from './stated-renames.js';

/** Objects of one kind in one place, and how their renames are told of. */
export interface Renamables<Item extends Renamable> {
  readonly place: RenamePlace & { readonly before: readonly Item[]; readonly after: readonly Item[] };
  readonly words: RenameWords<Item>;
  /** The rename as a change. */
  change(pair: NamePair): RenameChange;
}

/** The renames among them. */
export interface Found<Item extends Renamable> extends ExactRenames<Item>, Renamables<Item> {}

/** By what an object is known under another name, and what may be done with it. */
export type Judgement<Item extends Renamable> = Pick<
  RenameSearch<Item>,
  'alike' | 'traitOf' | 'assumeRenames' | 'dropsRest'
>;

/** What the caller states, and where. */
export function searchAmong<Item extends Renamable>(
  { place }: Renamables<Item>,
  stated: StatedRenames,
  judgement: Judgement<Item>,
): RenameSearch<Item> {
  const { before: actual, after: desired, fold } = place;
  return { actual, desired, stated: statedIn(stated, place), fold, ...judgement };
}

export function findAmong<Item extends Renamable>(
  renamables: Renamables<Item>,
  stated: StatedRenames,
  judgement: Judgement<Item>,
): Found<Item> {
  return { ...findRenames(searchAmong(renamables, stated, judgement)), ...renamables };
}

export function problemsOf<Item extends Renamable>({
  ambiguous,
  words,
}: Found<Item>): ReturnType<typeof describeAmbiguity>[] {
  return ambiguous.map((ambiguity) => describeAmbiguity(ambiguity, words));
}

/** The changes, in an order in which each finds its name free. */
export function inOrder<Item extends Renamable>({ renames, displaced, place, change }: Found<Item>): RenameChange[] {
  if (renames.length === 0) return [];
  const pairs = renames.map(({ from, to, reason }): NamePair => ({ from: from.name, to: to.name, reason }));
  const taken = [...place.before, ...place.after].map(({ name }) => name);
  return orderRenames({ renames: pairs, displaced: displaced.map(({ name }) => name), taken }, place.fold).map(change);
}

/** How the caller may call an object: as it is called now or is going to be, or by a name that it has given up. */
export function pathsOf(actual: ObjectName, desired: ObjectName, stated: StatedRenames): readonly string[] {
  const names = [desired.name, displayName(desired)];
  const former = Object.entries(stated).flatMap(([path, to]) => (to !== false && names.includes(to) ? [path] : []));
  return [...new Set([displayName(actual), displayName(desired), ...former])];
}
