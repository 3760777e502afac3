import type { ExitCode } from './exit-code.js';

/** What a command has come to. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** What goes to stdout for a person: SQL, a tree. */
  readonly result?: string | undefined;
  /** One sentence for a person, on stderr. */
  readonly message?: string | undefined;
  /** What goes to stdout with `--json`. */
  readonly json: unknown;
}
