import type { ViewChange } from '../../model/change.js';
import type { ObjectName, View } from '../../model/schema.js';
import { at, dependantsDropped, namespaceExists, tablesDone } from './milestones.js';
import type { Dependencies, DependencyRules } from './rules.js';

export function ofView(change: ViewChange, rules: DependencyRules): Dependencies {
  const { names } = rules;
  switch (change.kind) {
    case 'drop-view': {
      const { view } = change;
      return {
        reaches: [dependantsDropped, ...readsOf(view).map((read) => at('readers dropped', read, names))],
        awaits: [at('readers dropped', view, names)],
      };
    }
    case 'create-view':
      return {
        reaches: [at('view exists', change.view, names)],
        awaits: [...namespaceExists(change.view, names), ...readable(change.view, rules)],
      };
    case 'replace-view':
      return { reaches: [at('view exists', change.to, names)], awaits: readable(change.to, rules) };
    default:
      return change satisfies never;
  }
}

function readsOf({ reads = [] }: View): readonly ObjectName[] {
  return reads;
}

function readable(view: View, { names }: DependencyRules): string[] {
  return [tablesDone, dependantsDropped, ...readsOf(view).map((read) => at('view exists', read, names))];
}
