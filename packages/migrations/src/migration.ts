import type { Connection } from '@dovetail/core';

/**
 * What the file of a migration exports as its default.
 *
 * @example
 * export default {
 *   up: [`alter table "customer" add column "email" text`],
 *   down: [`alter table "customer" drop column "email"`],
 * } satisfies Migration;
 */
export interface Migration {
  /** Carries it out. */
  readonly up: Statements;
  /** Takes it back. Without it, that cannot be done. */
  readonly down?: Statements | undefined;
  /** False where a statement cannot be in a transaction. The default is true. */
  readonly transactional?: boolean | undefined;
  /** Foreign keys must not be enforced while it runs. The default is false. */
  readonly suspendsForeignKeys?: boolean | undefined;
  /** The migrations that it takes the place of: where all of them were run, it counts as run. */
  readonly replaces?: readonly string[] | undefined;
}

/** SQL statements, or a function that runs some. What a function does is not watched for edits. */
export type Statements = readonly string[] | ((connection: Connection) => Promise<void>);

/** The statements that are listed; none of a function, whose statements nobody knows. */
export function listed(statements: Statements = []): readonly string[] {
  return typeof statements === 'function' ? [] : statements;
}
