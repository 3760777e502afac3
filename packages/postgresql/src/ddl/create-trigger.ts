import type { ObjectName, Trigger, TriggerEvent } from '@dovetail/core/driver';
import { quoteIdentifier, quoteName } from './quote.js';

/** The statement that creates a trigger of the table or view. Its body is the call of a function. */
export function createTriggerSql(table: ObjectName, { name, timing, events, forEach, when, body }: Trigger): string {
  return [
    `create trigger ${quoteIdentifier(name)} ${timing} ${events.map(eventSql).join(' or ')} on ${quoteName(table)}`,
    `for each ${forEach}`,
    when !== undefined && `when (${when})`,
    `execute function ${body}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function eventSql(event: TriggerEvent): string {
  if (event.kind !== 'update' || event.columns === undefined) return event.kind;
  return `update of ${event.columns.map(quoteIdentifier).join(', ')}`;
}

export function dropTriggerSql(table: ObjectName, { name }: Trigger): string {
  return `drop trigger ${quoteIdentifier(name)} on ${quoteName(table)}`;
}
