import type { Connection } from '@dovetail/core';
import type { TableOptions } from '@dovetail/core/driver';
import type { Family, TypeSpec } from './model.js';

/**
 * What of the generator is in one database's own words. `{x}` and `{y}` in a text are columns of the family that it
 * stands under.
 */
export interface Dialect {
  readonly rawTypes: readonly TypeSpec[];
  readonly collations: readonly string[];
  /** Settings of tables that any table can take, and lose again. */
  readonly tableOptions: readonly TableOptions[];
  /** Default expressions. */
  readonly defaults: Texts;
  /** Conditions that all values of the family fulfil. */
  readonly checks: Texts;
  /** Expressions for generated columns, and the type of their results. */
  readonly generated: Readonly<Partial<Record<Family, readonly GeneratedText[]>>>;
  readonly indexExpressions: Texts;
  readonly predicates: Texts;
  /** Parts of the texts above, and what is easily taken for the same and is not. */
  readonly twins: readonly (readonly [string, string])[];
  /** Runs `insert` with foreign keys not enforced, in one transaction. */
  insertFreely(connection: Connection, insert: () => Promise<void>): Promise<void>;
  /** What the database itself finds wrong with its files or its rows. */
  integrityProblems(connection: Connection): Promise<readonly unknown[]>;
}

export type Texts = Readonly<Partial<Record<Family, readonly string[]>>>;

export interface GeneratedText {
  readonly expression: string;
  readonly type: 'integer' | 'text';
}
