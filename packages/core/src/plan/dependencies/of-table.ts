import type { CreateTable, DropTable } from '../../model/change.js';
import { at, dependantsDropped, enumsReady, namespaceExists, tablesDone } from './milestones.js';
import { constraintNamesOf, namesOf } from './names.js';
import { isOrdered, targetReady, unreferenced } from './references.js';
import type { Dependencies, DependencyRules } from './rules.js';

export function ofNewTable({ table }: CreateTable, rules: DependencyRules): Dependencies {
  const { names } = rules;
  return {
    reaches: [at('columns ready', table, names), at('keys ready', table, names), tablesDone],
    awaits: [
      ...namespaceExists(table, names),
      ...namesOf(table, rules),
      ...constraintNamesOf(table, rules),
      ...table.foreignKeys.flatMap((foreignKey) => targetReady(table, foreignKey, rules)),
      enumsReady,
      dependantsDropped,
    ],
  };
}

export function ofDroppedTable({ table }: DropTable, rules: DependencyRules): Dependencies {
  const { names } = rules;
  const ordered = table.foreignKeys.filter((foreignKey) => isOrdered(table, foreignKey, rules));
  return {
    reaches: [
      ...namesOf(table, rules),
      ...constraintNamesOf(table, rules),
      ...ordered.map(({ references }) => at('referencing tables dropped', references.table, names)),
      tablesDone,
    ],
    awaits: [at('bindings dropped', table, names), ...unreferenced(table, rules), dependantsDropped],
  };
}
