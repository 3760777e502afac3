import type { Capabilities, Ddl, Feature, TypeTable } from '../driver.js';
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata.js';
import { type Names, spelled, type TableSpelling } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';
import type { Type } from '../types/type.js';
import type { Report } from './report.js';

/** The parts of a driver that decide the desired schema. */
export interface SchemaDriver {
  readonly name: string;
  readonly types: TypeTable;
  readonly comparison: Names;
  readonly ddl: Pick<Ddl, 'quoteIdentifier'>;
}

export interface BuildSchemaOptions extends TableSpelling {
  /** Whether foreign keys become constraints. The default is true. */
  readonly createForeignKeyConstraints?: boolean | undefined;
  /** The connection's default namespace: what is in it carries no `schema`. */
  readonly defaultSchema?: string | undefined;
  /** Only the objects of this namespace; wildcard entities are in it. */
  readonly schema?: string | undefined;
}

/** What every part of the builder looks things up in. */
export interface BuildContext {
  readonly driver: SchemaDriver;
  readonly capabilities: Capabilities;
  /** What `capabilities` leaves out: each column is asked about these alone. */
  readonly lackedFeatures: readonly Feature[];
  readonly customTypes: ReadonlyMap<string, Pick<Type, 'getColumnType'>>;
  readonly options: BuildSchemaOptions;
  readonly entities: ReadonlyMap<string, EntityMetadata>;
  readonly report: Report;
}

/** The name of an entity's table or view; absent for a wildcard entity as long as no namespace is stated. */
export function objectNameOf(entity: EntityMetadata, { options }: BuildContext): ObjectName | undefined {
  if (entity.schema === '*' && options.schema === undefined) return undefined;
  return objectName(entity.schema, entity.tableName, options);
}

export function objectName(schema: string | undefined, name: string, options: BuildSchemaOptions): ObjectName {
  const namespace = schema === '*' ? options.schema : schema;
  const own = { name: spelled(name, options) };
  if (namespace === undefined || namespace === options.defaultSchema) return own;
  return { schema: spelled(namespace, options), ...own };
}

export function findColumn(entity: EntityMetadata, name: string): ColumnMetadata | undefined {
  return entity.columns.find((column) => column.name === name);
}
