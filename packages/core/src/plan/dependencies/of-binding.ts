import type { AddColumn, AlterColumn, AlterTableChange, DropColumn, FillColumn } from '../../model/change.js';
import type { ObjectName } from '../../model/schema.js';
import { allBindingsDropped, at, dependantsDropped, enumsReady, tablesDone } from './milestones.js';
import { nameOfCheck, nameOfForeignKey, nameOfIndex, nameOfUnique } from './names.js';
import { detached, targetReady } from './references.js';
import type { Dependencies, DependencyRules } from './rules.js';

/** What is bound to a table: its keys, indexes, constraints, triggers and settings. */
export type BindingChange = Exclude<AlterTableChange, AddColumn | AlterColumn | FillColumn | DropColumn>;

export function ofBinding(change: BindingChange, rules: DependencyRules): Dependencies {
  const { names } = rules;
  const { table } = change;
  switch (change.kind) {
    case 'set-primary-key':
      if (change.to === undefined) return { reaches: dropped(table, rules), awaits: detached(table, rules) };
      return {
        reaches: [at('primary key set', table, names), at('keys ready', table, names), tablesDone],
        awaits: [...bindable(table, rules), ...detached(table, rules)],
      };
    case 'add-unique':
      return {
        reaches: [at('keys ready', table, names), tablesDone],
        awaits: [...bindable(table, rules), ...nameOfUnique(table, change.unique, rules)],
      };
    case 'add-index':
      return {
        reaches: [...(change.index.unique ? [at('keys ready', table, names)] : []), tablesDone],
        awaits: [...bindable(table, rules), nameOfIndex(table, change.index, rules)],
      };
    case 'rename-index':
      return {
        reaches: [at('binding names free', table, names), nameOfIndex(table, change.from, rules), tablesDone],
        awaits: [at('bindings dropped', table, names), nameOfIndex(table, change.to, rules)],
      };
    case 'rename-constraint':
      return {
        reaches: [at('binding names free', table, names), tablesDone],
        awaits: [at('bindings dropped', table, names)],
      };
    case 'add-foreign-key':
      return { reaches: [tablesDone], awaits: neededBy(change, rules) };
    case 'drop-foreign-key':
      return {
        reaches: [
          at('foreign keys dropped', table, names),
          at('references dropped', change.foreignKey.references.table, names),
          ...nameOfForeignKey(table, change.foreignKey, rules),
          ...dropped(table, rules),
        ],
        awaits: [],
      };
    case 'drop-index':
      return {
        reaches: [nameOfIndex(table, change.index, rules), ...dropped(table, rules)],
        awaits: detached(table, rules),
      };
    case 'drop-unique':
      return {
        reaches: [...nameOfUnique(table, change.unique, rules), ...dropped(table, rules)],
        awaits: detached(table, rules),
      };
    case 'drop-check':
      return { reaches: [...nameOfCheck(table, change.check, rules), ...dropped(table, rules)], awaits: [] };
    case 'drop-exclusion':
      return { reaches: dropped(table, rules), awaits: [] };
    case 'drop-trigger':
      return { reaches: [dependantsDropped, ...dropped(table, rules)], awaits: [] };
    case 'create-trigger':
      return { reaches: [], awaits: [tablesDone, dependantsDropped] };
    case 'add-check':
      return {
        reaches: [tablesDone],
        awaits: [...bindable(table, rules), ...nameOfCheck(table, change.check, rules)],
      };
    case 'add-exclusion':
      return { reaches: [tablesDone], awaits: bindable(table, rules) };
    case 'set-table-comment':
    case 'set-table-options':
      return { reaches: [tablesDone], awaits: [] };
    default:
      return change satisfies never;
  }
}

/** One that needs no target comes together with its column, or with a rebuild of its table. */
function neededBy(
  { table, foreignKey }: Extract<BindingChange, { kind: 'add-foreign-key' }>,
  rules: DependencyRules,
): string[] {
  if (!rules.foreignKeysNeedTarget) return [];
  return [
    ...bindable(table, rules),
    // The key that a foreign key references may be of its own table.
    at('keys ready', table, rules.names),
    ...targetReady(table, foreignKey, rules),
    ...nameOfForeignKey(table, foreignKey, rules),
  ];
}

function dropped(table: ObjectName, { names }: DependencyRules): string[] {
  return [at('bindings dropped', table, names), at('binding names free', table, names), allBindingsDropped, tablesDone];
}

function bindable(table: ObjectName, { names }: DependencyRules): string[] {
  return [
    enumsReady,
    at('columns ready', table, names),
    at('bindings dropped', table, names),
    at('binding names free', table, names),
  ];
}
