import { DovetailError, isKeyword, type ObjectName, textOf, type Trigger } from '@dovetail/core/driver';
import { tokenize } from '../lexer.js';
import { quoteTable } from './quote.js';

/**
 * The statement that creates a trigger of the table.
 *
 * @throws DovetailError with the code `unsupported-feature` where it has not exactly one event.
 */
export function createTriggerSql(table: ObjectName, trigger: Trigger): string {
  const [event, ...others] = trigger.events;
  if (event === undefined || others.length > 0) {
    throw new DovetailError('unsupported-feature', 'This trigger cannot be created.', [
      { where: `${table.name}.${trigger.name}`, what: 'a trigger has one event', remedy: 'Write one for each event.' },
    ]);
  }
  const head = `create trigger ${quoteTable(triggerName(table, trigger))} ${trigger.timing} ${event.kind}`;
  return `${head} on ${quoteTable(table)} for each row begin\n  ${closed(trigger.body)}\nend`;
}

export function dropTriggerSql(table: ObjectName, trigger: Trigger): string {
  return `drop trigger ${quoteTable(triggerName(table, trigger))}`;
}

/** A trigger is in the database of its table. */
function triggerName({ schema }: ObjectName, { name }: Trigger): ObjectName {
  return { schema, name };
}

/** Each statement of a block ends with a semicolon. */
function closed(body: string): string {
  const tokens = tokenize(body);
  const text = textOf(body, tokens);
  return isKeyword(tokens.at(-1), ';') ? text : `${text};`;
}
