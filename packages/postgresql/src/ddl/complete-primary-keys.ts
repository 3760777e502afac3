import { type Change, sameObject } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';

type SetPrimaryKey = Extract<Change, { kind: 'set-primary-key' }>;

/** A column takes null only once it is out of the key, so that the old key goes first, and the new one comes last. */
export function completePrimaryKeys(changes: readonly Change[]): Change[] {
  return changes.flatMap((change): Change[] => {
    if (change.kind !== 'set-primary-key' || !isInTheWay(change, changes)) return [change];
    const { from, to, ...rest } = change;
    return [
      { ...rest, ...(from && { from }) },
      { ...rest, ...(to && { to }) },
    ];
  });
}

function isInTheWay({ table, from, to }: SetPrimaryKey, changes: readonly Change[]): boolean {
  if (from === undefined || to === undefined) return false;
  return changes.some(
    (change) =>
      change.kind === 'alter-column' &&
      sameObject(change.table, table, comparison) &&
      change.attributes.includes('nullable') &&
      change.to.nullable &&
      from.columns.includes(change.from.name),
  );
}
