import type { Change } from '../model/change.js';
import type { TableNames } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';
import { at, dependantsDropped } from './dependencies/milestones.js';
import { ofBinding } from './dependencies/of-binding.js';
import { ofColumn, ofDroppedColumn, ofFilling } from './dependencies/of-column.js';
import { ofEnum, ofNamespace } from './dependencies/of-enum.js';
import { ofDroppedTable, ofNewTable } from './dependencies/of-table.js';
import { ofView } from './dependencies/of-view.js';
import type { Dependencies, DependencyRules } from './dependencies/rules.js';

export type { Dependencies, DependencyRules } from './dependencies/rules.js';

/** A table that is made anew: between what is dropped from it and what is added to it. */
export function rebuildDependencies(table: ObjectName, names: TableNames): Dependencies {
  return {
    reaches: [at('columns ready', table, names)],
    awaits: [at('bindings dropped', table, names), dependantsDropped],
  };
}

/** What a change waits for, and what waits for it. */
export function dependenciesOf(change: Change, rules: DependencyRules): Dependencies {
  switch (change.kind) {
    // Renames keep the order that they are given in, before everything else.
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-table':
    case 'rename-column':
    case 'rename-enum-value':
      return { reaches: [], awaits: [] };
    case 'create-namespace':
    case 'drop-namespace':
      return ofNamespace(change, rules);
    case 'create-enum':
    case 'alter-enum':
    case 'drop-enum':
      return ofEnum(change, rules);
    case 'create-view':
    case 'replace-view':
    case 'drop-view':
      return ofView(change, rules);
    case 'create-table':
      return ofNewTable(change, rules);
    case 'drop-table':
      return ofDroppedTable(change, rules);
    case 'add-column':
    case 'alter-column':
      return ofColumn(change, rules);
    case 'fill-column':
      return ofFilling(change, rules);
    case 'drop-column':
      return ofDroppedColumn(change, rules);
    default:
      return ofBinding(change, rules);
  }
}
