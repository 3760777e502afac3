import type { Capabilities } from '../driver.js';
import { becomesRequired, type Change } from '../model/change.js';
import { memberKey, type Names, objectKey, sameObject, type TableNames } from '../model/names.js';
import type { Check, Column, ForeignKey, Index, ObjectName, Table, UniqueConstraint, View } from '../model/schema.js';

/**
 * What must have happened before a change, and what has happened after it, as milestones. A change that awaits a
 * milestone runs after every change that reaches it; one that nobody reaches is no obstacle.
 */
export interface Dependencies {
  readonly reaches: readonly string[];
  readonly awaits: readonly string[];
}

export interface DependencyRules {
  readonly names: Names;
  /** Whether the table that a foreign key references must be ready before it, and may only go after it. */
  readonly foreignKeysNeedTarget: boolean;
  /** Whether the checks, and the foreign keys, of all tables of a namespace share their names. */
  readonly constraintNameScope: Capabilities['constraintNameScope'];
  /** Foreign keys that close a ring of tables, where the database does not mind the order. */
  readonly unordered: ReadonlySet<ForeignKey>;
  /** Columns that go because others of their names take their places. */
  readonly replaced: ReadonlySet<Column>;
}

/** What other changes wait for, of the whole plan. */
type Milestone =
  /** Types of a namespace are named in columns by their text alone, so columns wait for all of them. */
  | 'enums ready'
  /** Views and triggers that have to go are gone: they may mention any table. */
  | 'dependants dropped'
  /** Nothing is bound to a column any more that has to go: what mentions a type is among it. */
  | 'all bindings dropped'
  /** Tables are as they are going to be, and so are the types that a view or a trigger may name. */
  | 'tables done';

/** What other changes wait for, of one object. */
type ObjectMilestone =
  | 'namespace exists'
  /** Its types that have to go are gone. */
  | 'types dropped'
  /** No object that has to go holds the name any more, in the names that tables and indexes may share. */
  | 'name free'
  /** Plain columns are added and altered; generated ones compute from them. */
  | 'plain columns ready'
  | 'columns ready'
  | 'primary key set'
  /** The keys and unique indexes that foreign keys may reference exist. */
  | 'keys ready'
  /** Indexes, constraints and triggers that have to go are gone. */
  | 'bindings dropped'
  /** No check that has to go holds the name any more, where checks of all tables share their names. */
  | 'check name free'
  /** The same of foreign keys. */
  | 'foreign key name free'
  /** Bindings are renamed as well, so their old names are free. */
  | 'binding names free'
  /** The table's own foreign keys that have to go are gone. */
  | 'foreign keys dropped'
  /** No foreign key references the table any more, of those that have to go. */
  | 'references dropped'
  /** The tables that reference the table and have to go are gone. */
  | 'referencing tables dropped'
  | 'generated columns dropped'
  /** The names of the columns that others take the place of are free. */
  | 'replaced columns dropped'
  /** The views that read the table or view, and have to go, are gone. */
  | 'readers dropped'
  | 'view exists';

/** What other changes wait for, of one column that is filled. */
type ColumnMilestone =
  | 'column added'
  /** It is there, and of the type that it is going to have. */
  | 'column fillable'
  /** The rows that exist have their value. */
  | 'column filled';

/** What a column no longer reads can change freely. */
function stopsComputing(change: Change): boolean {
  return change.kind === 'alter-column' && change.from.generated !== undefined && change.to.generated === undefined;
}

/** It may be the second half of a change that fills the column. */
function isRequirement(change: Change): boolean {
  return change.kind === 'alter-column' && becomesRequired(change);
}

/** A table that is made anew: between what is dropped from it and what is added to it. */
export function rebuildDependencies(table: ObjectName, names: TableNames): Dependencies {
  return {
    reaches: [milestone('columns ready', table, names)],
    awaits: [milestone('bindings dropped', table, names), 'dependants dropped' satisfies Milestone],
  };
}

function milestone(name: ObjectMilestone, object: ObjectName, names: TableNames): string {
  return `${name} ${objectKey(object, names)}`;
}

