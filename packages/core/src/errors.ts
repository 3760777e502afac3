import type { Consent } from './model/plan.js';

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
  | 'invalid-row'
  | 'statement-failed'
  | 'not-verified'
  | 'migration-invalid'
  | 'migration-unknown'
  | 'migration-pending'
  | 'migration-edited'
  | 'migration-missing'
  | 'migration-out-of-order'
  | 'migration-interrupted'
  | 'migration-irreversible'
  | 'snapshot-invalid'
  | 'aborted';

/**
 * Which of the problems of an error it is, as a stable code for programs. `unknown-type`: nothing tells the type of a
 * property at run time.
 */
export type ProblemCode = 'missing-database' | 'unknown-type';

/** One thing that is wrong: where, what, and what to write instead. */
export interface Problem {
  /** The place as its author knows it: `Author.name`, or a table or column. */
  readonly where: string;
  /** What is wrong there. */
  readonly what: string;
  /** What to write or to do instead; an empty text where nothing helps. */
  readonly remedy: string;
  /** What a program knows it by; absent where none has asked to. */
  readonly code?: ProblemCode | undefined;
  /** The consent that waives it, given by the option `allow`; absent where none does. */
  readonly consent?: Consent | undefined;
  /** The rows that it is about, where it is about rows. */
  readonly rows?: RowsAtStake | undefined;
  /** Of an ambiguous rename: the choice that a program can put before a person. */
  readonly choice?: RenameChoice | undefined;
}

/** Rows that stand in the way of an update. */
export interface RowsAtStake {
  /** How many there are. */
  readonly count: number;
  /** Whether there are more than were counted. */
  readonly more: boolean;
  /** The columns that tell them apart; none where the table has no such columns. */
  readonly key: readonly string[];
  /** The keys of up to five of them, as texts, in the order of `key`. */
  readonly examples: readonly (readonly string[])[];
}

/**
 * Objects that would be dropped, and new ones that may be the same under new names. The answer goes into the option
 * `renames`: `{ 'author.name': 'full_name' }`, or `{ 'author.name': false }` where it is no rename.
 */
export interface RenameChoice {
  readonly kind: 'table' | 'column' | 'enum' | 'enum value';
  /** The paths of those that exist: `author.name`. */
  readonly removed: readonly string[];
  /** The paths of those that the entities want. */
  readonly added: readonly string[];
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
    /** What has happened, without the problems. */
    readonly summary: string,
    /** Each thing that is wrong; all of them, not the first alone. */
    readonly problems: readonly Problem[] = [],
    options?: ErrorOptions,
  ) {
    super([summary, ...problems.map(describeProblem)].join('\n'), options);
  }
}

// Not a member of the class, whose type would then differ from that of another copy.
Object.defineProperty(DovetailError.prototype, brand, { value: true });

function describeProblem({ where, what, remedy, rows }: Problem): string {
  const examples = rows === undefined ? '' : describeExamples(rows);
  return `  - ${where}: ${what}${examples}${remedy === '' ? '' : `\n    ${remedy}`}`;
}

/** ` (id 1, 2, 3, 4, 5 and others)`, ` (author_id, book_id: 1, 7; 2, 7)`. */
function describeExamples({ count, more, key, examples }: RowsAtStake): string {
  if (examples.length === 0) return '';
  const isSingle = key.length === 1;
  const values = examples.map((example) => example.map(unmistakable).join(', ')).join(isSingle ? ', ' : '; ');
  const others = more || count > examples.length ? ' and others' : '';
  return ` (${key.join(', ')}${isSingle ? '' : ':'} ${values}${others})`;
}

/** Quoted where it could be taken for several, or for none. */
function unmistakable(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `'${text}'`;
}
