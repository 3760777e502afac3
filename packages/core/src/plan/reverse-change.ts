import { alterColumn } from '../model/apply-changes.js';
import type { AlterTableChange, Change, RenameChange } from '../model/change.js';

/** The change that takes a change back. */
export function reverseChange(change: Change): Change {
  switch (change.kind) {
    case 'create-namespace':
      return { ...change, kind: 'drop-namespace' };
    case 'drop-namespace':
      return { ...change, kind: 'create-namespace' };
    case 'create-enum':
      return { ...change, kind: 'drop-enum' };
    case 'drop-enum':
      return { ...change, kind: 'create-enum' };
    case 'alter-enum':
    case 'replace-view':
      return swapped(change);
    case 'create-view':
      return { ...change, kind: 'drop-view' };
    case 'drop-view':
      return { ...change, kind: 'create-view' };
    case 'create-table':
      return { ...change, kind: 'drop-table' };
    case 'drop-table':
      return { ...change, kind: 'create-table' };
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-enum-value':
    case 'rename-table':
    case 'rename-column':
      return reverseRename(change);
    default:
      return reverseAlteration(change);
  }
}

/** The rename that gives an object its old name back. Renames are taken back in the opposite order. */
export function reverseRename(change: RenameChange): RenameChange {
  switch (change.kind) {
    case 'rename-namespace':
      return { ...change, namespace: change.to, to: change.namespace };
    case 'rename-enum':
      return { ...change, enum: { ...change.enum, name: change.to }, to: change.enum.name };
    case 'rename-table':
      return { ...change, table: { ...change.table, name: change.to }, to: change.table.name };
    case 'rename-column':
    case 'rename-enum-value':
      return swapped(change);
  }
}

function reverseAlteration(change: AlterTableChange): AlterTableChange {
  switch (change.kind) {
    case 'add-column':
      return { ...change, kind: 'drop-column' };
    case 'drop-column':
      return { ...change, kind: 'add-column' };
    case 'alter-column':
      // What the property wants ignored has stayed as it was.
      return { ...change, from: alterColumn(change.from, change), to: change.from };
    case 'set-primary-key': {
      const { from, to, ...rest } = change;
      return { ...rest, ...(to && { from: to }), ...(from && { to: from }) };
    }
    case 'add-unique':
      return { ...change, kind: 'drop-unique' };
    case 'drop-unique':
      return { ...change, kind: 'add-unique' };
    case 'add-index':
      return { ...change, kind: 'drop-index' };
    case 'drop-index':
      return { ...change, kind: 'add-index' };
    case 'add-foreign-key':
      return { ...change, kind: 'drop-foreign-key' };
    case 'drop-foreign-key':
      return { ...change, kind: 'add-foreign-key' };
    case 'add-check':
      return { ...change, kind: 'drop-check' };
    case 'drop-check':
      return { ...change, kind: 'add-check' };
    case 'add-exclusion':
      return { ...change, kind: 'drop-exclusion' };
    case 'drop-exclusion':
      return { ...change, kind: 'add-exclusion' };
    case 'create-trigger':
      return { ...change, kind: 'drop-trigger' };
    case 'drop-trigger':
      return { ...change, kind: 'create-trigger' };
    case 'set-table-comment': {
      const { from, to, ...rest } = change;
      return { ...rest, ...(to !== undefined && { from: to }), ...(from !== undefined && { to: from }) };
    }
    case 'rename-index':
    case 'rename-constraint':
    case 'set-table-options':
      return swapped(change);
    case 'fill-column':
      throw new Error('A fill is made of the change of a column, which is what is taken back.');
  }
}

function swapped<Item extends { readonly from: unknown; readonly to: Item['from'] }>(change: Item): Item {
  return { ...change, from: change.to, to: change.from };
}
