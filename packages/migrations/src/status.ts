import { DovetailError, type ErrorCode, type Problem } from '@dovetail/core';
import { checksumOf, type MigrationFile } from './files/read-migrations.js';
import type { Direction, MigrationRecord } from './log/migration-log.js';

/** A migration, and how it stands. */
export interface MigrationStatus {
  /** The name of its file without the extension. */
  readonly name: string;
  readonly state: MigrationState;
  /** When it was finished, in ISO 8601. */
  readonly appliedAt?: string | undefined;
  /** How long it took, in milliseconds. */
  readonly duration?: number | undefined;
  /** Whether an interrupted one was being run, or taken back; absent of all others. */
  readonly interrupted?: Direction | undefined;
}

/** How a migration stands. */
export type MigrationState =
  /** It was run. */
  | 'applied'
  /** It will be run by the next `up`. */
  | 'pending'
  /** It was not run, and one that comes after it was. */
  | 'out-of-order'
  /** It was run, and its statements are others now. */
  | 'edited'
  /** It was run, and its file is gone. */
  | 'missing'
  /** It was begun and not finished, where the database commits each statement by itself. */
  | 'interrupted';

/** How each migration stands, of which there is a file or a record, in their order. */
export function statusOf(
  files: readonly MigrationFile[],
  log: ReadonlyMap<string, MigrationRecord>,
): readonly MigrationStatus[] {
  const replaced = new Set(files.filter((file) => log.has(file.name) || isReplacement(file, log)).flatMap(replacedBy));
  const byName = new Map(files.map((file) => [file.name, file]));
  const names = [...new Set([...byName.keys(), ...log.keys()])].filter((name) => !replaced.has(name)).sort();
  const last =
    [...log.values()]
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? '';
  return names.map((name) => {
    const [file, record] = [byName.get(name), log.get(name)];
    const { appliedAt, duration, progress } = record ?? {};
    const state = stateOf(file, record, log, name < last);
    return { name, state, appliedAt, duration, interrupted: state === 'interrupted' ? progress?.direction : undefined };
  });
}

/** Whether a migration that takes the place of others counts as run, for all of them were. */
export function isReplacement(file: MigrationFile, log: ReadonlyMap<string, MigrationRecord>): boolean {
  const replaced = replacedBy(file);
  return replaced.length > 0 && !log.has(file.name) && replaced.every((name) => log.has(name));
}

export function replacedBy({ migration }: MigrationFile): readonly string[] {
  return migration.replaces ?? [];
}

function stateOf(
  file: MigrationFile | undefined,
  record: MigrationRecord | undefined,
  log: ReadonlyMap<string, MigrationRecord>,
  isOvertaken: boolean,
): MigrationState {
  if (file === undefined) return 'missing';
  if (record === undefined) {
    if (isReplacement(file, log)) return 'applied';
    return isOvertaken ? 'out-of-order' : 'pending';
  }
  if (record.checksum !== undefined && record.checksum !== checksumSoFar(file, record)) return 'edited';
  return record.progress === undefined ? 'applied' : 'interrupted';
}

/** Of a migration that is half-way up, what was carried out must not change; the rest may be corrected. */
function checksumSoFar({ migration, checksum }: MigrationFile, { progress }: MigrationRecord): string | undefined {
  return progress?.direction === 'up' ? checksumOf(migration.up, progress.done) : checksum;
}

type Fault = Extract<MigrationState, 'edited' | 'missing' | 'out-of-order'>;

const faults: Readonly<Record<Fault, { code: ErrorCode; what(appliedAt: string): string; remedy: string }>> = {
  edited: {
    code: 'migration-edited',
    what: (appliedAt) => `was run at ${appliedAt}, and its statements have been edited since`,
    remedy: 'restore the file as it was, and write the change as a migration of its own',
  },
  missing: {
    code: 'migration-missing',
    what: (appliedAt) => `was run at ${appliedAt}, and its file is gone`,
    remedy:
      'restore the file; or check that this is the right database and the right folder; `forget` it where it is gone for good',
  },
  'out-of-order': {
    code: 'migration-out-of-order',
    what: () => 'was never run here, and one that comes after it was',
    remedy: 'rename the file so that it comes last; or run it alone, by its name, with `only`',
  },
};

/** What is wrong with the migrations, and what to do about it. */
export function problemsOf(statuses: readonly MigrationStatus[]): readonly Problem[] {
  return [
    ...Object.keys(faults)
      .filter(isFault)
      .flatMap((fault) => problemsOfKind(fault, statuses)),
    ...statuses.flatMap(({ name, interrupted }) =>
      interrupted === undefined ? [] : [interruption(name, interrupted)],
    ),
  ];
}

/** Of a migration that is half-way, how to go on. */
export function interruption(name: string, direction: Direction): Problem {
  switch (direction) {
    case 'up':
      return {
        where: name,
        what: 'was begun and not finished',
        remedy:
          'run `up` again, which does the rest, or correct what stops it; where you have done the rest by hand, tell it by `baseline` with `only`; where you have undone what was done, by `forget`',
      };
    case 'down':
      return {
        where: name,
        what: 'was being taken back, and that was not finished',
        remedy:
          'run `down` again, which does the rest, or correct what stops it; where you have done the rest by hand, tell it by `forget`; where you have done again what was undone, by `baseline` with `only`',
      };
  }
}

/** @throws DovetailError `migration-edited`, `migration-missing` or `migration-out-of-order`, whichever there is first. */
export function rejectFaults(statuses: readonly MigrationStatus[]): void {
  for (const fault of Object.keys(faults).filter(isFault)) {
    const problems = problemsOfKind(fault, statuses);
    if (problems.length === 0) continue;
    throw new DovetailError(
      faults[fault].code,
      'The migrations are not as they were run. Nothing has been done.',
      problems,
    );
  }
}

function problemsOfKind(fault: Fault, statuses: readonly MigrationStatus[]): readonly Problem[] {
  const { what, remedy } = faults[fault];
  return statuses
    .filter(({ state }) => state === fault)
    .map(({ name, appliedAt = 'an unknown time' }) => ({ where: name, what: what(appliedAt), remedy }));
}

function isFault(state: string): state is Fault {
  return state in faults;
}
