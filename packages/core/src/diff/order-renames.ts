import type { RenameReason } from '../model/change.js';
import type { FoldName } from '../model/names.js';

export interface NamePair {
  readonly from: string;
  readonly to: string;
  readonly reason: RenameReason;
}

/** Puts renames in an order in which each new name is free, by way of a spare name where they go in a ring. */
export function orderRenames(renames: readonly NamePair[], taken: readonly string[], fold: FoldName): NamePair[] {
  const pending = new Map(renames.map((rename) => [fold(rename.from), rename]));
  const used = new Set([...taken, ...renames.map(({ to }) => to)].map(fold));
  const ordered: NamePair[] = [];

  for (const first of renames) {
    const chain = chainFrom(first, pending, fold);
    for (const { from } of chain) pending.delete(fold(from));
    const [head, ...rest] = chain;
    const last = chain.at(-1);
    if (head === undefined || last === undefined) continue;
    if (fold(last.to) === fold(head.from)) {
      const spare = spareName(used, fold);
      ordered.push({ ...head, to: spare }, ...rest.reverse(), { ...head, from: spare });
    } else ordered.push(...chain.reverse());
  }
  return ordered;
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

function spareName(used: Set<string>, fold: FoldName): string {
  for (let number = 1; ; number += 1) {
    const name = `dovetail_rename_${number}`;
    if (used.has(fold(name))) continue;
    used.add(fold(name));
    return name;
  }
}
