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
  /** The one that a column has without any. */
  readonly defaultCollation: string;
  /** Settings of tables that any table can take, and lose again. */
  readonly tableOptions: readonly TableOptions[];
  /** Default expressions. */
  readonly defaults: Texts;
  /** Conditions that all values of the family fulfil. */
  readonly checks: Texts;
  /** Expressions for generated columns, and the type of their results. */
  readonly generated: Readonly<Partial<Record<Family, readonly GeneratedText[]>>>;
  /** Whether a generated column that is not stored can stand wherever one that is stored can. */
  readonly virtualColumns: boolean;
  readonly indexExpressions: Texts;
  readonly predicates: Texts;
  /** Parts of the texts above, and what is easily taken for the same and is not. */
  readonly twins: readonly (readonly [string, string])[];
  /** What it refuses of a model that others take; absent where it takes them all. */
  readonly limits?: Limits | undefined;
  /** One of the ways to write it, for what the database shows now in one way and now in another. Absent for none. */
  spelling?(text: string): string;
  /** Where a parameter stands in a statement, by its position from 1; that of an array is its only element. */
  parameter(position: number, isArray: boolean): string;
  /** A column's value in a form in which values can be compared. */
  readable(column: string): string;
  /** Runs `insert` with foreign keys not enforced, in one transaction. */
  insertFreely(connection: Connection, insert: () => Promise<void>): Promise<void>;
  /** What the database itself finds wrong with its files or its rows. */
  integrityProblems(connection: Connection): Promise<readonly unknown[]>;
}

/** What a database refuses although every part of it is sound. */
export interface Limits {
  /** The most bytes of a key or an index. */
  readonly indexBytes: number;
  /** How many of them a column takes; infinitely many where none of that type can be in one. */
  bytesOf(type: TypeSpec): number;
  /** Whether SQL texts of the table can be about the column that numbers its rows. */
  readonly textsAboutNumbers: boolean;
  /** Whether a foreign key that takes no null can follow the updates of a column that takes null. */
  readonly cascadesNull: boolean;
  /** The name, or another where it takes no such name. */
  nameFor(name: string): string;
  /** The text as a default, or another where it keeps no such text. */
  defaultFor(text: string): string;
  /** The item of an enum, or another where it keeps no such item. */
  itemFor(item: string): string;
}

export type Texts = Readonly<Partial<Record<Family, readonly string[]>>>;

export interface GeneratedText {
  readonly expression: string;
  readonly type: 'integer' | 'text';
}
