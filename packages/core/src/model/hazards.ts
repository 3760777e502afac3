import type { Hazard, HazardKind, Severity } from './plan.js';

const severities: Readonly<Record<HazardKind, Severity>> = {
  'destroys-rows': 'high',
  'destroys-values': 'high',
  'may-fail': 'medium',
  'breaks-code': 'medium',
  'table-rewrite': 'medium',
  'table-rebuild': 'medium',
  'blocking-lock': 'medium',
  'drops-dependants': 'low',
  'not-transactional': 'low',
};

/** A hazard of a step; its kind decides how severe it is. */
export function makeHazard(
  kind: Exclude<HazardKind, 'blocking-lock'>,
  object: string,
  message: string,
  remedy = '',
): Hazard {
  return { kind, severity: severities[kind], object, message, remedy };
}

/** Which lock a statement takes, in the database's words, and what has to wait for it. */
export interface BlockingLock {
  readonly name: string;
  readonly blocks: 'reads and writes' | 'writes';
  /** Whether it is held while all rows are gone through, and not for a moment alone. */
  readonly lasting: boolean;
}

/** The hazard of a lock that others have to wait for. */
export function blockingLock(object: string, { name, blocks, lasting }: BlockingLock, remedy = ''): Hazard {
  return {
    kind: 'blocking-lock',
    severity: lasting ? severities['blocking-lock'] : 'low',
    object,
    message: `Blocks ${blocks} of "${object}" ${lasting ? 'while all its rows are gone through' : 'for a moment'} (${name}).`,
    remedy,
    lock: name,
    blocks,
  };
}
