import { DovetailError } from '@dovetail/core';
import type { Direction } from '../log/migration-log.js';
import type { RunOptions } from './run-options.js';

/**
 * Those of the migrations that the options name, in the order given: up from the lowest name, down from the highest.
 *
 * @throws DovetailError `migration-unknown` when a name is none of `known`.
 */
export function select(
  candidates: readonly string[],
  known: readonly string[],
  { from, to, only }: Pick<RunOptions, 'from' | 'to' | 'only'>,
  direction: Direction,
): readonly string[] {
  const wanted = only === undefined ? undefined : [only].flat().map(withoutExtension);
  const end = to === 0 ? endOf(direction) : to;
  const [first, last] = [from, end].map((name) => name && withoutExtension(name));
  rejectUnknown([...(wanted ?? []), first, last], known);
  if (wanted !== undefined) return candidates.filter((name) => wanted.includes(name));
  const [lowest, highest] = direction === 'up' ? [first, last] : [last, first];
  return candidates.filter(
    (name) => (lowest === undefined || name >= lowest) && (highest === undefined || name <= highest),
  );
}

/** Before the first migration is where `down` leads to; `up` leads nowhere but to a migration. */
function endOf(direction: Direction): string | undefined {
  return direction === 'down' ? undefined : '0';
}

function withoutExtension(name: string): string {
  return name.replace(/\.([cm]?[jt]s|sql)$/, '');
}

function rejectUnknown(names: readonly (string | undefined)[], known: readonly string[]): void {
  const unknown = names.filter((name) => name !== undefined).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new DovetailError(
    'migration-unknown',
    'There is no such migration. Nothing has been done.',
    unknown.map((name) => ({
      where: name,
      what: 'is the name of no migration',
      remedy: `the last ones are ${known.slice(-3).join(', ') || 'not there yet'}`,
    })),
  );
}
