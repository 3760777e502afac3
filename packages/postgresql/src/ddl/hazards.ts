import {
  type AddColumn,
  becomesRequired,
  type BlockingLock,
  blockingLock,
  type Change,
  displayName,
  type Hazard,
  makeHazard,
  type ObjectName,
  type Statement,
} from '@dovetail/core/driver';
import { dutyHazards } from './duties.js';

/** All rows are written anew: the table can't be used meanwhile. */
export function rewriteHazards(table: ObjectName): Hazard[] {
  const name = displayName(table);
  return [
    makeHazard('table-rewrite', name, `All rows of "${name}" are written anew.`),
    blockingLock(name, { ...exclusive, lasting: true }),
  ];
}

const exclusive = { name: 'ACCESS EXCLUSIVE', blocks: 'reads and writes' } as const;

/**
 * The lock that a change takes, where it is no rewriting of the table
 * (postgresql.org/docs/current/sql-altertable.html, explicit-locking.html). It is held until the transaction ends.
 */
function lockHazards(change: Change): Hazard[] {
  switch (change.kind) {
    case 'add-index':
      return [lock(change.table, { name: 'SHARE', blocks: 'writes', lasting: true })];
    case 'add-foreign-key': {
      const { table, foreignKey } = change;
      const name = 'SHARE ROW EXCLUSIVE';
      return [
        lock(table, { name, blocks: 'writes', lasting: true }),
        lock(foreignKey.references.table, { name, blocks: 'writes', lasting: false }),
      ];
    }
    case 'create-trigger':
      return [lock(change.table, { name: 'SHARE ROW EXCLUSIVE', blocks: 'writes', lasting: false })];
    case 'add-check':
    case 'add-unique':
    case 'add-exclusion':
    case 'set-primary-key':
      return [lock(change.table, { ...exclusive, lasting: true })];
    case 'alter-column':
      return [lock(change.table, { ...exclusive, lasting: becomesRequired(change) })];
    case 'rename-table':
    case 'rename-column':
    case 'drop-table':
    case 'add-column':
    case 'drop-column':
    case 'drop-unique':
    case 'drop-index':
    case 'drop-foreign-key':
    case 'drop-check':
    case 'drop-exclusion':
    case 'drop-trigger':
    case 'rename-constraint':
      return [lock(change.table, { ...exclusive, lasting: false })];
    case 'create-namespace':
    case 'drop-namespace':
    case 'create-enum':
    case 'drop-enum':
    case 'rename-enum':
    case 'rename-enum-value':
    case 'rename-namespace':
    case 'alter-enum':
    case 'create-view':
    case 'drop-view':
    case 'replace-view':
    case 'create-table':
    case 'fill-column':
    case 'rename-index':
    case 'set-table-comment':
    case 'set-table-options':
      return [];
  }
}

/** The statements of a change, the first with what they do to the table, where the statements do not say it themselves. */
export function withLocks(change: Change, statements: readonly Statement[]): Statement[] {
  if (statements.some(({ hazards = [] }) => hazards.length > 0)) return [...statements];
  const hazards = [...(fillsRows(change) ? rewriteHazards(change.table) : lockHazards(change)), ...dutyHazards(change)];
  return statements.map((statement, index) => (index === 0 ? { ...statement, hazards } : statement));
}

/** A new column that is a constant in the rows that exist needs no rewrite; one that differs from row to row does. */
function fillsRows(change: Change): change is AddColumn {
  if (change.kind !== 'add-column') return false;
  const { generated, identity, autoincrement } = change.column;
  return generated?.stored === true || identity !== undefined || autoincrement === true;
}

function lock(table: ObjectName, description: BlockingLock): Hazard {
  return blockingLock(displayName(table), description);
}
