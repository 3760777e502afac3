import type { Names } from '@dovetail/core/driver';
import { physicalTables } from './layout.js';
import {
  type ColumnSpec,
  columnById,
  mentionedIn,
  mentions,
  type Model,
  type PivotSpec,
  type RelationSpec,
  tableById,
  type TableSpec,
  type TypeSpec,
} from './model.js';
import { followableNames } from './names.js';
import { familyOf } from './types.js';
import { isDistinctMember } from './well-formed-table.js';
import { withColumnNames } from './well-formed.js';

/**
 * The model after, so changed that a database with rows can follow: whatever it asks of rows that exist, they can
 * fulfil, and no rename is beyond what hints can tell.
 */
export function followable(before: Model, after: Model, rows: number, folds: Names): Model {
  const tables = after.tables.map((table) => {
    const old = tableById(before, table.id);
    return old === undefined || rows === 0 ? table : followableTable(old, table, before);
  });
  const pivots = after.pivots.filter((pivot) => rows === 0 || isFollowablePivot(pivot, before, after));
  return withFollowableNames(before, { tables, pivots }, folds);
}

/** The columns of a pivot table are those of both keys, and existing rows have no values for new ones. */
function isFollowablePivot({ id, owner, target }: PivotSpec, before: Model, after: Model): boolean {
  if (!before.pivots.some((pivot) => pivot.id === id)) return true;
  return [owner, target].every((table) => {
    return tableById(before, table)?.primaryKey.join() === tableById(after, table)?.primaryKey.join();
  });
}

function followableTable(old: TableSpec, table: TableSpec, before: Model): TableSpec {
  const columns = table.columns.map((column) => followableColumn(column, columnById(old, column.id)));
  const relations = table.relations.map((relation) => followableRelation(relation, old, before));
  const checks = table.checks.filter(({ expression }) => {
    return mentionedIn(expression).every((id) => keepsFamily(columnById(table, id), columnById(old, id)));
  });
  const indexes = table.indexes.map((index) => ({
    ...index,
    unique:
      index.unique &&
      index.key.kind === 'columns' &&
      index.key.parts.some(({ member }) => hasDistinctValues(member, old)),
  }));
  return withFollowableKey({ ...table, columns, relations, checks, indexes }, old);
}

/** Whether the rows have values of it, each another. */
function hasDistinctValues(id: string, old: TableSpec): boolean {
  const isKnown = [...old.columns, ...old.relations].some((member) => member.id === id);
  return isKnown && isDistinctMember(id, old);
}

/** A condition is about the values of its family alone. */
function keepsFamily(column: ColumnSpec | undefined, old: ColumnSpec | undefined): boolean {
  if (column === undefined || old === undefined || old.generated !== undefined) return false;
  return familyOf(column.type) === familyOf(old.type);
}

function followableColumn(column: ColumnSpec, old: ColumnSpec | undefined): ColumnSpec {
  const isFilled = column.generated !== undefined || column.default !== undefined || column.autoincrement === true;
  if (old === undefined) return isFilled ? column : { ...column, nullable: true };
  if (old.generated !== undefined && column.generated === undefined) return withComputedValues(column, old);
  if (column.type.kind !== 'enum' || old.type.kind !== 'enum') return column;
  const { items } = old.type;
  const common = column.type.items.some((item) => items.includes(item));
  return common ? column : { ...column, type: { ...column.type, items: [...column.type.items, ...items.slice(0, 1)] } };
}

/** What was computed stays as it is. */
function withComputedValues(column: ColumnSpec, { type }: ColumnSpec): ColumnSpec {
  return { ...column, type, nullable: true, default: undefined };
}

/** A new relation references nothing yet. One that goes to another table finds the same keys there. */
function followableRelation(relation: RelationSpec, old: TableSpec, before: Model): RelationSpec {
  const was = old.relations.find(({ id }) => id === relation.id);
  if (was === undefined) return { ...relation, nullable: true };
  const isSame = was.target === relation.target && was.references.join() === relation.references.join();
  const { target, references } = isSame || sameKeys(was, relation, before) ? relation : was;
  // No hint tells which columns of a composite key are renamed.
  const columns = was.columns.length > 1 ? was.columns : relation.columns;
  return { ...relation, target, references, columns };
}

/** Rows of all tables that have primary keys of the same types have the same primary keys. */
function sameKeys(was: RelationSpec, relation: RelationSpec, before: Model): boolean {
  const [from, to] = [was, relation].map(({ target, references }) => {
    const table = tableById(before, target);
    if (table?.primaryKey.join() !== references.join()) return undefined;
    return table.primaryKey
      .map((id) => columnById(table, id)?.type)
      .map((type) => type && familyOf(type))
      .join();
  });
  return from !== undefined && from === to;
}

/** Of columns whose values are not known to differ, only a new one that numbers the rows can be a key. */
function withFollowableKey(table: TableSpec, old: TableSpec): TableSpec {
  const primaryKey = table.primaryKey.filter((id) => hasDistinctValues(id, old));
  const chosen = table.columns.find(({ id }) => table.primaryKey.includes(id));
  if (primaryKey.length > 0 || chosen === undefined) return { ...table, primaryKey };
  const isFree = columnById(old, chosen.id) === undefined && !mentions(table, chosen.id);
  const key = numbered(chosen, isFree ? '' : 'n');
  return {
    ...table,
    primaryKey: [key.id],
    options: { ...table.options, withoutRowid: false },
    columns: table.columns.map((column) => (column === chosen ? key : column)),
  };
}

/** A column that exists, or that a text is about, becomes another one. */
function numbered({ id, name }: ColumnSpec, suffix: string): ColumnSpec {
  const type: TypeSpec = { kind: 'logical', type: 'integer' };
  return { id: id + suffix, name: name + suffix, type, nullable: false, autoincrement: true };
}

function withFollowableNames(before: Model, after: Model, folds: Names): Model {
  const { foldName, foldTableName } = folds;
  const names = followableNames(
    [...before.tables, ...before.pivots],
    [...after.tables, ...after.pivots],
    foldTableName,
  );
  const oldTables = physicalTables(before);
  const newTables = physicalTables(after);
  const columnsOf = (tables: typeof oldTables, id: string): (typeof oldTables)[number]['columns'] =>
    tables.find((table) => table.id === id)?.columns ?? [];
  return {
    tables: after.tables.map((table) => ({
      ...withColumnNames(
        table,
        followableNames(columnsOf(oldTables, table.id), columnsOf(newTables, table.id), foldName),
      ),
      name: names.get(table.id) ?? table.name,
    })),
    pivots: after.pivots.map((pivot) => ({ ...pivot, name: names.get(pivot.id) ?? pivot.name })),
  };
}
