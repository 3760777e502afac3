import { sameObject } from '../../model/names.js';
import type { ForeignKey, ObjectName } from '../../model/schema.js';
import { at } from './milestones.js';
import type { DependencyRules } from './rules.js';

/** Nothing that has to go references the table any more. */
export function unreferenced(table: ObjectName, { names }: DependencyRules): string[] {
  return [at('references dropped', table, names), at('referencing tables dropped', table, names)];
}

/** Foreign keys hold on to the columns, keys and indexes at both of their ends. */
export function detached(table: ObjectName, rules: DependencyRules): string[] {
  if (!rules.foreignKeysNeedTarget) return [];
  return [at('foreign keys dropped', table, rules.names), ...unreferenced(table, rules)];
}

/** Whether the table that it references comes before, and goes after. */
export function isOrdered(table: ObjectName, foreignKey: ForeignKey, { names, unordered }: DependencyRules): boolean {
  return !unordered.has(foreignKey) && !sameObject(foreignKey.references.table, table, names);
}

export function targetReady(table: ObjectName, foreignKey: ForeignKey, rules: DependencyRules): string[] {
  if (!isOrdered(table, foreignKey, rules)) return [];
  const target = foreignKey.references.table;
  return [at('columns ready', target, rules.names), at('keys ready', target, rules.names)];
}
