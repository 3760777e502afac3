import type { Change, Plan } from '@dovetail/core';
import { isHint, isObject } from '@dovetail/core/driver';
import { terminal } from '../terminal.js';
import { colours } from './colours.js';

/** Two forms that were compared, each as the database writes it. */
interface Compared {
  readonly what: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Tells of each difference in what the two forms differ that were compared. */
export function tellDifferences({ steps }: Plan): void {
  const changes = [...new Set(steps.flatMap((step) => step.changes))];
  for (const { what, from, to } of comparedIn(changes).flatMap(differingParts)) {
    terminal.tell(colours.told.dim(`${what}: the database has ${shown(from)}, the entities want ${shown(to)}`));
  }
}

function comparedIn(changes: readonly Change[]): readonly Compared[] {
  return changes.flatMap((change): Compared[] => {
    if ('from' in change && 'to' in change) {
      const { from, to } = change;
      return [{ what: describe(change, from), from, to }];
    }
    const removed = partOf(change, 'drop');
    const added = changes.flatMap((other) => partOf(other, 'add') ?? partOf(other, 'create') ?? []);
    const successor = removed && added.find(({ what }) => what === removed.what);
    return successor === undefined ? [] : [{ what: successor.what, from: removed?.part, to: successor.part }];
  });
}

/** What of a table is dropped or added, which becomes another by both. */
function partOf(change: Change, verb: 'drop' | 'add' | 'create'): { what: string; part: object } | undefined {
  if (!change.kind.startsWith(`${verb}-`) || !('table' in change)) return undefined;
  const [part] = Object.entries(change).flatMap(([key, value]: [string, unknown]) =>
    key !== 'table' && isObject(value) ? [value] : [],
  );
  return part && { what: describe(change, part), part };
}

function describe(change: Change, part: unknown): string {
  const kind = change.kind.slice(change.kind.indexOf('-') + 1);
  const table = 'table' in change ? change.table.name : undefined;
  const name = isObject(part) && 'name' in part ? String(part.name) : undefined;
  return `${kind} ${[table, name].filter((word) => word !== undefined).join('.')}`;
}

function differingParts({ what, from, to }: Compared): readonly Compared[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (!hasNamedParts(from) || !hasNamedParts(to)) return [{ what, from, to }];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys]
    .filter((key) => !isHint(key))
    .flatMap((key) =>
      differingParts({ what: `${what}, ${key}`, from: Reflect.get(from, key), to: Reflect.get(to, key) }),
    );
}

/** A list is compared as a whole. */
function hasNamedParts(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
