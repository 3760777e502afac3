import { type Change, isAlterTableChange } from './change.js';
import { displayName } from './names.js';
import type { ObjectName } from './schema.js';

/** The object that a change is about, as a person names it: `customer.email`. */
export function describeObject(change: Change): string {
  switch (change.kind) {
    case 'create-namespace':
    case 'drop-namespace':
    case 'rename-namespace':
      return change.namespace;
    case 'create-enum':
    case 'drop-enum':
    case 'rename-enum':
      return displayName(change.enum);
    case 'rename-enum-value':
      return `${displayName(change.enum)}.${change.from}`;
    case 'alter-enum':
      return displayName(change.to);
    case 'create-view':
    case 'drop-view':
      return displayName(change.view);
    case 'replace-view':
      return displayName(change.to);
    case 'create-table':
    case 'drop-table':
    case 'rename-table':
      return displayName(change.table);
    case 'rename-column':
      return `${displayName(change.table)}.${change.from}`;
    case 'add-column':
    case 'drop-column':
    case 'fill-column':
      return `${displayName(change.table)}.${change.column.name}`;
    case 'alter-column':
      return `${displayName(change.table)}.${change.to.name}`;
    case 'set-primary-key':
      return `${displayName(change.table)} primary key`;
    case 'add-unique':
    case 'drop-unique':
      return constraint(change.table, change.unique.name, `unique (${change.unique.columns.join(', ')})`);
    case 'add-index':
    case 'drop-index':
      return constraint(change.table, change.index.name, 'index');
    case 'rename-index':
      return constraint(change.table, change.from.name, 'index');
    case 'add-foreign-key':
    case 'drop-foreign-key':
      return constraint(change.table, change.foreignKey.name, `foreign key (${change.foreignKey.columns.join(', ')})`);
    case 'add-check':
    case 'drop-check':
      return constraint(change.table, change.check.name, `check (${change.check.expression})`);
    case 'add-exclusion':
    case 'drop-exclusion':
      return constraint(change.table, change.exclusion.name, 'exclusion');
    case 'rename-constraint':
      return constraint(change.table, change.from, change.constraint);
    case 'create-trigger':
    case 'drop-trigger':
      return constraint(change.table, change.trigger.name, 'trigger');
    case 'set-table-comment':
    case 'set-table-options':
      return displayName(change.table);
  }
}

/** The table that a change is about, or what else it is about, as a person names it. */
export function describeOwner(change: Change): string {
  return isAlterTableChange(change) || change.kind === 'rename-column'
    ? displayName(change.table)
    : describeObject(change);
}

function constraint(table: ObjectName, name: string | undefined, otherwise: string): string {
  return `${displayName(table)}.${name ?? otherwise}`;
}
