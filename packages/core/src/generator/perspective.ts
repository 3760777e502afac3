import type { Capabilities, Driver } from '../driver.js';
import { spelled } from '../model/names.js';
import type { PlanOptions } from '../model/plan.js';
import type { Schema } from '../model/schema.js';
import type { SchemaGeneratorOptions } from '../options.js';
import type { Server } from './kept-schema.js';
import { rejectUnknownNamespace } from './reject-unknown-namespace.js';
import { inScope, type Scope } from './scope.js';

/** What the program around the generator says of what it looks at. */
export interface Surroundings {
  /** The database system. */
  readonly driver: Driver;
  /** What is looked at, and how. */
  readonly options: SchemaGeneratorOptions;
  /** The table that keeps which migrations were run, where there may be one. */
  readonly migrationsTable?: string | undefined;
  /** The namespace of the entities that name none, where it is stated; else it is the server's. */
  readonly defaultSchema?: string | undefined;
  /** The schema that the entities describe on a server; wildcard entities go to the namespace given. */
  desiredSchema(server: Server | undefined, schema: string | undefined): Schema;
}

/** What the generator looks at on one server, and what the entities ask of that. */
export interface Perspective {
  readonly scope: Scope;
  readonly capabilities: Capabilities;
  /**
   * All that the entities ask for, what is not looked at included.
   *
   * @throws DovetailError `invalid-configuration` where no entity is in the namespace.
   */
  wanted(schema: string | undefined): Schema;
  /** The part of a schema that is looked at. */
  focus(content: Schema, schema: string | undefined): Schema;
  /** The options with the names of tables as the server spells them. */
  spell(options: PlanOptions): PlanOptions;
}

/** @param server the newest one is taken where none is known. */
export function perspectiveOn(
  server: Server | undefined,
  { driver, options, migrationsTable, defaultSchema = server?.defaultSchema, desiredSchema }: Surroundings,
): Perspective {
  const skipTables = [...(options.skipTables ?? []), ...(migrationsTable === undefined ? [] : [migrationsTable])];
  const scope = { ...options, skipTables, defaultSchema, tableNameCase: server?.tableNameCase };
  const spell = (path: string): string => spelled(path, scope);
  return {
    scope,
    capabilities: driver.capabilities(server?.serverVersion),
    wanted(schema) {
      const desired = desiredSchema(server, schema);
      if (schema === undefined || defaultSchema === undefined) return desired;
      // Wildcard entities are in any.
      const known = [defaultSchema, ...desiredSchema(server, undefined).namespaces];
      rejectUnknownNamespace(schema, [...known, ...desired.namespaces], scope);
      return desired;
    },
    focus: (content, schema) => inScope(content, { ...scope, schema }, driver.comparison),
    spell: ({ renames, ...others }) => ({ ...others, ...(renames && { renames: spellRenames(renames, spell) }) }),
  };
}

/** The names of columns that stand in paths fold wherever those of tables have a spelling. */
function spellRenames(
  renames: NonNullable<PlanOptions['renames']>,
  spell: (path: string) => string,
): NonNullable<PlanOptions['renames']> {
  return Object.fromEntries(
    Object.entries(renames).map(([path, to]) => [spell(path), to === false ? false : spell(to)]),
  );
}
