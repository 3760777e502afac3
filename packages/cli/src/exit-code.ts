import type { ErrorCode } from '@dovetail/core';

/** What the process ends with; stable across versions. */
export const exitCode = {
  /** Done, or there was nothing to do. */
  done: 0,
  /** A difference was found, or the work was refused. Nothing has been changed. */
  refused: 1,
  /** The command line, the configuration or the entities are wrong. Nothing has been changed. */
  usage: 2,
  /** The database can't be reached. */
  connection: 3,
  /** The work has failed, and was rolled back where the database can; the message says what has been done. */
  failed: 4,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export function exitCodeOf(code: ErrorCode): ExitCode {
  switch (code) {
    case 'invalid-configuration':
    case 'invalid-metadata':
    case 'unsupported-feature':
    case 'invalid-row':
    case 'migration-invalid':
    case 'migration-unknown':
    case 'snapshot-invalid':
      return exitCode.usage;
    case 'connection-failed':
      return exitCode.connection;
    case 'ambiguous-rename':
    case 'precheck-failed':
    case 'unmodelled-feature':
    case 'already-exists':
    case 'migration-pending':
    case 'migration-edited':
    case 'migration-missing':
    case 'migration-out-of-order':
    case 'migration-interrupted':
    case 'migration-irreversible':
      return exitCode.refused;
    case 'database-busy':
    case 'introspection-failed':
    case 'schema-changed':
    case 'statement-failed':
    case 'not-verified':
    case 'aborted':
      return exitCode.failed;
  }
}
