import type { Change } from './change.js';

/**
 * What an update will do, in order, before any of it is done. Plain data: `JSON.stringify(plan)` can be reviewed,
 * stored, and applied later, as long as the database has not changed in between.
 */
export interface Plan {
  /** The version of this form of a plan. */
  readonly version: 1;
  /** The driver that the plan is for, such as `SQLite`. */
  readonly database: string;
  /** A hash of the schema that the plan starts from; apply refuses when the database no longer matches it. */
  readonly startsFrom: string;
  /** The options that the plan was made with; apply verifies the result with the same ones. */
  readonly options: PlanOptions;
  /** The statements, in the order in which they run; none where there is nothing to do. */
  readonly steps: readonly Step[];
}

/** The options that a plan was made with, each at its default where it was left out. */
export interface PlanOptions {
  /** What the caller consents to. Without `data-loss`, a plan that would destroy rows or values that exist is refused. */
  readonly allow: readonly Consent[];
  /** Plan no drops of tables and columns and no other change that destroys values. */
  readonly safe: boolean;
  /** Drop tables that no entity describes. */
  readonly dropTables: boolean;
  /**
   * Take one removed and one added object of the same definition for a rename, where only one reading exists. When
   * false, they are planned as drop and add, and an ambiguous set is no error.
   */
  readonly assumeRenames: boolean;
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

/** What a caller can consent to. */
export type Consent = 'data-loss';

/** One statement, and all that a person or a program asks of it. */
export interface Step {
  /** One SQL statement, without a closing semicolon. */
  readonly sql: string;
  /** One sentence that says what it does: `Adds column "email" to "customer".` */
  readonly description: string;
  /** The changes that it carries out; several where one statement, or one rebuild of a table, carries them together. */
  readonly changes: readonly Change[];
  /** What is at stake in it. */
  readonly hazards: readonly Hazard[];
  /** The queries that must find nothing before the first step of the plan runs. */
  readonly prechecks: readonly Precheck[];
  /** The statements that take it back without loss, in order; absent where there are none. */
  readonly undo?: readonly string[] | undefined;
  /** Whether it takes part in the transaction of the plan. */
  readonly transactional: boolean;
  /** Foreign keys must not be enforced while it runs. */
  readonly suspendsForeignKeys?: boolean | undefined;
  /** Why it will not be run: it would lose what the model cannot express. */
  readonly refusal?: Refusal | undefined;
}

/** Why a step will not be run. */
export interface Refusal {
  /** The table that would lose something. */
  readonly object: string;
  /** What would be lost, and how. */
  readonly message: string;
}

/** What is at stake in a step. */
export interface Hazard {
  /** What kind of risk it is. */
  readonly kind: HazardKind;
  /** The table, column, index or other object it is about, as a person would name it: `customer.email`. */
  readonly object: string;
  /** One sentence: what is at stake. */
  readonly message: string;
}

/** The kinds of risk that a step can carry. */
export type HazardKind =
  | 'data-loss'
  | 'may-fail'
  | 'table-rewrite'
  | 'table-rebuild'
  | 'blocking-lock'
  | 'not-transactional'
  | 'drops-dependants';

/** A query that must find nothing before the first statement runs. */
export interface Precheck {
  /** `data-loss` is waived by consent; `may-fail` never is, for the statement would fail. */
  readonly kind: 'data-loss' | 'may-fail';
  /** A query of one row with one number, `count`: the rows at stake. */
  readonly sql: string;
  /** The table, column or other object that the rows are of: `customer.email`. */
  readonly object: string;
  /** What it means when it finds rows, after their number: `rows hold a value in "email", which would be dropped`. */
  readonly message: string;
  /** What the reader can do about it: `fill them first, or give the property a default`. */
  readonly remedy: string;
}
