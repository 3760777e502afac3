import type { AlterColumn, AlterTableChange, Change, RenameChange } from './change.js';
import { type FoldName, objectKey, sameObject } from './names.js';
import type { Column, ObjectName, Schema, Table } from './schema.js';

/**
 * The schema that a list of changes leads to. Renames are expected to be in `schema` already: a driver alone knows what
 * else a rename touches (`Driver.applyRenames`).
 */
export function applyChanges(schema: Schema, changes: readonly Change[], fold: FoldName): Schema {
  return changes.reduce<Schema>((current, change) => applyChange(current, change, fold), schema);
}

function applyChange(schema: Schema, change: Change, fold: FoldName): Schema {
  const without = <Item extends ObjectName>(items: readonly Item[], name: ObjectName): Item[] =>
    items.filter((item) => !sameObject(item, name, fold));

  switch (change.kind) {
    case 'create-namespace':
      return { ...schema, namespaces: [...schema.namespaces, change.namespace] };
    case 'drop-namespace':
      return { ...schema, namespaces: schema.namespaces.filter((namespace) => namespace !== change.namespace) };
    case 'create-enum':
      return { ...schema, enums: [...schema.enums, change.enum] };
    case 'drop-enum':
      return { ...schema, enums: without(schema.enums, change.enum) };
    case 'rename-enum':
    case 'rename-table':
    case 'rename-column':
      return schema;
    case 'alter-enum':
      return { ...schema, enums: [...without(schema.enums, change.from), change.to] };
    case 'create-view':
      return { ...schema, views: [...schema.views, change.view] };
    case 'drop-view':
      return { ...schema, views: without(schema.views, change.view) };
    case 'replace-view':
      return { ...schema, views: [...without(schema.views, change.from), change.to] };
    case 'create-table':
      return { ...schema, tables: [...schema.tables, change.table] };
    case 'drop-table':
      return { ...schema, tables: without(schema.tables, change.table) };
    default:
      return {
        ...schema,
        tables: schema.tables.map((table) =>
          sameObject(table, change.table, fold) ? alterTable(table, change, fold) : table,
        ),
      };
  }
}

/** The table that the changes of one table lead to. Changes of other tables are passed over. */
export function alterTableBy(table: Table, changes: readonly Change[], fold: FoldName): Table {
  return changes.reduce<Table>(
    (current, change) =>
      isAlterTableChange(change) && sameObject(change.table, current, fold)
        ? alterTable(current, change, fold)
        : current,
    table,
  );
}

function alterTable(table: Table, change: AlterTableChange, fold: FoldName): Table {
  switch (change.kind) {
    case 'add-column':
      return { ...table, columns: [...table.columns, change.column] };
    case 'drop-column':
      return { ...table, columns: table.columns.filter((column) => fold(column.name) !== fold(change.column.name)) };
    case 'alter-column':
      return {
        ...table,
        columns: table.columns.map((column) =>
          fold(column.name) === fold(change.from.name) ? alterColumn(column, change) : column,
        ),
      };
    case 'set-primary-key':
      return { ...table, primaryKey: change.to };
    case 'add-unique':
      return { ...table, uniques: [...table.uniques, change.unique] };
    case 'drop-unique':
      return { ...table, uniques: table.uniques.filter((unique) => unique !== change.unique) };
    case 'add-index':
      return { ...table, indexes: [...table.indexes, change.index] };
    case 'drop-index':
      return { ...table, indexes: table.indexes.filter((index) => index !== change.index) };
    case 'rename-index':
      return { ...table, indexes: table.indexes.map((index) => (index === change.from ? change.to : index)) };
    case 'add-foreign-key':
      return { ...table, foreignKeys: [...table.foreignKeys, change.foreignKey] };
    case 'drop-foreign-key':
      return { ...table, foreignKeys: table.foreignKeys.filter((foreignKey) => foreignKey !== change.foreignKey) };
    case 'add-check':
      return { ...table, checks: [...table.checks, change.check] };
    case 'drop-check':
      return { ...table, checks: table.checks.filter((check) => check !== change.check) };
    case 'add-exclusion':
      return { ...table, exclusions: [...table.exclusions, change.exclusion] };
    case 'drop-exclusion':
      return { ...table, exclusions: table.exclusions.filter((exclusion) => exclusion !== change.exclusion) };
    case 'rename-constraint':
      return renameConstraint(table, change);
    case 'create-trigger':
      return { ...table, triggers: [...table.triggers, change.trigger] };
    case 'drop-trigger':
      return { ...table, triggers: table.triggers.filter((trigger) => trigger !== change.trigger) };
    case 'set-table-comment':
      return { ...table, comment: change.to };
    case 'set-table-options':
      return { ...table, options: { ...table.options, ...change.to } };
  }
}

function alterColumn(column: Column, { to, attributes }: AlterColumn): Column {
  return attributes.reduce<Column>((current, attribute) => ({ ...current, [attribute]: to[attribute] }), column);
}

function renameConstraint(
  table: Table,
  { constraint, from, to }: Extract<AlterTableChange, { kind: 'rename-constraint' }>,
): Table {
  const renamed = <Item extends { readonly name?: string | undefined }>(items: readonly Item[]): Item[] =>
    items.map((item) => (item.name === from ? { ...item, name: to } : item));

  switch (constraint) {
    case 'primary key':
      return { ...table, primaryKey: table.primaryKey && { ...table.primaryKey, name: to } };
    case 'unique':
      return { ...table, uniques: renamed(table.uniques) };
    case 'foreign key':
      return { ...table, foreignKeys: renamed(table.foreignKeys) };
    case 'check':
      return { ...table, checks: renamed(table.checks) };
    case 'exclusion':
      return { ...table, exclusions: renamed(table.exclusions) };
  }
}

export function isRename(change: Change): change is RenameChange {
  return change.kind === 'rename-table' || change.kind === 'rename-column';
}

export function isAlterTableChange(change: Change): change is AlterTableChange {
  switch (change.kind) {
    case 'create-namespace':
    case 'drop-namespace':
    case 'create-enum':
    case 'drop-enum':
    case 'rename-enum':
    case 'alter-enum':
    case 'create-view':
    case 'drop-view':
    case 'replace-view':
    case 'rename-table':
    case 'rename-column':
    case 'create-table':
    case 'drop-table':
      return false;
    default:
      return true;
  }
}

/** The tables of a schema, found by name. */
export function tablesByName(schema: Schema, fold: FoldName): ReadonlyMap<string, Table> {
  return new Map(schema.tables.map((table) => [objectKey(table, fold), table]));
}
