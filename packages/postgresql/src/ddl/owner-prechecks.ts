import {
  type Change,
  type DdlContext,
  displayName,
  findTable,
  isAlterTableChange,
  type ObjectName,
  type Owned,
  type Precheck,
  type Problem,
  sameObject,
  type Schema,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { quoteIdentifier, quoteString } from './quote.js';

/** What a change alters that exists already. */
function altered(
  change: Change,
  { before, actual }: Pick<DdlContext, 'before' | 'actual'>,
): (ObjectName & Owned) | undefined {
  if (isAlterTableChange(change)) return findTable(actual, change.table, comparison);
  switch (change.kind) {
    case 'drop-table':
      return change.table;
    case 'rename-table':
      return findTable(before, change.table, comparison);
    case 'rename-column':
      return findTable(actual, change.table, comparison);
    case 'drop-view':
      return change.view;
    case 'replace-view':
      return change.from;
    case 'drop-enum':
      return change.enum;
    case 'alter-enum':
      return actual.enums.find((type) => sameObject(type, change.from, comparison));
    case 'rename-enum':
      return before.enums.find((type) => sameObject(type, change.enum, comparison));
    case 'rename-enum-value':
      return actual.enums.find((type) => sameObject(type, change.enum, comparison));
    default:
      return undefined;
  }
}

/** Whether the change alters what belongs to another role. The others need not be run then: they may not be allowed. */
export function ownerPrechecks(change: Change, context: DdlContext, others: readonly Precheck[]): Precheck[] {
  const object = altered(change, context);
  if (object?.owner === undefined) return [...others];
  const own = ownerPrecheck(object, object.owner);
  return [own, ...others.map((other) => ({ ...other, needs: [...(other.needs ?? []), own.object] }))];
}

function ownerPrecheck(object: ObjectName, owner: string): Precheck {
  const role = quoteIdentifier(owner);
  return {
    kind: 'may-fail',
    object: displayName(object),
    sql: `select 1 from pg_catalog.pg_roles where rolname = ${quoteString(owner)} and not pg_catalog.pg_has_role(oid, 'usage')`,
    limit: 1,
    key: [],
    message: {
      one: `other role owns it, ${role}, and alone may change it`,
      other: `another role, ${role}, owns it and alone may change it`,
    },
    remedy: remedyFor(role),
  };
}

/** Of changes that have to be tried before anything is planned, those of what belongs to another role. */
export function foreignProblems(changes: readonly Change[], before: Schema): readonly Problem[] {
  return changes.flatMap((change): Problem[] => {
    const object = altered(change, { before, actual: before });
    if (object?.owner === undefined) return [];
    const role = quoteIdentifier(object.owner);
    const what = `another role, ${role}, owns it and alone may change it`;
    return [{ where: displayName(object), what, remedy: remedyFor(role) }];
  });
}

function remedyFor(role: string): string {
  return `connect as ${role}, or as one of its members: grant ${role} to the role that you connect as`;
}
