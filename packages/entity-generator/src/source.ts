import { type DovetailBase, DovetailError } from '@dovetail/core';
import {
  type Capabilities,
  type CompleteNamingStrategy,
  type Connection,
  type Driver,
  inScope,
  resolveNamingStrategy,
  type Schema,
  spelled,
  type Survey,
} from '@dovetail/core/driver';
import type { EntityGeneratorOptions } from './options.js';

/** The database that entities are written of, and what they are to be read by. */
export interface Source {
  readonly driver: Driver;
  readonly connection: Connection;
  readonly capabilities: Capabilities;
  readonly naming: CompleteNamingStrategy;
  /** The default namespace, whose objects name none. */
  readonly defaultSchema: string | undefined;
  /** What is in the database, without what the options leave out. */
  readonly schema: Schema;
  readonly survey: Survey;
}

const nothing: Survey = { viewColumns: [], tableDefaults: {}, unmodelled: [] };

export async function readSource(orm: DovetailBase, options: EntityGeneratorOptions): Promise<Source> {
  const { driver, connection, entityOptions, migrations } = orm;
  const { schema: defaultSchema, schemaGenerator = {} } = entityOptions;
  const reach = { namespaces: (options.schemas ?? []).filter((name) => name !== defaultSchema) };
  const all = await driver.introspect(connection, reach);
  rejectMissing(reach.namespaces, all.namespaces, connection);
  const scope = {
    defaultSchema,
    tableNameCase: connection.tableNameCase,
    ignoreSchema: schemaGenerator.ignoreSchema,
    skipTables: [migrations.tableName, ...(schemaGenerator.skipTables ?? []), ...(options.skipTables ?? [])],
    skipViews: [...(schemaGenerator.skipViews ?? []), ...(options.skipViews ?? [])],
    skipColumns: mergeLists(schemaGenerator.skipColumns, options.skipColumns),
  };
  const schema = inScope(options.views === false ? { ...all, views: [] } : all, scope, driver.comparison);
  return {
    driver,
    connection,
    capabilities: driver.capabilities(connection.serverVersion),
    naming: resolveNamingStrategy(entityOptions.namingStrategy),
    defaultSchema,
    schema,
    survey: (await driver.survey?.(connection, reach)) ?? nothing,
  };
}

function rejectMissing(asked: readonly string[], existing: readonly string[], connection: Connection): void {
  const names = new Set(existing.map((name) => spelled(name, connection)));
  const missing = asked.filter((name) => !names.has(spelled(name, connection)));
  if (missing.length === 0) return;
  throw new DovetailError(
    'invalid-configuration',
    'There is no such schema. Nothing has been written.',
    missing.map((name) => ({
      where: 'schemas',
      what: `names "${name}", which the database does not have`,
      remedy: 'Check the name, or leave it out: the default schema is read anyway.',
    })),
  );
}

type Patterns = Readonly<Record<string, readonly (string | RegExp)[]>>;

function mergeLists(a: Patterns = {}, b: Patterns = {}): Patterns {
  const tables = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...tables].map((table) => [table, [...(a[table] ?? []), ...(b[table] ?? [])]]));
}
