import type { Connection, Row, Trigger, TriggerEvent } from '@dovetail/core/driver';
import { withoutEnclosing } from '../enclosing.js';
import { readGroups, text, texts } from './row.js';

/** The triggers of the relations, by the oid of their relation. Those that constraints work with are left out. */
export async function readTriggers(
  connection: Connection,
  relations: readonly string[],
): Promise<ReadonlyMap<string, readonly Trigger[]>> {
  return readGroups(await connection.query(triggersSql, [relations]), 'relation', readTrigger);
}

function readTrigger(row: Row): Trigger {
  const name = text(row, 'name');
  const type = Number(row.type);
  const restoration = texts(row, 'restoration');
  return {
    name,
    timing: timingOf(type),
    events: eventsOf(type, row),
    forEach: type & 1 ? 'row' : 'statement',
    ...actionOf(row),
    ...(restoration.length > 0 && { restoration }),
  };
}

/** The bits of TRIGGER_TYPE_* in pg_trigger.h. */
function timingOf(type: number): Trigger['timing'] {
  if (type & 64) return 'instead of';
  return type & 2 ? 'before' : 'after';
}

function eventsOf(type: number, row: Row): TriggerEvent[] {
  const columns = texts(row, 'columns');
  return [
    ...(type & 4 ? [{ kind: 'insert' as const }] : []),
    ...(type & 8 ? [{ kind: 'delete' as const }] : []),
    ...(type & 16 ? [{ kind: 'update' as const, ...(columns.length > 0 && { columns }) }] : []),
    ...(type & 32 ? [{ kind: 'truncate' as const }] : []),
  ];
}

const call = ' EXECUTE FUNCTION ';

/** The catalog gives the condition only as a part of the whole definition: `... WHEN (condition) EXECUTE FUNCTION f()`. */
function actionOf(row: Row): Pick<Trigger, 'when' | 'body'> {
  const definition = text(row, 'definition');
  const callAt = definition.lastIndexOf(call);
  const head = definition.slice(0, callAt);
  const body = definition.slice(callAt + call.length);
  const [, when] = splitAt(head, ' FOR EACH ROW WHEN (') ?? splitAt(head, ' FOR EACH STATEMENT WHEN (') ?? [];
  return when === undefined ? { body } : { when: withoutEnclosing(when.slice(0, -1)), body };
}

function splitAt(text: string, separator: string): readonly [string, string] | undefined {
  const at = text.indexOf(separator);
  return at === -1 ? undefined : [text.slice(0, at), text.slice(at + separator.length)];
}

const triggersSql = `
  select t.tgrelid::text as relation, t.tgname::text as name, t.tgtype::int as type,
    pg_catalog.pg_get_triggerdef(t.oid) as definition,
    array(
      select a.attname::text from unnest(t.tgattr::int2[]) with ordinality as u (num, place)
      join pg_catalog.pg_attribute a on a.attrelid = t.tgrelid and a.attnum = u.num order by u.place) as columns,
    array(
      select pg_catalog.format('alter table %s %s trigger %I', t.tgrelid::regclass,
        case t.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, t.tgname)
      where t.tgenabled <> 'O'
      union all
      select pg_catalog.format('comment on trigger %I on %s is %L', t.tgname, t.tgrelid::regclass, d.description)
      from pg_catalog.pg_description d
      where d.classoid = 'pg_catalog.pg_trigger'::regclass and d.objoid = t.oid) as restoration
  from pg_catalog.pg_trigger t
  where t.tgrelid = any ($1::oid[]) and not t.tgisinternal
  order by t.tgrelid, t.tgname collate "C"`;
