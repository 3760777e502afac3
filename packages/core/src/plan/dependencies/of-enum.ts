import type { EnumChange, NamespaceChange } from '../../model/change.js';
import { allBindingsDropped, at, dependantsDropped, enumsReady, namespaceExists, tablesDone } from './milestones.js';
import type { Dependencies, DependencyRules } from './rules.js';

export function ofNamespace({ kind, namespace: name }: NamespaceChange, { names }: DependencyRules): Dependencies {
  switch (kind) {
    case 'create-namespace':
      return { reaches: [at('namespace exists', { name }, names)], awaits: [] };
    case 'drop-namespace':
      return { reaches: [], awaits: [tablesDone, dependantsDropped, at('types dropped', { name }, names)] };
    default:
      return kind satisfies never;
  }
}

export function ofEnum(change: EnumChange, { names }: DependencyRules): Dependencies {
  switch (change.kind) {
    case 'drop-enum': {
      const { schema } = change.enum;
      return {
        reaches: schema === undefined ? [] : [at('types dropped', { name: schema }, names)],
        awaits: [tablesDone, dependantsDropped],
      };
    }
    case 'create-enum':
      return {
        reaches: [enumsReady, tablesDone],
        // A table is a type as well.
        awaits: [...namespaceExists(change.enum, names), at('name free', change.enum, names)],
      };
    case 'alter-enum':
      return { reaches: [enumsReady, tablesDone], awaits: [dependantsDropped, allBindingsDropped] };
    default:
      return change satisfies never;
  }
}
