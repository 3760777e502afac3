import type { Connection, Driver } from '../driver.js';
import type { Change } from '../model/change.js';
import { objectKey } from '../model/names.js';
import type { Plan, Step } from '../model/plan.js';
import type { ObjectName, Schema, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';

export interface DropInput {
  readonly driver: Driver;
  readonly connection: Connection;
  readonly actual: Schema;
  readonly desired: Schema;
  isDropped(table: Table, isDesired: boolean): boolean;
  isInScope(namespace: string): boolean;
}

/**
 * What drops the tables, the views of entities, and the enums and namespaces of entities that nothing else needs. The
 * namespace of what names none stays.
 */
export async function dropChanges({
  driver,
  connection,
  actual,
  desired,
  isDropped,
  isInScope,
}: DropInput): Promise<Change[]> {
  const { foldName: fold } = driver.comparison;
  const ownViews = keysOf(desired.views);
  const views = actual.views.filter((view) => ownViews.has(objectKey(view, fold)));
  const tables = actual.tables.filter((table) => isDropped(table, findTable(desired, table, fold) !== undefined));
  const ownEnums = keysOf(desired.enums);
  const owned = {
    enums: actual.enums.filter((type) => ownEnums.has(objectKey(type, fold))),
    namespaces: actual.namespaces.filter((name) => desired.namespaces.includes(name) && isInScope(name)),
  };
  const unused = await driver.unusedWithout?.(connection, owned, [...views, ...tables]);
  return [
    ...views.map((view): Change => ({ kind: 'drop-view', view })),
    ...tables.map((table): Change => ({ kind: 'drop-table', table })),
    ...(unused?.enums ?? []).map((type): Change => ({ kind: 'drop-enum', enum: type })),
    ...(unused?.namespaces ?? []).map((namespace): Change => ({ kind: 'drop-namespace', namespace })),
  ];

  function keysOf(objects: readonly ObjectName[]): ReadonlySet<string> {
    return new Set(objects.map((object) => objectKey(object, fold)));
  }
}

/** Dropping the tables of the entities is what the caller asked for, so it needs no further consent. */
export function withConsent(plan: Plan, isOwned: (table: ObjectName) => boolean): Plan {
  const steps = plan.steps.map((step) => (dropsOnly(step, isOwned) ? consented(step) : step));
  return { ...plan, steps };
}

function dropsOnly({ changes }: Step, isOwned: (table: ObjectName) => boolean): boolean {
  return changes.every((change) => change.kind === 'drop-table' && isOwned(change.table));
}

function consented({ refusal: _, ...step }: Step): Step {
  return { ...step, prechecks: step.prechecks.filter(({ kind }) => kind === 'may-fail') };
}
