import type { Schema, Table } from '@dovetail/core';
import type { Comparison } from '@dovetail/core/driver';
import { type EntityGeneratorOptions, generateEntities, type GeneratedEntities } from '@dovetail/entity-generator';
import { structuralDifferences } from '../convergence/same-catalog.js';
import { rejectAny, rejectSteps, updateOptions } from '../convergence/evolve.js';
import type { TestDatabase, TestSite } from '../databases/index.js';
import type { Workplace } from './workplace.js';

/** Two databases of one system: the one that entities are made of, and the one that they make. */
export interface RoundTrip {
  readonly database: TestDatabase;
  readonly original: TestSite;
  readonly copy: TestSite;
  readonly workplace: Workplace;
  readonly set: string;
  readonly options?: EntityGeneratorOptions;
}

/**
 * Entities of the original database, loaded as source: they have nothing to change there, and make the copy alike.
 *
 * @throws Error that says what differs.
 */
export async function goRound(trip: RoundTrip): Promise<GeneratedEntities> {
  const { database, original, copy, workplace, set, options } = trip;
  const empty = await original.init({ entities: [], discovery: { warnWhenNoEntities: false } });
  const generated = await generateEntities(empty, options);
  await empty.close();
  rejectAny('The generator itself sees a difference', generated.differences);

  const entities = await workplace.load(set, generated);
  const orm = await original.init({ entities });
  rejectSteps('With the generated entities', await orm.schema.plan(updateOptions));
  const fresh = await copy.init({ entities });
  await fresh.schema.createSchema();
  // The database alone says that two expressions are the same: those of both are the ones of the entities.
  rejectSteps('In the new database', await fresh.schema.plan(updateOptions));
  const [before, after] = [await original.introspect(), await copy.introspect()];
  rejectAny('The new database is another one', differences(before, after, database.driver.comparison));
  await orm.close();
  await fresh.close();
  return generated;
}

/**
 * Whatever the catalogs tell besides expressions. Left out is what the generator lists: which names the database gives to what had none, a
 * unique constraint that is a unique index now, and the attributes of views.
 */
function differences(before: Schema, after: Schema, comparison: Comparison): readonly string[] {
  return structuralDifferences(comparable(before, before), comparable(after, before), comparison);
}

function comparable({ tables, views, ...schema }: Schema, original: Schema): Schema {
  return {
    ...schema,
    tables: tables.map((table) =>
      comparableTable(
        table,
        original.tables.find(({ name }) => name === table.name),
      ),
    ),
    views: views.map(({ attributes: _, ...view }) => view),
  };
}

function comparableTable(table: Table, original: Table | undefined): Table {
  const erase = <Item extends { readonly name?: string | undefined }>(
    items: readonly Item[],
    originals: readonly Item[] = [],
  ): readonly Item[] =>
    originals.some(({ name }) => name === undefined) ? items.map((item) => ({ ...item, name: undefined })) : items;
  const isMoved = (original?.uniques ?? []).some(({ name }) => name === undefined);
  const { uniques, indexes } = isMoved ? withoutUniques(table) : table;
  return {
    ...table,
    uniques,
    indexes,
    foreignKeys: erase(table.foreignKeys, original?.foreignKeys),
    checks: erase(table.checks, original?.checks),
  };
}

/** The plans have compared them already, as constraints and indexes that do the same. */
function withoutUniques({ indexes }: Table): Pick<Table, 'uniques' | 'indexes'> {
  return { uniques: [], indexes: indexes.filter(({ unique }) => !unique) };
}
