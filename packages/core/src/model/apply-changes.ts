import type { AlterColumn, AlterTableChange, Change } from './change.js';
import { type Names, objectKey } from './names.js';
import type { Column, ObjectName, Schema, Table } from './schema.js';

/**
 * The schema that a list of changes leads to. Renames are expected to be in `schema` already: a driver alone knows what
 * else a rename touches (`Driver.applyRenames`).
 */
export function applyChanges(schema: Schema, changes: readonly Change[], names: Names): Schema {
  const keyOf = (name: ObjectName): string => objectKey(name, names);
  const byName = <Item extends ObjectName>(items: readonly Item[]): Map<string, Item> =>
    new Map(items.map((item) => [keyOf(item), item]));
  const namespaces = new Set(schema.namespaces);
  const enums = byName(schema.enums);
  const tables = byName(schema.tables);
  const views = byName(schema.views);

  for (const change of changes) apply(change);
  return {
    namespaces: [...namespaces],
    enums: [...enums.values()],
    tables: [...tables.values()],
    views: [...views.values()],
  };

  function apply(change: Change): void {
    switch (change.kind) {
      case 'create-namespace':
        namespaces.add(change.namespace);
        break;
      case 'drop-namespace':
        namespaces.delete(change.namespace);
        break;
      case 'create-enum':
        enums.set(keyOf(change.enum), change.enum);
        break;
      case 'alter-enum':
        enums.set(keyOf(change.to), change.to);
        break;
      case 'drop-enum':
        enums.delete(keyOf(change.enum));
        break;
      case 'create-view':
        views.set(keyOf(change.view), change.view);
        break;
      case 'replace-view':
        views.set(keyOf(change.to), change.to);
        break;
      case 'drop-view':
        views.delete(keyOf(change.view));
        break;
      case 'create-table':
        tables.set(keyOf(change.table), change.table);
        break;
      case 'drop-table':
        tables.delete(keyOf(change.table));
        break;
      case 'rename-namespace':
      case 'rename-enum':
      case 'rename-table':
      case 'rename-column':
      case 'rename-enum-value':
        break;
      default: {
        const key = keyOf(change.table);
        const table = tables.get(key);
        if (table !== undefined) tables.set(key, alterTable(table, change, names));
      }
    }
  }
}

function alterTable(table: Table, change: AlterTableChange, { foldName: fold }: Names): Table {
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
    case 'fill-column':
      return table;
    case 'set-primary-key':
      return { ...table, primaryKey: change.to };
    case 'add-unique':
      return { ...table, uniques: [...table.uniques, change.unique] };
    case 'drop-unique':
      return { ...table, uniques: without(table.uniques, change.unique) };
    case 'add-index':
      return { ...table, indexes: [...table.indexes, change.index] };
    case 'drop-index':
      return { ...table, indexes: without(table.indexes, change.index) };
    case 'rename-index':
      return { ...table, indexes: table.indexes.map((index) => (index === change.from ? change.to : index)) };
    case 'add-foreign-key':
      return { ...table, foreignKeys: [...table.foreignKeys, change.foreignKey] };
    case 'drop-foreign-key':
      return { ...table, foreignKeys: without(table.foreignKeys, change.foreignKey) };
    case 'add-check':
      return { ...table, checks: [...table.checks, change.check] };
    case 'drop-check':
      return { ...table, checks: without(table.checks, change.check) };
    case 'add-exclusion':
      return { ...table, exclusions: [...table.exclusions, change.exclusion] };
    case 'drop-exclusion':
      return { ...table, exclusions: without(table.exclusions, change.exclusion) };
    case 'rename-constraint':
      return renameConstraint(table, change);
    case 'create-trigger':
      return { ...table, triggers: [...table.triggers, change.trigger] };
    case 'drop-trigger':
      return { ...table, triggers: without(table.triggers, change.trigger) };
    case 'set-table-comment':
      return { ...table, comment: change.to };
    case 'set-table-options':
      return { ...table, options: { ...table.options, ...change.to } };
  }
}

/** Of what is alike, one goes: the item itself, or what it is called or described by in another reading of the schema. */
function without<Item extends { readonly name?: string | undefined }>(items: readonly Item[], item: Item): Item[] {
  const itself = items.indexOf(item);
  const place = itself === -1 ? items.findIndex((other) => isSameObject(other, item)) : itself;
  return items.filter((_, index) => index !== place);
}

function isSameObject<Item extends { readonly name?: string | undefined }>(a: Item, b: Item): boolean {
  return a.name === undefined ? JSON.stringify(a) === JSON.stringify(b) : a.name === b.name;
}

/**
 * The column with the attributes that the change is about as it wants them, and the others as they were. Its wish for the
 * rows that exist goes with it.
 */
export function alterColumn(column: Column, { to, attributes }: AlterColumn): Column {
  return attributes.reduce<Column>((current, attribute) => ({ ...current, [attribute]: to[attribute] }), {
    ...column,
    ...(to.backfill !== undefined && { backfill: to.backfill }),
  });
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
