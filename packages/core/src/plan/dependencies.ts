import type { Change } from '../model/change.js';
import { type FoldName, objectKey } from '../model/names.js';
import type { ForeignKey, Index, ObjectName } from '../model/schema.js';

/**
 * What must have happened before a change, and what has happened after it, as milestones. A change that awaits a
 * milestone runs after every change that reaches it; one that nobody reaches is no obstacle.
 */
export interface Dependencies {
  readonly reaches: readonly string[];
  readonly awaits: readonly string[];
}

/** The two nodes of each object, and the states in between that other objects wait for. */
type Milestone =
  | 'namespace exists'
  | 'enum exists'
  | 'table exists'
  /** All columns of the table are added and altered. */
  | 'columns ready'
  /** The keys and unique indexes that foreign keys may reference exist. */
  | 'keys ready'
  /** Indexes, constraints and triggers that have to go are gone. */
  | 'bindings dropped'
  /** Bindings are renamed as well, so their old names are free. */
  | 'binding names free'
  /** No foreign key references the table any more, of those that have to go. */
  | 'references dropped'
  /** The tables that reference the table and have to go are gone. */
  | 'dropped references'
  | 'generated columns dropped'
  | 'index name free'
  | 'columns dropped'
  | 'table dropped'
  | 'views dropped'
  | 'tables done';

export interface DependencyRules {
  readonly fold: FoldName;
  /** Whether the table that a foreign key references must be ready before it, and may only go after it. */
  readonly foreignKeysNeedTarget: boolean;
  /** Foreign keys that close a ring of tables, where the database does not mind the order. */
  readonly unordered: ReadonlySet<ForeignKey>;
}

/** A table that is made anew: between what is dropped from it and what is added to it. */
export function rebuildDependencies(table: ObjectName, fold: FoldName): Dependencies {
  const key = objectKey(table, fold);
  return { reaches: [milestone('columns ready', key)], awaits: [milestone('bindings dropped', key)] };
}

function milestone(name: Milestone, key: string): string {
  return `${name} ${key}`;
}

