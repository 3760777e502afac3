import type { Connection, Driver } from '../driver.js';
import type { Change } from '../model/change.js';
import { objectKey, type TableNames } from '../model/names.js';
import type { Plan, Precheck, Step } from '../model/plan.js';
import type { ObjectName, Schema, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { withoutOthers } from './others.js';

export interface DropInput {
  readonly driver: Driver;
  readonly actual: Schema;
  readonly desired: Schema;
  isDropped(table: Table, isDesired: boolean): boolean;
}

/** What drops the tables, and the views of entities. */
export function dropRelations({ driver, actual, desired, isDropped }: DropInput): readonly DropRelation[] {
  const { comparison } = driver;
  const ownViews = keysOf(desired.views, comparison);
  const tables = withoutOthers(actual, desired, comparison).tables.filter((table) =>
    isDropped(table, findTable(desired, table, comparison) !== undefined),
  );
  return [
    ...actual.views
      .filter((view) => ownViews.has(objectKey(view, comparison)))
      .map((view) => ({ kind: 'drop-view', view }) as const),
    ...tables.map((table) => ({ kind: 'drop-table', table }) as const),
  ];
}

type DropRelation = Extract<Change, { kind: 'drop-view' | 'drop-table' }>;

/**
 * What drops the enums and namespaces of entities that nothing needs besides the tables and views that are dropped. The
 * namespace of what names none stays.
 */
export async function dropSupports(
  { driver, actual, desired }: DropInput,
  connection: Connection,
  relations: readonly DropRelation[],
  isInScope: (namespace: string) => boolean,
): Promise<readonly Change[]> {
  const { comparison } = driver;
  const ownEnums = keysOf(desired.enums, comparison);
  const owned = {
    enums: actual.enums.filter((type) => ownEnums.has(objectKey(type, comparison))),
    namespaces: actual.namespaces.filter((name) => desired.namespaces.includes(name) && isInScope(name)),
  };
  const dropped = relations.map((change) => (change.kind === 'drop-view' ? change.view : change.table));
  const unused = await driver.unusedWithout?.(connection, owned, dropped);
  return [
    ...(unused?.enums ?? []).map((type): Change => ({ kind: 'drop-enum', enum: type })),
    ...(unused?.namespaces ?? []).map((namespace): Change => ({ kind: 'drop-namespace', namespace })),
  ];
}

function keysOf(objects: readonly ObjectName[], names: TableNames): ReadonlySet<string> {
  return new Set(objects.map((object) => objectKey(object, names)));
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
  const prechecks = step.prechecks.map((precheck): Precheck =>
    precheck.kind === 'may-fail' ? precheck : { ...precheck, isAsked: true },
  );
  return { ...step, prechecks };
}
