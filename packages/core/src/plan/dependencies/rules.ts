import type { Capabilities } from '../../driver.js';
import type { Names } from '../../model/names.js';
import type { Column, ForeignKey } from '../../model/schema.js';

/**
 * What must have happened before a change, and what has happened after it, as milestones. A change that awaits a
 * milestone runs after every change that reaches it; one that nobody reaches is no obstacle.
 */
export interface Dependencies {
  readonly reaches: readonly string[];
  readonly awaits: readonly string[];
}

export interface DependencyRules {
  readonly names: Names;
  /** Whether the table that a foreign key references must be ready before it, and may only go after it. */
  readonly foreignKeysNeedTarget: boolean;
  /** Whether the checks, and the foreign keys, of all tables of a namespace share their names. */
  readonly constraintNameScope: Capabilities['constraintNameScope'];
  /** Foreign keys that close a ring of tables, where the database does not mind the order. */
  readonly unordered: ReadonlySet<ForeignKey>;
  /** Columns that go because others of their names take their places. */
  readonly replaced: ReadonlySet<Column>;
}
