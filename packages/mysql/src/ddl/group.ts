import {
  type AlterTableChange,
  type Change,
  type ChangeGroup,
  type Column,
  type Check,
  type ForeignKey,
  groupBy,
  isAlterTableChange,
  isRenameChange,
  objectKey,
  type ObjectName,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { isSpatialOn } from './complete.js';
import { overlookedIn } from './overlooked-index.js';
import { groupRenames } from './rename.js';

const { foldName } = comparison;

/**
 * One `alter table` for all changes of a table. Foreign keys stand apart where another table of theirs changes too, or
 * where one of the same name comes or goes, which the server refuses in one statement; those of a table that references
 * itself where its keys change too.
 */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const renames = changes.filter(isRenameChange);
  if (renames.length > 0) return groupRenames(renames).map((group) => ({ changes: group }));
  const changed = changedTables(changes);
  const alone = changes.filter((change) => !isClause(change));
  const altering = groupBy(changes.filter(isClause), (change) =>
    JSON.stringify([keyOf(change.table), standing(change, changes, changed)]),
  );
  return [...alone.map((change) => [change]), ...altering.values()].map((group) => ({ changes: group }));
}

/** Whether a change is a part of an `alter table`. */
function isClause(change: Change): change is AlterTableChange {
  const { kind } = change;
  return isAlterTableChange(change) && kind !== 'create-trigger' && kind !== 'drop-trigger' && kind !== 'fill-column';
}

type Standing = 'before' | 'before filling' | 'once added' | 'together' | 'after';

function standing(change: AlterTableChange, changes: readonly Change[], changed: ReadonlySet<string>): Standing {
  if (isOfAdded(change, changes)) return 'once added';
  const together = isBeforeFilling(change, changes) ? 'before filling' : 'together';
  if (change.kind === 'drop-foreign-key') return isApart(change, changes, changed) ? 'before' : together;
  if (change.kind === 'add-foreign-key') return isApart(change, changes, changed) ? 'after' : together;
  if (change.kind === 'drop-index') return isFirst(change, changes) ? 'before' : together;
  return change.kind === 'drop-check' && isNameTaken(change, changes) ? 'before' : together;
}

/** An index whose loss the server does not see, or sees too late, in the statement that goes on from there. */
function isFirst(change: Extract<AlterTableChange, { kind: 'drop-index' }>, changes: readonly Change[]): boolean {
  const isAltered = changes.some(
    (other) =>
      other.kind === 'alter-column' &&
      keyOf(other.table) === keyOf(change.table) &&
      isSpatialOn(change.index, other.to.name),
  );
  return isAltered || overlookedIn(change, changes) === 'parser';
}

/** A column that is filled has to be there and have its type; what is bound to the table must not be in the way. */
function isBeforeFilling(change: AlterTableChange, changes: readonly Change[]): boolean {
  const fills = changes.filter((other) => other.kind === 'fill-column' && keyOf(other.table) === keyOf(change.table));
  const isFilled = ({ name }: Column): boolean =>
    fills.some((fill) => fill.kind === 'fill-column' && foldName(fill.column.name) === foldName(name));
  switch (change.kind) {
    case 'add-column':
      return isFilled(change.column);
    case 'alter-column':
      return isFilled(change.to) && !change.attributes.includes('nullable');
    case 'drop-column':
      return fills.length > 0 && change.column.generated !== undefined;
    case 'drop-index':
    case 'drop-check':
    case 'drop-foreign-key':
      return fills.length > 0;
    default:
      return false;
  }
}

/** One statement can't add a column and alter it. One that is filled gets its default in between. */
function isOfAdded(change: AlterTableChange, changes: readonly Change[]): boolean {
  return (
    change.kind === 'alter-column' &&
    !change.attributes.includes('nullable') &&
    changes.some(
      (other) =>
        other.kind === 'add-column' &&
        keyOf(other.table) === keyOf(change.table) &&
        foldName(other.column.name) === foldName(change.to.name),
    )
  );
}

/** Checks share names with those of other tables, one of which may get the name. */
function isNameTaken(
  { table, check }: Extract<AlterTableChange, { kind: 'drop-check' }>,
  changes: readonly Change[],
): boolean {
  const isIt = ({ name }: Check): boolean => foldName(name ?? '') === foldName(check.name ?? '');
  return changes.some((change) => {
    if (change.kind === 'create-table') return change.table.checks.some(isIt);
    return change.kind === 'add-check' && keyOf(change.table) !== keyOf(table) && isIt(change.check);
  });
}

type ForeignKeyChange = Extract<AlterTableChange, { kind: 'add-foreign-key' | 'drop-foreign-key' }>;

function isApart(change: ForeignKeyChange, changes: readonly Change[], changed: ReadonlySet<string>): boolean {
  const { table, foreignKey } = change;
  const target = keyOf(foreignKey.references.table);
  if (target === keyOf(table) ? changesKeys(change, changes) : changed.has(target)) return true;
  const sharesName = ({ name }: ForeignKey): boolean => foldName(name ?? '') === foldName(foreignKey.name ?? '');
  return changes.some((other) => {
    if (other.kind === 'create-table' || other.kind === 'drop-table') return other.table.foreignKeys.some(sharesName);
    const isForeignKey = other.kind === 'add-foreign-key' || other.kind === 'drop-foreign-key';
    return isForeignKey && other.kind !== change.kind && sharesName(other.foreignKey);
  });
}

/** A table that references itself: the server looks at its keys as they were before the statement. */
function changesKeys({ table }: ForeignKeyChange, changes: readonly Change[]): boolean {
  return changes.some(
    (other) =>
      isAlterTableChange(other) &&
      ['alter-column', 'set-primary-key', 'drop-index', 'add-index', 'rename-index'].includes(other.kind) &&
      keyOf(other.table) === keyOf(table),
  );
}

/** The tables that are created, dropped or altered. */
function changedTables(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) => {
      if (change.kind === 'create-table' || change.kind === 'drop-table') return [keyOf(change.table)];
      return isAlterTableChange(change) ? [keyOf(change.table)] : [];
    }),
  );
}

function keyOf(table: ObjectName): string {
  return objectKey(table, comparison);
}
