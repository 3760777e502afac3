import { DovetailError, type ObjectName, type Trigger, type TriggerEvent } from '@dovetail/core/driver';
import { trimSql } from '../lexer.js';
import { quoteIdentifier } from './quote.js';

/**
 * The statement that creates a trigger of the table or view.
 *
 * @throws DovetailError with the code `unsupported-feature` for what SQLite's triggers are not: several events in one,
 * once per statement.
 */
export function createTriggerSql(table: ObjectName, trigger: Trigger): string {
  const { name, timing, when, body } = trigger;
  const condition = when === undefined ? '' : ` when ${trimSql(when)}`;
  const head = `create trigger ${quoteIdentifier(name)} ${timing} ${eventSql(table, trigger)}`;
  return `${head} on ${quoteIdentifier(table.name)} for each row${condition} begin\n  ${body}\nend`;
}

function eventSql(table: ObjectName, { name, events, forEach }: Trigger): string {
  const [event, ...others] = events;
  if (event === undefined || others.length > 0)
    throw unsupported(table, name, 'a trigger has exactly one event', 'one trigger for each event');
  if (event.kind === 'truncate') throw unsupported(table, name, 'there is no truncate', 'a trigger for delete');
  if (forEach === 'statement') throw unsupported(table, name, 'a trigger runs for each row', "forEach: 'row'");
  return event.kind === 'update' ? updateSql(event) : event.kind;
}

function updateSql({ columns }: Extract<TriggerEvent, { kind: 'update' }>): string {
  return columns === undefined ? 'update' : `update of ${columns.map(quoteIdentifier).join(', ')}`;
}

function unsupported(table: ObjectName, trigger: string, what: string, instead: string): DovetailError {
  return new DovetailError('unsupported-feature', 'SQLite cannot create this trigger.', [
    { where: `${table.name}.${trigger}`, what: `in SQLite ${what}`, remedy: `Write ${instead}.` },
  ]);
}
