import type { ObjectName, Statement, Trigger, TriggerEvent } from '@dovetail/core/driver';
import { quoteIdentifier, quoteName } from './quote.js';

/** Everything of a trigger: the definition, when it fires, its comment. */
export function createTrigger(table: ObjectName, trigger: Trigger): Statement[] {
  const { name, restoration = [] } = trigger;
  return [
    { sql: createTriggerSql(table, trigger), description: `Creates the trigger "${name}" on "${table.name}".` },
    ...restoration.map((sql): Statement => ({
      sql,
      description: `Completes the trigger "${name}" of "${table.name}".`,
    })),
  ];
}

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

export function dropTrigger(table: ObjectName, { name }: Trigger): Statement {
  return {
    sql: `drop trigger ${quoteIdentifier(name)} on ${quoteName(table)}`,
    description: `Drops the trigger "${name}" of "${table.name}".`,
  };
}
