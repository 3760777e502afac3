import type { Change } from '../model/change.js';
import type { ObjectName } from '../model/schema.js';
import type { Matched } from './match.js';

type Constraint = Extract<Change, { kind: 'rename-constraint' }>['constraint'];

/** The changes of constraints that are alike but for their names. */
export function renameConstraints(
  table: ObjectName,
  constraint: Constraint,
  renamed: Matched<unknown>['renamed'],
): Change[] {
  return renamed.map(([from, to]): Change => ({
    kind: 'rename-constraint',
    table,
    constraint,
    from: from.name,
    to: to.name,
  }));
}
