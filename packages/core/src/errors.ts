/** Every way in which Dovetail refuses or fails, as a stable code for programs. */
export type ErrorCode =
  | 'invalid-configuration'
  | 'invalid-metadata'
  | 'unsupported-feature'
  | 'connection-failed'
  | 'database-busy'
  | 'introspection-failed'
  | 'ambiguous-rename'
  | 'precheck-failed'
  | 'unmodelled-feature'
  | 'schema-changed'
  | 'already-exists'
  | 'statement-failed'
  | 'not-verified'
  | 'aborted';

/** One thing that is wrong: where, what, and what to write instead. */
export interface Problem {
  /** The place as its author knows it: `Author.name`, or a table or column. */
  readonly where: string;
  /** What is wrong there. */
  readonly what: string;
  /** What to write or to do instead; an empty text where nothing helps. */
  readonly remedy: string;
}

// Registered, so that the error of another copy of this package is known too.
const brand = Symbol.for('@dovetail/error');

/**
 * The error of everything that a user can cause. Nothing has been changed when it is thrown, or the message says
 * exactly what has.
 *
 * @example
 * try {
 *   await orm.schema.updateSchema();
 * } catch (error) {
 *   if (error instanceof DovetailError && error.code === 'precheck-failed') console.error(error.problems);
 * }
 */
export class DovetailError extends Error {
  override readonly name = 'DovetailError';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }

  constructor(
    /** What kind of error it is, stable across versions. */
    readonly code: ErrorCode,
    summary: string,
    /** Each thing that is wrong; all of them, not the first alone. */
    readonly problems: readonly Problem[] = [],
    options?: ErrorOptions,
  ) {
    super([summary, ...problems.map(describeProblem)].join('\n'), options);
  }
}

// Not a member of the class, whose type would then differ from that of another copy.
Object.defineProperty(DovetailError.prototype, brand, { value: true });

function describeProblem({ where, what, remedy }: Problem): string {
  return `  - ${where}: ${what}${remedy === '' ? '' : `\n    ${remedy}`}`;
}
