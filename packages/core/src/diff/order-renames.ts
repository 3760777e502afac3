import type { RenameReason } from '../model/change.js';
import type { FoldName } from '../model/names.js';

export interface NamePair {
  readonly from: string;
  readonly to: string;
  readonly reason: RenameReason;
}

export interface RenamesToOrder {
  readonly renames: readonly NamePair[];
  /** The names of what has to make room for a rename, and is dropped. */
  readonly displaced: readonly string[];
  /** Names that are no spare ones. */
  readonly taken: readonly string[];
}

const displacedPrefix = 'dovetail_old_';

/** Puts renames in an order in which each new name is free, by way of a spare name where they go in a ring. */
export function orderRenames({ renames, displaced, taken }: RenamesToOrder, fold: FoldName): NamePair[] {
  const pending = new Map(renames.map((rename) => [fold(rename.from), rename]));
  const used = new Set([...taken, ...renames.map(({ to }) => to)].map(fold));
  const reasons = new Map(renames.map(({ to, reason }) => [fold(to), reason]));
  const ordered = displaced.map((name): NamePair => ({
    from: name,
    // Short enough for every database, however many bytes a character takes.
    to: spareName(`${displacedPrefix}${Array.from(name).slice(0, 12).join('')}`, used, fold),
    reason: reasons.get(fold(name)) ?? 'hint',
  }));

  for (const first of renames) {
    const chain = chainFrom(first, pending, fold);
    for (const { from } of chain) pending.delete(fold(from));
    const [head, ...rest] = chain;
    const last = chain.at(-1);
    if (head === undefined || last === undefined) continue;
    if (fold(last.to) === fold(head.from)) {
      const spare = spareName('dovetail_rename', used, fold);
      ordered.push({ ...head, to: spare }, ...rest.reverse(), { ...head, from: spare });
    } else ordered.push(...chain.reverse());
  }
  return ordered;
}

/** Whether an object has been put out of the way, by an update that ended early: it was to be dropped. */
export function isSpareName(name: string): boolean {
  return name.startsWith(displacedPrefix);
}

/** The renames that wait for each other, each for the one behind it: `a` → `b`, `b` → `c`. */
function chainFrom(first: NamePair, pending: ReadonlyMap<string, NamePair>, fold: FoldName): NamePair[] {
  const chain = new Set<NamePair>();
  let next = pending.get(fold(first.from));
  while (next !== undefined && !chain.has(next)) {
    chain.add(next);
    next = pending.get(fold(next.to));
  }
  return [...chain];
}

function spareName(stem: string, used: Set<string>, fold: FoldName): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}_${number}`;
    if (used.has(fold(name))) continue;
    used.add(fold(name));
    return name;
  }
}
