import { memberKey, type Names, objectKey, type TableNames } from '../../model/names.js';
import type { Column, ObjectName } from '../../model/schema.js';

/** What other changes wait for, of the whole plan. */
export type Milestone =
  /** Types of a namespace are named in columns by their text alone, so columns wait for all of them. */
  | 'enums ready'
  /** Views and triggers that have to go are gone: they may mention any table. */
  | 'dependants dropped'
  /** Nothing is bound to a column any more that has to go: what mentions a type is among it. */
  | 'all bindings dropped'
  /** Tables are as they are going to be, and so are the types that a view or a trigger may name. */
  | 'tables done';

/** What other changes wait for, of one object. */
export type ObjectMilestone =
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
export type ColumnMilestone =
  | 'column added'
  /** It is there, and of the type that it is going to have. */
  | 'column fillable'
  /** The rows that exist have their value. */
  | 'column filled';

export const tablesDone: Milestone = 'tables done';
export const dependantsDropped: Milestone = 'dependants dropped';
export const enumsReady: Milestone = 'enums ready';
export const allBindingsDropped: Milestone = 'all bindings dropped';

export function at(name: ObjectMilestone, object: ObjectName, names: TableNames): string {
  return `${name} ${objectKey(object, names)}`;
}

export function atColumn(name: ColumnMilestone, table: ObjectName, column: Column, names: Names): string {
  return JSON.stringify([name, objectKey(table, names), names.foldName(column.name)]);
}

/** What is free of a name that the objects of several tables share. */
export function atName(free: ObjectMilestone, table: ObjectName, name: string, names: Names): string {
  return `${free} ${memberKey(table, name, names)}`;
}

export function namespaceExists({ schema }: ObjectName, names: TableNames): string[] {
  return schema === undefined ? [] : [at('namespace exists', { name: schema }, names)];
}
