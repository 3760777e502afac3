import {
  type AddColumn,
  type AlterColumn,
  becomesRequired,
  type DropColumn,
  type FillColumn,
} from '../../model/change.js';
import { allBindingsDropped, at, atColumn, dependantsDropped, enumsReady, tablesDone } from './milestones.js';
import { detached } from './references.js';
import type { Dependencies, DependencyRules } from './rules.js';

export function ofColumn(change: AddColumn | AlterColumn, rules: DependencyRules): Dependencies {
  const { names } = rules;
  const { table } = change;
  const column = change.kind === 'add-column' ? change.column : change.to;
  const isPlain = column.generated === undefined;
  const isFree = stopsComputing(change);
  const isLast = isRequirement(change);
  return {
    reaches: [
      at('columns ready', table, names),
      tablesDone,
      ...(isPlain ? [at('plain columns ready', table, names)] : []),
      ...(change.kind === 'add-column' ? [atColumn('column added', table, column, names)] : []),
      ...(isLast ? [] : [atColumn('column fillable', table, column, names)]),
      ...(isFree ? [at('generated columns dropped', table, names)] : []),
    ],
    awaits: [
      ...(change.kind === 'alter-column' ? [atColumn('column added', table, column, names)] : []),
      ...(isLast ? [atColumn('column filled', table, column, names)] : []),
      at('bindings dropped', table, names),
      ...(isFree ? [] : [at('generated columns dropped', table, names)]),
      at('replaced columns dropped', table, names),
      ...(isPlain ? [] : [at('plain columns ready', table, names)]),
      ...detached(table, rules),
      enumsReady,
      dependantsDropped,
    ],
  };
}

/** What a column no longer reads can change freely. */
function stopsComputing(change: AddColumn | AlterColumn): boolean {
  return change.kind === 'alter-column' && change.from.generated !== undefined && change.to.generated === undefined;
}

/** It may be the second half of a change that fills the column. */
function isRequirement(change: AddColumn | AlterColumn): boolean {
  return change.kind === 'alter-column' && becomesRequired(change);
}

export function ofFilling({ table, column }: FillColumn, { names }: DependencyRules): Dependencies {
  return {
    reaches: [
      atColumn('column filled', table, column, names),
      at('columns ready', table, names),
      at('plain columns ready', table, names),
      tablesDone,
    ],
    awaits: [
      atColumn('column fillable', table, column, names),
      at('bindings dropped', table, names),
      dependantsDropped,
    ],
  };
}

export function ofDroppedColumn({ table, column }: DropColumn, rules: DependencyRules): Dependencies {
  const { names } = rules;
  const isPlain = column.generated === undefined;
  const isReplaced = rules.replaced.has(column);
  // A table can't be without columns, not even for a moment, and a column of its key takes the key along.
  const late = isReplaced ? [] : [at('columns ready', table, names), at('primary key set', table, names)];
  return {
    reaches: [
      tablesDone,
      ...(isPlain ? [] : [at('generated columns dropped', table, names), allBindingsDropped]),
      ...(isPlain && isReplaced ? [at('replaced columns dropped', table, names)] : []),
    ],
    awaits: [
      at('bindings dropped', table, names),
      ...(isPlain ? [at('generated columns dropped', table, names), ...late] : []),
      ...detached(table, rules),
      dependantsDropped,
    ],
  };
}
