import type { Plan, StatedRenames } from '@dovetail/core';

/** What is written. */
export interface CreateOptions {
  /** A few words for the name of the file. */
  readonly name?: string | undefined;
  /** Write a migration without statements, for statements of your own. The default is false. */
  readonly blank?: boolean | undefined;
  /** Write the first migration, which creates all that the entities describe, whatever the database holds. */
  readonly initial?: boolean | undefined;
  /** Give the text, and write nothing. The default is false. */
  readonly dump?: boolean | undefined;
  /** What was renamed, and what was not, as `updateSchema` takes it. */
  readonly renames?: StatedRenames | undefined;
}

/** What was written. */
export interface Created {
  /** The files; none where there is nothing to do. */
  readonly files: readonly CreatedFile[];
  /** The plan that they carry out; absent for a blank migration. */
  readonly plan?: Plan | undefined;
}

/** A migration that was written. */
export interface CreatedFile {
  /** The name of the migration, which is that of its file without the extension. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}