export function dependenciesOf(change: Change, rules: DependencyRules): Dependencies {
  const at = (name: ObjectMilestone, object: ObjectName): string => milestone(name, object, rules.names);
  const tablesDone: Milestone = 'tables done';
  const dependantsDropped: Milestone = 'dependants dropped';
  const enumsReady: Milestone = 'enums ready';
  const allBindingsDropped: Milestone = 'all bindings dropped';

  switch (change.kind) {
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-table':
    case 'rename-column':
    case 'rename-enum-value':
      return { reaches: [], awaits: [] };
    case 'create-namespace':
      return { reaches: [at('namespace exists', { name: change.namespace })], awaits: [] };
    case 'drop-namespace':
      return { reaches: [], awaits: [tablesDone, dependantsDropped, at('types dropped', { name: change.namespace })] };
    case 'drop-enum': {
      const { schema } = change.enum;
      return {
        reaches: schema === undefined ? [] : [at('types dropped', { name: schema })],
        awaits: [tablesDone, dependantsDropped],
      };
    }
    case 'create-enum':
      return {
        reaches: [enumsReady, tablesDone],
        // A table is a type as well.
        awaits: [...namespaceOf(change.enum), at('name free', change.enum)],
      };
    case 'alter-enum':
      return { reaches: [enumsReady, tablesDone], awaits: [dependantsDropped, allBindingsDropped] };
    case 'drop-view': {
      const { view } = change;
      return {
        reaches: [dependantsDropped, ...readsOf(view).map((read) => at('readers dropped', read))],
        awaits: [at('readers dropped', view)],
      };
    }
    case 'create-view':
      return {
        reaches: [at('view exists', change.view)],
        awaits: [...namespaceOf(change.view), ...readable(change.view)],
      };
    case 'replace-view':
      return { reaches: [at('view exists', change.to)], awaits: readable(change.to) };
    case 'create-table': {
      const { table } = change;
      return {
        reaches: [at('columns ready', table), at('keys ready', table), tablesDone],
        awaits: [
          ...namespaceOf(table),
          ...namesOf(table),
          ...constraintNamesOf(table),
          ...table.foreignKeys.flatMap((foreignKey) => targetOf(table, foreignKey)),
          enumsReady,
          dependantsDropped,
        ],
      };
    }
    case 'drop-table': {
      const { table } = change;
      const ordered = table.foreignKeys.filter((foreignKey) => isOrdered(table, foreignKey));
      return {
        reaches: [
          ...namesOf(table),
          ...constraintNamesOf(table),
          ...ordered.map(({ references }) => at('referencing tables dropped', references.table)),
          tablesDone,
        ],
        awaits: [at('bindings dropped', table), ...unreferenced(table), dependantsDropped],
      };
    }
    case 'add-column':
    case 'alter-column': {
      const { table } = change;
      const column = change.kind === 'add-column' ? change.column : change.to;
      const isPlain = column.generated === undefined;
      return {
        reaches: [
          at('columns ready', table),
          tablesDone,
          ...(isPlain ? [at('plain columns ready', table)] : []),
          ...(change.kind === 'add-column' ? [ofColumn('column added', table, column)] : []),
          ...(isRequirement(change) ? [] : [ofColumn('column fillable', table, column)]),
          ...(stopsComputing(change) ? [at('generated columns dropped', table)] : []),
        ],
        awaits: [
          ...(change.kind === 'alter-column' ? [ofColumn('column added', table, column)] : []),
          ...(isRequirement(change) ? [ofColumn('column filled', table, column)] : []),
          at('bindings dropped', table),
          ...(stopsComputing(change) ? [] : [at('generated columns dropped', table)]),
          at('replaced columns dropped', table),
          ...(isPlain ? [] : [at('plain columns ready', table)]),
          ...detached(table),
          enumsReady,
          dependantsDropped,
        ],
      };
    }
    case 'fill-column': {
      const { table, column } = change;
      return {
        reaches: [
          ofColumn('column filled', table, column),
          at('columns ready', table),
          at('plain columns ready', table),
          tablesDone,
        ],
        awaits: [ofColumn('column fillable', table, column), at('bindings dropped', table), dependantsDropped],
      };
    }
    case 'drop-column': {
      const { table } = change;
      const isPlain = change.column.generated === undefined;
      const isReplaced = rules.replaced.has(change.column);
      // A table can't be without columns, not even for a moment, and a column of its key takes the key along.
      const late = isReplaced ? [] : [at('columns ready', table), at('primary key set', table)];
      return {
        reaches: [
          tablesDone,
          ...(isPlain ? [] : [at('generated columns dropped', table), allBindingsDropped]),
          ...(isPlain && isReplaced ? [at('replaced columns dropped', table)] : []),
        ],
        awaits: [
          at('bindings dropped', table),
          ...(isPlain ? [at('generated columns dropped', table), ...late] : []),
          ...detached(table),
          dependantsDropped,
        ],
      };
    }
    case 'set-primary-key':
      if (change.to === undefined) return { reaches: dropped(change.table), awaits: detached(change.table) };
      return {
        reaches: [at('primary key set', change.table), at('keys ready', change.table), tablesDone],
        awaits: [...bindable(change.table), ...detached(change.table)],
      };
    case 'add-unique':
      return {
        reaches: [at('keys ready', change.table), tablesDone],
        awaits: [...bindable(change.table), ...nameOfUnique(change.table, change.unique)],
      };
    case 'add-index':
      return {
        reaches: [...(change.index.unique ? [at('keys ready', change.table)] : []), tablesDone],
        awaits: [...bindable(change.table), nameOfIndex(change.table, change.index)],
      };
    case 'rename-index':
      return {
        reaches: [at('binding names free', change.table), nameOfIndex(change.table, change.from), tablesDone],
        awaits: [at('bindings dropped', change.table), nameOfIndex(change.table, change.to)],
      };
    case 'rename-constraint':
      return {
        reaches: [at('binding names free', change.table), tablesDone],
        awaits: [at('bindings dropped', change.table)],
      };
    case 'add-foreign-key':
      return {
        reaches: [tablesDone],
        // One that needs no target comes together with its column, or with a rebuild of its table.
        awaits: rules.foreignKeysNeedTarget
          ? [...bindable(change.table), ...keysFor(change), ...nameOfForeignKey(change.table, change.foreignKey)]
          : [],
      };
    case 'drop-foreign-key':
      return {
        reaches: [
          at('foreign keys dropped', change.table),
          at('references dropped', change.foreignKey.references.table),
          ...nameOfForeignKey(change.table, change.foreignKey),
          ...dropped(change.table),
        ],
        awaits: [],
      };
    case 'drop-index':
      return {
        reaches: [nameOfIndex(change.table, change.index), ...dropped(change.table)],
        awaits: detached(change.table),
      };
    case 'drop-unique':
      return {
        reaches: [...nameOfUnique(change.table, change.unique), ...dropped(change.table)],
        awaits: detached(change.table),
      };
    case 'drop-check':
      return { reaches: [...nameOfCheck(change.table, change.check), ...dropped(change.table)], awaits: [] };
    case 'drop-exclusion':
      return { reaches: dropped(change.table), awaits: [] };
    case 'drop-trigger':
      return { reaches: [dependantsDropped, ...dropped(change.table)], awaits: [] };
    case 'create-trigger':
      return { reaches: [], awaits: [tablesDone, dependantsDropped] };
    case 'add-check':
      return { reaches: [tablesDone], awaits: [...bindable(change.table), ...nameOfCheck(change.table, change.check)] };
    case 'add-exclusion':
      return { reaches: [tablesDone], awaits: bindable(change.table) };
    case 'set-table-comment':
    case 'set-table-options':
      return { reaches: [tablesDone], awaits: [] };
  }

  function ofColumn(name: ColumnMilestone, table: ObjectName, column: Column): string {
    return JSON.stringify([name, objectKey(table, rules.names), rules.names.foldName(column.name)]);
  }
  function readsOf({ reads = [] }: View): readonly ObjectName[] {
    return reads;
  }
  function readable(view: View): string[] {
    return [tablesDone, dependantsDropped, ...readsOf(view).map((read) => at('view exists', read))];
  }
  function namespaceOf({ schema }: ObjectName): string[] {
    return schema === undefined ? [] : [at('namespace exists', { name: schema })];
  }
  function ofName(free: ObjectMilestone, table: ObjectName, name: string): string {
    return `${free} ${memberKey(table, name, rules.names)}`;
  }
  function nameOfIndex(table: ObjectName, { name }: Index): string {
    return ofName('name free', table, name);
  }
  /** Where a unique key has a name of its own, its index bears it. */
  function nameOfUnique(table: ObjectName, { name }: UniqueConstraint): string[] {
    return name === undefined ? [] : [ofName('name free', table, name)];
  }
  function nameOfCheck(table: ObjectName, { name }: Check): string[] {
    return sharedName('check name free', table, name);
  }
  function nameOfForeignKey(table: ObjectName, { name }: ForeignKey): string[] {
    return sharedName('foreign key name free', table, name);
  }
  function sharedName(free: ObjectMilestone, table: ObjectName, name: string | undefined): string[] {
    return name === undefined || rules.constraintNameScope === 'table' ? [] : [ofName(free, table, name)];
  }
  function constraintNamesOf(table: Table): string[] {
    return [
      ...table.checks.flatMap((check) => nameOfCheck(table, check)),
      ...table.foreignKeys.flatMap((foreignKey) => nameOfForeignKey(table, foreignKey)),
    ];
  }
  function namesOf(table: Table): string[] {
    return [at('name free', table), ...table.indexes.map((index) => nameOfIndex(table, index))];
  }
  function dropped(table: ObjectName): string[] {
    return [at('bindings dropped', table), at('binding names free', table), allBindingsDropped, tablesDone];
  }
  function bindable(table: ObjectName): string[] {
    return [enumsReady, at('columns ready', table), at('bindings dropped', table), at('binding names free', table)];
  }
  function unreferenced(table: ObjectName): string[] {
    return [at('references dropped', table), at('referencing tables dropped', table)];
  }
  /** Foreign keys hold on to the columns, keys and indexes at both of their ends. */
  function detached(table: ObjectName): string[] {
    return rules.foreignKeysNeedTarget ? [at('foreign keys dropped', table), ...unreferenced(table)] : [];
  }
  function isOrdered(table: ObjectName, foreignKey: ForeignKey): boolean {
    return !rules.unordered.has(foreignKey) && !sameObject(foreignKey.references.table, table, rules.names);
  }
  function targetOf(table: ObjectName, foreignKey: ForeignKey): string[] {
    if (!isOrdered(table, foreignKey)) return [];
    const target = foreignKey.references.table;
    return [at('columns ready', target), at('keys ready', target)];
  }
  /** The key that a foreign key references may be of its own table. */
  function keysFor({ table, foreignKey }: Extract<Change, { kind: 'add-foreign-key' }>): string[] {
    return [at('keys ready', table), ...targetOf(table, foreignKey)];
  }
}
