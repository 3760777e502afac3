import { type Change, becomesGenerated } from '../model/change.js';
import { needsValue } from '../model/columns.js';
import { displayName } from '../model/names.js';
import type { Hazard } from '../model/plan.js';
import { describeObject } from './describe.js';

/** What is at stake in a change on every database, whatever the way in which it is carried out. */
export function hazardsOf(change: Change): Hazard[] {
  const object = describeObject(change);
  const hazard = (kind: Hazard['kind'], message: string): Hazard[] => [{ kind, object, message }];

  switch (change.kind) {
    case 'drop-table':
      return hazard('data-loss', `All rows of "${displayName(change.table)}" are lost.`);
    case 'drop-column':
      return change.column.generated === undefined
        ? hazard('data-loss', `All values of "${change.column.name}" are lost.`)
        : [];
    case 'add-column':
      return needsValue(change.column)
        ? hazard('may-fail', `Rows that exist have no value for "${change.column.name}", which may not be null.`)
        : [];
    case 'alter-column':
      return [
        ...(becomesGenerated(change)
          ? hazard('data-loss', `All values of "${change.to.name}" are lost, for it becomes a generated column.`)
          : []),
        ...(change.attributes.includes('nullable') && !change.to.nullable
          ? hazard('may-fail', `Fails when rows hold null in "${change.to.name}".`)
          : []),
      ];
    case 'set-primary-key':
      return change.to === undefined
        ? []
        : hazard('may-fail', 'Fails when rows are not unique in the new primary key.');
    case 'add-unique':
      return hazard('may-fail', 'Fails when rows are not unique.');
    case 'add-index':
      return change.index.unique ? hazard('may-fail', 'Fails when rows are not unique.') : [];
    case 'add-foreign-key':
      return hazard('may-fail', 'Fails when rows reference others that do not exist.');
    case 'add-check':
      return hazard('may-fail', 'Fails when rows do not meet the condition.');
    case 'add-exclusion':
      return hazard('may-fail', 'Fails when rows exclude each other.');
    case 'create-namespace':
    case 'drop-namespace':
    case 'create-enum':
    case 'drop-enum':
    case 'rename-enum':
    case 'alter-enum':
    case 'create-view':
    case 'drop-view':
    case 'replace-view':
    case 'create-table':
    case 'rename-table':
    case 'rename-column':
    case 'drop-unique':
    case 'drop-index':
    case 'rename-index':
    case 'drop-foreign-key':
    case 'drop-check':
    case 'drop-exclusion':
    case 'rename-constraint':
    case 'create-trigger':
    case 'drop-trigger':
    case 'set-table-comment':
    case 'set-table-options':
      return [];
  }
}
