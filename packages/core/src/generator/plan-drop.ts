import type { Connection, Driver } from '../driver.js';
import type { Change } from '../model/change.js';
import { spelled } from '../model/names.js';
import type { PlanOptions } from '../model/plan.js';
import type { ObjectName, Schema } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { type DropInput, dropRelations, dropSupports } from './drop-changes.js';
import type { Perspective } from './perspective.js';
import { isInNamespace } from './scope.js';

/** What is dropped of, and by which options. */
export interface DropContext {
  readonly driver: Driver;
  readonly connection: Connection;
  readonly perspective: Perspective;
  readonly options: PlanOptions;
  /** The table that keeps which migrations were run, where it is dropped as well. */
  readonly migrationsTable?: string | undefined;
}

/** What drops all tables. */
export interface Drop {
  readonly changes: readonly Change[];
  /** Whether the table is one of those that the caller asks to drop with its rows. */
  isOwned(table: ObjectName): boolean;
  /** What of it is still to be done in a schema. */
  remainingIn(actual: Schema): readonly Change[];
}

export async function planDrop(before: Schema, context: DropContext): Promise<Drop> {
  const { driver, connection, perspective, options } = context;
  const input = inputOf(before, context);
  const relations = dropRelations(input);
  const isInScope = (name: string): boolean => isInNamespace(name, { ...perspective.scope, schema: options.schema });
  const supports = await dropSupports(input, connection, relations, isInScope);
  return {
    changes: [...relations, ...supports],
    isOwned: (table) =>
      findTable(input.desired, table, driver.comparison) !== undefined || isMigrationsTable(table, context),
    remainingIn: (actual) => dropRelations(inputOf(actual, context)),
  };
}

function inputOf(actual: Schema, context: DropContext): DropInput {
  const { driver, perspective, options } = context;
  const { dropTables, schema } = options;
  const migrations = actual.tables.filter((table) => isMigrationsTable(table, context));
  const scoped = perspective.focus(actual, schema);
  return {
    driver,
    actual: { ...scoped, tables: [...scoped.tables, ...migrations] },
    desired: perspective.focus(perspective.wanted(schema), schema),
    isDropped: (table, isDesired) => dropTables || isDesired || migrations.includes(table),
  };
}

function isMigrationsTable({ name }: ObjectName, { driver, perspective, migrationsTable }: DropContext): boolean {
  const { foldTableName: fold } = driver.comparison;
  return migrationsTable !== undefined && fold(name) === fold(spelled(migrationsTable, perspective.scope));
}
