import { DovetailError, type DovetailBase, type EntityClass, type EntityMetadata } from '@dovetail/core';
import { type Column, type Connection, type ObjectName, type Schema, spelled, type Table } from '@dovetail/core/driver';
import { createWriter, type Writer } from './writer.js';

/** The entities of an `orm`, and how their rows are written. */
export interface SeedModel {
  readonly orm: DovetailBase;
  /** The entity that a class leads to. Throws a `DovetailError` for a class that is not among the entities. */
  entityOf(target: EntityClass): EntityMetadata;
  /** The entity of that name. Throws an `Error` where there is none. */
  entityNamed(className: string): EntityMetadata;
  /** How rows of the entity are written. */
  writerOf(entity: EntityMetadata): Writer;
  tableOf(entity: EntityMetadata): ObjectName;
  /** The type that the database has for a column. */
  columnTypeOf(entity: EntityMetadata, column: string): string;
  /** Remembers which entity a key is of, for relations to one of several entities. */
  remember(key: object, entity: EntityMetadata): void;
  /** The name of the entity that an inserted row, or an instance of a class, is of. */
  originOf(row: object): string | undefined;
}

export function createModel(orm: DovetailBase): SeedModel {
  const { entities, classes } = orm.metadata;
  const schema = orm.schema.getTargetSchema();
  const byName = new Map(entities.map((entity) => [entity.className, entity]));
  const tables = new Map(entities.map((entity) => [entity, findTable(schema, entity, orm.connection)]));
  const writers = new Map<EntityMetadata, Writer>();
  const origins = new WeakMap<object, string>();
  const severalTargets = new Set(entities.flatMap(polymorphicTargets));

  const model: SeedModel = {
    orm,
    entityOf(target) {
      const className = classes.get(target);
      if (className === undefined) throw notAnEntity(target);
      return model.entityNamed(className);
    },
    entityNamed(className) {
      const entity = byName.get(className);
      if (entity === undefined) throw new Error(`There is no entity ${className}.`);
      return entity;
    },
    writerOf(entity) {
      const writer = writers.get(entity) ?? createWriter(entity, model);
      writers.set(entity, writer);
      return writer;
    },
    tableOf: (entity) => existing(tables.get(entity), entity),
    columnTypeOf(entity, name) {
      const columns: readonly Column[] = existing(tables.get(entity), entity).columns;
      return columns.find((column) => column.name === name)?.type ?? '';
    },
    remember(key, { className }) {
      if (severalTargets.has(className)) origins.set(key, className);
    },
    originOf: (row) => origins.get(row) ?? [...classes].find(([target]) => row.constructor === target)?.[1],
  };
  return model;
}

function polymorphicTargets({ properties }: EntityMetadata): string[] {
  return properties.flatMap((property) =>
    property.kind === 'polymorphic' ? property.targets.map(({ target }) => target) : [],
  );
}

/** What is in the default namespace carries none. */
function findTable(
  { tables }: Schema,
  { schema, tableName }: EntityMetadata,
  connection: Connection,
): Table | undefined {
  const tableOfServer = spelled(tableName, connection);
  const schemaOfServer = schema === undefined ? undefined : spelled(schema, connection);
  const named = tables.filter(({ name }) => name === tableOfServer);
  return named.find((table) => table.schema === schemaOfServer) ?? named.find((table) => table.schema === undefined);
}

function existing(table: Table | undefined, { className, kind, schema }: EntityMetadata): Table {
  if (table !== undefined) return table;
  throw new DovetailError('invalid-row', 'The rows cannot be written:', [
    {
      where: className,
      what: schema === '*' ? 'its table is in no stated schema' : `it is a ${kind}, which has no rows of its own`,
      remedy: 'Write the rows with `db.connection`, or insert into the entities that it reads.',
    },
  ]);
}

function notAnEntity({ name }: EntityClass): DovetailError {
  return new DovetailError('invalid-row', 'The rows cannot be written:', [
    { where: name, what: 'it is not among the entities', remedy: `Add ${name} to \`entities\`.` },
  ]);
}
