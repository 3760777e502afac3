import { type Change, displayName, type Refusal } from '@dovetail/core/driver';
import { tokenize } from '../lexer.js';

/** What gives another value to each row (refman/9.7/en/replication-rbr-safe-unsafe.html). */
const varying: ReadonlySet<string> = new Set(
  'uuid uuid_short rand random_bytes sysdate connection_id current_user session_user system_user user version'.split(
    ' ',
  ),
);

/** MySQL adds no column whose default gives each row its own value, for replicas could compute others. */
export function varyingDefault(change: Change): Refusal | undefined {
  if (change.kind !== 'add-column' || change.column.default === undefined) return undefined;
  const found = tokenize(change.column.default).find(({ keyword }) => varying.has(keyword));
  if (found === undefined) return undefined;
  return {
    kind: 'impossible',
    object: `${displayName(change.table)}.${change.column.name}`,
    message: `a column can't be added to a table with a default that calls ${found.text}, for MySQL refuses it`,
    remedy: 'add the column without a default first, and the default in a second update',
  };
}
