import { lexer } from '../lexer.js';
import { isKeyword, textOf, type Token, TokenReader, type Trigger, type TriggerEvent } from '@dovetail/core/driver';

/**
 * Reads the text that `sqlite_schema` holds of a trigger (sqlite.org/lang_createtrigger.html).
 *
 * @throws UnreadableDefinition where the text is no such statement.
 */
export function readCreateTrigger(sql: string): Trigger {
  const reader = new TokenReader(sql, lexer);
  reader.expect('create', 'trigger');
  const name = reader.name();
  const timing = readTiming(reader);
  const event = readEvent(reader);
  reader.expect('on');
  readTable(reader);
  reader.accept('for', 'each', 'row');
  const when = reader.accept('when') ? textOf(sql, reader.until(startsBody)) : undefined;
  const begin = reader.next('begin');
  const end = reader.rest().at(-1);
  if (!isKeyword(begin, 'begin') || end === undefined || !isKeyword(end, 'end')) return reader.fail('begin ... end');
  return { name, timing, events: [event], forEach: 'row', when, body: sql.slice(begin.end, end.start).trim() };
}

function readTiming(reader: TokenReader): Trigger['timing'] {
  if (reader.accept('after')) return 'after';
  if (reader.accept('instead', 'of')) return 'instead of';
  reader.accept('before');
  return 'before';
}

function readEvent(reader: TokenReader): TriggerEvent {
  if (reader.accept('insert')) return { kind: 'insert' };
  if (reader.accept('delete')) return { kind: 'delete' };
  reader.expect('update');
  if (!reader.accept('of')) return { kind: 'update' };
  const columns = [reader.name()];
  while (reader.accept(',')) columns.push(reader.name());
  return { kind: 'update', columns };
}

/** The name of the table may be written with that of its schema. */
function readTable(reader: TokenReader): void {
  reader.name();
  if (reader.accept('.')) reader.name();
}

/** A condition knows columns only as `new.x` and `old.x`, so a bare `begin` is none. */
function startsBody(token: Token, previous: Token | undefined): boolean {
  return isKeyword(token, 'begin') && previous?.text !== '.';
}
