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
  /**
   * A hash of the schema that the plan starts from; apply refuses when the database no longer matches it. Empty where
   * there is nothing to do.
   */
  readonly startsFrom: string;
  /** The options that the plan was made with; apply verifies the result with the same ones. */
  readonly options: PlanOptions;
  /** The statements, in the order in which they run; none where there is nothing to do. */
  readonly steps: readonly Step[];
  /** How the steps are taken back. */
  readonly undo: Undo;
}

/** How a plan is taken back, once it was carried out. */
export interface Undo {
  /**
   * The statements, in the order in which they run. They bring the schema back, with every value that the plan has kept;
   * their hazards say what happens to values that came later. None where a statement would be refused.
   */
  readonly steps: readonly Step[];
  /** What they do not bring back. */
  readonly irreversible: readonly Loss[];
}

/** Something that does not come back. */
export interface Loss {
  /** The table or column, as a person would name it: `customer.email`. */
  readonly object: string;
  /** One sentence: what is lost. */
  readonly message: string;
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
  /** What was renamed, and what was not. */
  readonly renames?: StatedRenames | undefined;
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

/**
 * Renames that the caller states: the path of each object as the database has it, with its new name; false where it is
 * no rename, but a drop. A path is `author` for a table, `author.name` for a column, `mood` for an enum, `mood.sad` for
 * one of its values, `shop` for a schema, each with its schema before it where it is not in the default one.
 */
export type StatedRenames = Readonly<Record<string, string | false>>;

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
  /** Whether it takes part in the transaction of the plan. */
  readonly transactional: boolean;
  /** Foreign keys must not be enforced while it runs. */
  readonly suspendsForeignKeys?: boolean | undefined;
  /** How it is carried out in parts where it concerns many rows. */
  readonly batches?: Batches | undefined;
  /** Why it will not be run. */
  readonly refusal?: Refusal | undefined;
}

/** A statement in parts, for tables so large that a person wants to see how far it is. */
export interface Batches {
  /** A query of one row with one number, `count`: how many rows the statement concerns. */
  readonly count: string;
  /** The statement for so many rows as its one parameter says. Running it again goes on with others. */
  readonly sql: string;
  /** True where no rows can come meanwhile. Else the statement of the step follows, for those that are left over. */
  readonly complete?: true | undefined;
}

/** Why a step will not be run, whatever the rows are. */
export type Refusal =
  /** It would lose what the model cannot express. */
  | (RefusalDescription & { readonly kind: 'unmodelled' })
  /** The database would not carry it out. */
  | (RefusalDescription & {
      readonly kind: 'impossible';
      /** What to write instead. */
      readonly remedy: string;
    });

interface RefusalDescription {
  /** The table that would lose something, or what can't be made. */
  readonly object: string;
  /** What would be lost, and how; or why it can't be made. */
  readonly message: string;
}

/** What is at stake in a step. */
export type Hazard =
  | (HazardDescription & { readonly kind: Exclude<HazardKind, 'blocking-lock'> })
  | (HazardDescription & {
      readonly kind: 'blocking-lock';
      /** The lock in the database's words: `ACCESS EXCLUSIVE`. */
      readonly lock: string;
      /** What has to wait while it is held. */
      readonly blocks: 'reads and writes' | 'writes';
    });

interface HazardDescription {
  /** How much it asks for a person's eyes. */
  readonly severity: Severity;
  /** The table, column, index or other object it is about, as a person would name it: `customer.email`. */
  readonly object: string;
  /** One sentence: what is at stake. */
  readonly message: string;
  /** What to do instead; an empty text where there is nothing better. */
  readonly remedy: string;
}

/**
 * `high` where data that exists would be destroyed, `medium` where the update may be refused or running programs feel
 * it, `low` where it is good to know.
 */
export type Severity = 'high' | 'medium' | 'low';

/** The kinds of risk that a step can carry. */
export type HazardKind =
  /** Rows go with their table. */
  | 'destroys-rows'
  /** Values go with their column, or are not the same afterwards. */
  | 'destroys-values'
  /** Rows that exist may not fit. */
  | 'may-fail'
  /** The database writes all rows of the table anew. */
  | 'table-rewrite'
  /** Others have to wait for a lock while the step runs. */
  | 'blocking-lock'
  /** The table is made anew under another name, and takes the place of the old one. */
  | 'table-rebuild'
  /** The database commits the step by itself, so that it stays when a later one fails. */
  | 'not-transactional'
  /** What depends on a changed object is dropped, and made again. */
  | 'drops-dependants'
  /** Programs that know the object by its name no longer find it. */
  | 'breaks-code';

/** A query that must find nothing before the first statement runs. */
export interface Precheck {
  /** What destroys something is waived by consent; what may fail never is, for the statement would fail. */
  readonly kind: 'destroys-rows' | 'destroys-values' | 'may-fail';
  /** Whether what it finds is lost because just that was asked for: it is told of, and nothing is refused. */
  readonly isAsked?: true | undefined;
  /** The table, column or other object that the rows are of: `customer.email`. */
  readonly object: string;
  /** Statements that the query needs to have run before it, in the same session. They change nothing that lasts. */
  readonly prepare?: readonly string[] | undefined;
  /**
   * A query of the rows at stake, one more than `limit` at most, so that it ends early on a big table. It gives the key
   * of each row, as `key_1`, `key_2` and so on.
   */
  readonly sql: string;
  /**
   * The objects of other prechecks that must have found nothing before: columns that the query converts to another type,
   * which fails where a value can't be converted.
   */
  readonly needs?: readonly string[] | undefined;
  /** How many rows are counted; more are "more than" so many. */
  readonly limit: number;
  /** The columns of that key as they are called now; none where nothing tells the rows apart. */
  readonly key: readonly string[];
  /** What it means when it finds rows, after their number. */
  readonly message: RowsMessage;
  /** What the reader can do about it: `fill them first, or give the property a default`. */
  readonly remedy: string;
}

/** What is said of one row, and of several. */
export interface RowsMessage {
  /** After `1`: `row holds null`. */
  readonly one: string;
  /** After any other number: `rows hold null`. */
  readonly other: string;
}