export function dependenciesOf(change: Change, rules: DependencyRules): Dependencies {
  const { fold } = rules;
  const at = (state: Milestone, name?: ObjectName): string =>
    name === undefined ? state : milestone(state, objectKey(name, fold));
  const indexName = (table: ObjectName, { name }: Index): string => at('index name free', { ...table, name });
  const altered = (table: ObjectName): string[] => [at('columns ready', table), at('tables done')];
  const dropped = (table: ObjectName): string[] => [
    at('bindings dropped', table),
    at('binding names free', table),
    at('tables done'),
  ];

  switch (change.kind) {
    case 'create-namespace':
      return { reaches: [at('namespace exists', { name: change.namespace })], awaits: [] };
    case 'drop-namespace':
      return { reaches: [], awaits: [at('tables done')] };
    case 'create-enum':
    case 'alter-enum': {
      const { schema, name } = change.kind === 'create-enum' ? change.enum : change.to;
      return { reaches: [at('enum exists', { schema, name })], awaits: namespaceOf({ schema, name }) };
    }
    case 'rename-enum':
    case 'rename-table':
    case 'rename-column':
      return { reaches: [], awaits: [] };
    case 'drop-enum':
      return { reaches: [], awaits: [at('tables done')] };
    case 'drop-view':
      return { reaches: [at('views dropped')], awaits: [] };
    case 'create-view':
    case 'replace-view':
      return { reaches: [], awaits: [at('tables done'), at('views dropped')] };
    case 'create-table':
      return {
        reaches: [
          at('table exists', change.table),
          at('columns ready', change.table),
          at('keys ready', change.table),
          at('tables done'),
        ],
        awaits: [
          ...namespaceOf(change.table),
          ...change.table.foreignKeys.flatMap(referenced(change.table)),
          ...change.table.indexes.map((index) => indexName(change.table, index)),
          at('table dropped', change.table),
          at('views dropped'),
        ],
      };
    case 'drop-table':
      return {
        reaches: [
          at('table dropped', change.table),
          ...change.table.foreignKeys
            .filter((foreignKey) => !rules.unordered.has(foreignKey) && !isSelfReference(change.table, foreignKey))
            .map(({ references }) => at('dropped references', references.table)),
          ...change.table.indexes.map((index) => indexName(change.table, index)),
          at('tables done'),
        ],
        awaits: [at('dropped references', change.table), at('references dropped', change.table), at('views dropped')],
      };
    case 'add-column':
    case 'alter-column': {
      const isGenerated = (change.kind === 'add-column' ? change.column : change.to).generated !== undefined;
      const own = at('columns ready', change.table);
      const plain = `${own} but generated ones`;
      return {
        reaches: isGenerated ? altered(change.table) : [plain, ...altered(change.table)],
        awaits: [
          at('bindings dropped', change.table),
          ...unreferenced(change.table),
          at('views dropped'),
          ...(isGenerated ? [plain] : [at('generated columns dropped', change.table)]),
        ],
      };
    }
    case 'drop-column': {
      const isGenerated = change.column.generated !== undefined;
      const goneToo = at('generated columns dropped', change.table);
      return {
        reaches: [at('columns dropped', change.table), at('tables done'), ...(isGenerated ? [goneToo] : [])],
        awaits: [
          at('bindings dropped', change.table),
          ...unreferenced(change.table),
          at('views dropped'),
          ...(isGenerated ? [] : [goneToo, at('columns ready', change.table), at('keys ready', change.table)]),
        ],
      };
    }
    case 'set-primary-key':
      return {
        reaches: [at('keys ready', change.table), at('tables done')],
        awaits: [...bindable(change.table), ...unreferenced(change.table)],
      };
    case 'add-unique':
      return { reaches: [at('keys ready', change.table), at('tables done')], awaits: bindable(change.table) };
    case 'add-index':
      return {
        reaches: [...(change.index.unique ? [at('keys ready', change.table)] : []), at('tables done')],
        awaits: [...bindable(change.table), indexName(change.table, change.index)],
      };
    case 'rename-index':
      return {
        reaches: [at('binding names free', change.table), indexName(change.table, change.from), at('tables done')],
        awaits: [at('bindings dropped', change.table)],
      };
    case 'rename-constraint':
      return {
        reaches: [at('binding names free', change.table), at('tables done')],
        awaits: [at('bindings dropped', change.table)],
      };
    case 'add-foreign-key':
      return {
        reaches: [at('tables done')],
        awaits: [
          ...bindable(change.table),
          ...(rules.foreignKeysNeedTarget ? referenced(change.table)(change.foreignKey) : []),
          at('keys ready', change.table),
        ],
      };
    case 'drop-foreign-key':
      return {
        reaches: [...dropped(change.table), at('references dropped', change.foreignKey.references.table)],
        awaits: [],
      };
    case 'drop-index':
      return {
        reaches: [...dropped(change.table), indexName(change.table, change.index)],
        // A unique index that a foreign key references can only go after the foreign key.
        awaits: unreferenced(change.table),
      };
    case 'drop-unique':
      return { reaches: dropped(change.table), awaits: unreferenced(change.table) };
    case 'drop-check':
    case 'drop-exclusion':
    case 'drop-trigger':
      return { reaches: dropped(change.table), awaits: [] };
    case 'add-check':
    case 'add-exclusion':
    case 'create-trigger':
      return { reaches: [at('tables done')], awaits: bindable(change.table) };
    case 'set-table-comment':
    case 'set-table-options':
      return { reaches: [at('tables done')], awaits: [] };
  }

  function bindable(table: ObjectName): string[] {
    return [at('columns ready', table), at('bindings dropped', table), at('binding names free', table)];
  }
  function namespaceOf({ schema }: ObjectName): string[] {
    return schema === undefined ? [] : [at('namespace exists', { name: schema })];
  }
  function referenced(table: ObjectName): (foreignKey: ForeignKey) => string[] {
    return (foreignKey) => {
      if (rules.unordered.has(foreignKey) || isSelfReference(table, foreignKey)) return [];
      const target = foreignKey.references.table;
      return [at('table exists', target), at('columns ready', target), at('keys ready', target)];
    };
  }
  function unreferenced(table: ObjectName): string[] {
    return rules.foreignKeysNeedTarget ? [at('references dropped', table), at('dropped references', table)] : [];
  }
  function isSelfReference(table: ObjectName, { references }: ForeignKey): boolean {
    return objectKey(references.table, fold) === objectKey(table, fold);
  }
}
