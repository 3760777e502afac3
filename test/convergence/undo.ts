import type { Connection, DovetailBase, Plan, Schema, Step } from '@dovetail/core';
import type { TestDatabase, TestSite } from '../databases/index.js';
import { dialectOf } from './dialects/index.js';
import { describeSteps, messageOf, rejectAny, rejectLost, rejectSteps, updateOptions } from './evolve.js';
import { emptyModel, type Evolution } from './model.js';
import { insertRows, survivingRows } from './rows.js';
import { structuralDifferences } from './same-catalog.js';
import { toClasses } from './to-classes.js';

/**
 * Takes a real database through an evolution, back, and through it again. Where the plan destroys something, the
 * tables are empty.
 *
 * @throws Error when the catalog is not the one of before, or the second time not the one of the first, or when values
 * are lost that were there all the time.
 */
export async function undoAndRedo(evolution: Evolution, database: TestDatabase): Promise<void> {
  const site = await database.create();
  try {
    await undoAndRedoOn(site, evolution, database);
  } finally {
    await site.dispose();
  }
}

async function undoAndRedoOn(site: TestSite, evolution: Evolution, database: TestDatabase): Promise<void> {
  const { before, after } = evolution;
  const { ddl, comparison } = database.driver;
  const dialect = dialectOf(database);
  const { connection } = site;
  const rejectOther = async (when: string, expected: Schema, schema: DovetailBase['schema']): Promise<void> => {
    rejectAny(`${when} the catalog is another`, structuralDifferences(expected, await site.introspect(), comparison));
    rejectSteps(when, await schema.plan(updateOptions));
  };

  const old = await site.init({ entities: toClasses(before, emptyModel, database.driver) });
  await old.schema.createSchema();
  await dialect.insertFreely(connection, () => insertRows(evolution, connection, ddl, dialect));
  const catalogBefore = await site.introspect();

  const { schema } = await site.init({ entities: toClasses(after, before, database.driver) });
  const plan = await schema.plan(updateOptions);
  if (plan.undo.irreversible.length > 0) await old.schema.clearDatabase();
  const rowsBefore = await survivingRows(before, evolution, connection, ddl, dialect);
  try {
    await schema.apply(plan);
    const catalogAfter = await site.introspect();

    await runSteps(plan.undo.steps, connection, database);
    await rejectOther('After the undo', catalogBefore, old.schema);
    rejectLost(rowsBefore, await survivingRows(before, evolution, connection, ddl, dialect));
    rejectAny('The database is damaged', await dialect.integrityProblems(connection));

    await schema.updateSchema(updateOptions);
    await rejectOther('Done again,', catalogAfter, schema);
  } catch (error) {
    throw new Error(`${messageOf(error)}\n\n${describePlan(plan)}`, { cause: error });
  }
}

async function runSteps(steps: readonly Step[], connection: Connection, { driver }: TestDatabase): Promise<void> {
  const suspendForeignKeys = steps.some(({ suspendsForeignKeys }) => suspendsForeignKeys === true);
  await driver.exclusively(connection, { lockTimeout: 10_000, suspendForeignKeys }, async () => {
    for (const { sql } of steps) await connection.execute(sql);
  });
}

function describePlan({ steps, undo }: Plan): string {
  return `The plan:\n${describeSteps(steps)}\n\nIts undo:\n${describeSteps(undo.steps)}`;
}
