import type { Limits } from './dialect.js';
import { columnById, type Model, type PivotSpec, tableById, type TableSpec } from './model.js';

/** The model without keys and indexes that are wider than the database takes. */
export function withShortIndexes(model: Model, limits: Limits | undefined): Model {
  if (limits === undefined) return model;
  const tables = model.tables.map((table) => withShortKey(table, model, limits));
  const keyed = { ...model, tables };
  return {
    tables: tables.map((table) => ({
      ...table,
      indexes: table.indexes.filter(({ key }) => {
        return (
          key.kind === 'expression' ||
          fits(
            key.parts.map(({ member }) => bytesOf(member, table, keyed, limits)),
            limits,
          )
        );
      }),
    })),
    pivots: model.pivots.filter((pivot) => hasShortKeys(pivot, keyed, limits)),
  };
}

/** As many parts of the key as fit. */
function withShortKey(table: TableSpec, model: Model, limits: Limits): TableSpec {
  const primaryKey: string[] = [];
  for (const part of table.primaryKey) {
    if (
      fits(
        [...primaryKey, part].map((id) => bytesOf(id, table, model, limits)),
        limits,
      )
    )
      primaryKey.push(part);
  }
  return { ...table, primaryKey };
}

/** The primary key of a pivot table is made of both tables' keys. */
function hasShortKeys({ owner, target }: PivotSpec, model: Model, limits: Limits): boolean {
  const bytes = [owner, target].flatMap((id) => {
    const table = tableById(model, id);
    return table?.primaryKey.map((part) => bytesOf(part, table, model, limits)) ?? [];
  });
  return fits(bytes, limits);
}

function fits(bytes: readonly number[], { indexBytes }: Limits): boolean {
  return bytes.reduce((sum, part) => sum + part, 0) <= indexBytes;
}

/** The bytes of a column, or of the columns of a relation, which are of the types that they reference. */
function bytesOf(id: string, table: TableSpec, model: Model, limits: Limits): number {
  const column = columnById(table, id);
  if (column !== undefined) return limits.bytesOf(column.type);
  const relation = table.relations.find((other) => other.id === id);
  const target = relation && tableById(model, relation.target);
  const referenced = relation?.references.flatMap((reference) => (target && columnById(target, reference)) ?? []) ?? [];
  return referenced.reduce((sum, { type }) => sum + limits.bytesOf(type), 0);
}
