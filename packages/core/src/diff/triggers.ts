import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { compareText, nameOf, sameNames } from '../model/names.js';
import type { Table, Trigger, TriggerEvent } from '../model/schema.js';
import { sameText } from './columns.js';
import { matchByKey } from './match.js';

/** Triggers that no entity declares are left alone. */
export function diffTriggers(actual: Table, desired: Table, comparison: Comparison): Change[] {
  const table = nameOf(actual);
  const { pairs, added } = matchByKey(actual.triggers, desired.triggers, ({ name }) => comparison.foldName(name));
  const changed = pairs.filter(([from, to]) => !sameTrigger(from, to, comparison));
  return [
    ...changed.map(([trigger]): Change => ({ kind: 'drop-trigger', table, trigger })),
    ...[...changed.map(([from, to]) => restored(to, from)), ...added].map((trigger): Change => ({
      kind: 'create-trigger',
      table,
      trigger,
    })),
  ];
}

/** What a trigger is given beside its definition outlives a change of that. */
function restored(trigger: Trigger, { restoration }: Trigger): Trigger {
  return restoration === undefined ? trigger : { ...trigger, restoration };
}

function sameTrigger(a: Trigger, b: Trigger, comparison: Comparison): boolean {
  return (
    a.timing === b.timing &&
    a.forEach === b.forEach &&
    a.events.length === b.events.length &&
    a.events.every((event) => b.events.some((other) => sameEvent(event, other, comparison))) &&
    sameText(a.when, b.when, comparison) &&
    comparison.sameBody(a.body, b.body)
  );
}

function sameEvent(a: TriggerEvent, b: TriggerEvent, { foldName }: Comparison): boolean {
  if (a.kind !== 'update' || b.kind !== 'update') return a.kind === b.kind;
  const inOrder = (columns: readonly string[] = []): string[] => columns.map(foldName).sort(compareText);
  return sameNames(inOrder(a.columns), inOrder(b.columns), foldName);
}
