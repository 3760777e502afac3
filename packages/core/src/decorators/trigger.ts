import { classDecorator, type ClassDecorator } from './decorator.js';
import type { SqlText } from './sql-text.js';

/** What a trigger waits for; an update of certain properties as `{ update: ['price'] }`. */
export type TriggerEventOption = 'insert' | 'update' | 'delete' | 'truncate' | { readonly update: readonly string[] };

/** What `@Trigger` takes. */
export interface TriggerOptions {
  /** The trigger's name. By default the table, the timing and the events. */
  readonly name?: string;
  /** Whether it runs before the change, after it, or in its place. */
  readonly timing: 'before' | 'after' | 'instead of';
  /** The changes that it waits for. */
  readonly events: readonly TriggerEventOption[];
  /** Once for each row (the default), or once for a statement. */
  readonly forEach?: 'row' | 'statement';
  /** The condition under which it does something. */
  readonly when?: SqlText;
  /** What it does: the statements between `begin` and `end`, or the function call, by the database. */
  readonly body: SqlText;
}

/**
 * Statements that the database runs when rows change.
 *
 * @example
 * @Trigger({ timing: 'after', events: ['update'], body: "insert into audit (what) values ('author');" })
 */
export function Trigger(options: TriggerOptions): ClassDecorator {
  return classDecorator((declarations) => {
    declarations.triggers.push({ options });
  });
}
