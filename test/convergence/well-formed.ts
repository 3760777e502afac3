import type { Names } from '@dovetail/core/driver';
import type { Limits } from './dialect.js';
import { type PhysicalColumn, physicalTables } from './layout.js';
import { keyColumns, keysOf, type Model, type RelationSpec, tableById, type TableSpec } from './model.js';
import { distinctNames, type Named } from './names.js';
import { withShortIndexes } from './short-indexes.js';
import { wellFormedTable } from './well-formed-table.js';

/** The model without what no database could make of it: names taken twice, keys and texts that name what is gone. */
export function wellFormed(model: Model, folds: Names, limits: Limits | undefined): Model {
  const sound = withShortIndexes(
    { ...model, tables: model.tables.map((table) => wellFormedTable(table, limits)) },
    limits,
  );
  const tables = sound.tables.map((table) => wellFormedTable(withWholeRelations(table, sound, limits), limits));
  const pivots = sound.pivots.filter(({ owner, target }) => hasOwnKey(owner, tables) && hasOwnKey(target, tables));
  return withDistinctNames(withPossibleNames({ tables, pivots }, limits), folds);
}

function hasOwnKey(id: string, tables: readonly TableSpec[]): boolean {
  return tables.some((table) => table.id === id && keyColumns(table) !== undefined);
}

/** A relation references a key: the primary one, or a unique column. */
function withWholeRelations(table: TableSpec, model: Model, limits: Limits | undefined): TableSpec {
  return {
    ...table,
    relations: table.relations
      .filter((relation) => isWhole(relation, model) && isTypeTaken(relation, table, model))
      .map((relation) => (limits?.cascadesNull === false ? withoutCascadeOfNull(relation, model) : relation)),
  };
}

/** A relation follows the updates of what it references unless it says otherwise. */
function withoutCascadeOfNull(relation: RelationSpec, model: Model): RelationSpec {
  const { target, references, nullable, onUpdate = 'cascade' } = relation;
  const referenced = tableById(model, target)?.columns.filter(({ id }) => references.includes(id)) ?? [];
  const isRefused = onUpdate === 'cascade' && !nullable && referenced.some((column) => column.nullable);
  return isRefused ? { ...relation, onUpdate: 'no action' } : relation;
}

/** Its columns have the types of the referenced ones, of which a strict table takes few by name. */
function isTypeTaken({ target, references }: RelationSpec, { options }: TableSpec, model: Model): boolean {
  const referenced = tableById(model, target)?.columns.filter(({ id }) => references.includes(id)) ?? [];
  return options.strict !== true || referenced.every(({ type }) => type.kind !== 'raw');
}

function isWhole({ target, references }: RelationSpec, model: Model): boolean {
  const table = tableById(model, target);
  return table !== undefined && keysOf(table).some((key) => key.join() === references.join());
}

function withPossibleNames({ tables, pivots }: Model, limits: Limits | undefined): Model {
  const nameFor = limits?.nameFor ?? ((name: string) => name);
  return {
    tables: tables.map((table) => ({
      ...table,
      name: nameFor(table.name),
      columns: table.columns.map((column) => ({ ...column, name: nameFor(column.name) })),
      relations: table.relations.map((relation) => ({ ...relation, columns: relation.columns.map(nameFor) })),
    })),
    pivots: pivots.map((pivot) => ({ ...pivot, name: nameFor(pivot.name) })),
  };
}

/** Tables, and whatever else a person named, share no name with each other; nor do the columns of a table. */
function withDistinctNames(model: Model, folds: Names): Model {
  const bindings = model.tables.flatMap(({ indexes, checks, relations }): Named[] => [
    ...[...indexes, ...checks].flatMap(({ id, name }) => (name === undefined ? [] : [{ id, name }])),
    ...relations.flatMap(({ id, foreignKeyName: name }) => (name === undefined ? [] : [{ id, name }])),
  ]);
  const relations = [...model.tables, ...model.pivots];
  const names = new Map([
    ...distinctNames([...relations, ...bindings], folds.foldName),
    ...distinctNames(relations, folds.foldTableName),
  ]);
  const renamed = <Item extends { readonly id: string; readonly name?: string | undefined }>(item: Item): Item => ({
    ...item,
    name: item.name === undefined ? undefined : (names.get(item.id) ?? item.name),
  });
  const columnNames = physicalTables(model).map(({ columns }) => distinctNames(unhintedFirst(columns), folds.foldName));
  return {
    tables: model.tables
      .map((table, index) => withColumnNames(table, columnNames[index] ?? new Map<string, string>()))
      .map((table) => ({
        ...table,
        name: names.get(table.id) ?? table.name,
        indexes: table.indexes.map(renamed),
        checks: table.checks.map(renamed),
        relations: table.relations.map(({ foreignKeyName: name, ...relation }) => ({
          ...relation,
          foreignKeyName: renamed({ id: relation.id, name }).name,
        })),
      })),
    pivots: model.pivots.map((pivot) => ({ ...pivot, name: names.get(pivot.id) ?? pivot.name })),
  };
}

/** No hint tells which columns of a composite key are renamed, so these keep their names before others. */
function unhintedFirst(columns: readonly PhysicalColumn[]): readonly PhysicalColumn[] {
  const isUnhinted = (column: PhysicalColumn): boolean =>
    column.kind === 'reference' && (column.relation?.columns.length ?? 0) > 1;
  return [...columns.filter(isUnhinted), ...columns.filter((column) => !isUnhinted(column))];
}

/** The table with the names that its physical columns are to have. */
export function withColumnNames(table: TableSpec, names: ReadonlyMap<string, string>): TableSpec {
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, name: names.get(column.id) ?? column.name })),
    relations: table.relations.map((relation) => ({
      ...relation,
      columns: relation.columns.map((name, index) => names.get(`${relation.id}#${index}`) ?? name),
    })),
  };
}
