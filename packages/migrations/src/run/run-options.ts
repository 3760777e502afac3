import type { Direction } from '../log/migration-log.js';

/** Which migrations are run, by their names, and how. */
export interface RunOptions {
  /** The last one that is run; `0` takes all back. */
  readonly to?: string | 0 | undefined;
  /** The first one that is run; those before it are passed over. */
  readonly from?: string | undefined;
  /** These alone, whatever comes before or after them. */
  readonly only?: string | readonly string[] | undefined;
  /** Called before and after each migration. What it throws stops the run. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  /** Stops between two statements. */
  readonly signal?: AbortSignal | undefined;
}

/** How everything is run anew. */
export interface FreshOptions extends Pick<RunOptions, 'onProgress' | 'signal'> {
  /** Remove the whole database first, not its tables alone. The default is false. */
  readonly dropDb?: boolean | undefined;
}

/** Where a run is: a migration that starts or has finished. */
export interface MigrationProgress {
  readonly kind: 'started' | 'finished';
  readonly direction: Direction;
  /** The name of the migration. */
  readonly name: string;
  /** The number of the migration, from 1. */
  readonly number: number;
  /** How many migrations there are. */
  readonly total: number;
}
