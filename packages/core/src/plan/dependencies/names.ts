import type { Check, ForeignKey, Index, ObjectName, Table, UniqueConstraint } from '../../model/schema.js';
import { at, atName, type ObjectMilestone } from './milestones.js';
import type { DependencyRules } from './rules.js';

/** The names that the objects of a table take, as milestones: those that come wait for those that go. */

export function nameOfIndex(table: ObjectName, { name }: Index, { names }: DependencyRules): string {
  return atName('name free', table, name, names);
}

/** Where a unique key has a name of its own, its index bears it. */
export function nameOfUnique(table: ObjectName, { name }: UniqueConstraint, { names }: DependencyRules): string[] {
  return name === undefined ? [] : [atName('name free', table, name, names)];
}

export function nameOfCheck(table: ObjectName, { name }: Check, rules: DependencyRules): string[] {
  return sharedName('check name free', table, name, rules);
}

export function nameOfForeignKey(table: ObjectName, { name }: ForeignKey, rules: DependencyRules): string[] {
  return sharedName('foreign key name free', table, name, rules);
}

function sharedName(
  free: ObjectMilestone,
  table: ObjectName,
  name: string | undefined,
  { names, constraintNameScope }: DependencyRules,
): string[] {
  return name === undefined || constraintNameScope === 'table' ? [] : [atName(free, table, name, names)];
}

export function constraintNamesOf(table: Table, rules: DependencyRules): string[] {
  return [
    ...table.checks.flatMap((check) => nameOfCheck(table, check, rules)),
    ...table.foreignKeys.flatMap((foreignKey) => nameOfForeignKey(table, foreignKey, rules)),
  ];
}

export function namesOf(table: Table, rules: DependencyRules): string[] {
  return [at('name free', table, rules.names), ...table.indexes.map((index) => nameOfIndex(table, index, rules))];
}
