import type { Plan } from '@dovetail/core';
import type { TestDatabase, TestSite } from '../databases/index.js';
import { dialectOf } from './dialects/index.js';
import { emptyModel, type Evolution } from './model.js';
import { insertRows, survivingRows } from './rows.js';
import { catalogDifferences } from './same-catalog.js';
import { toClasses } from './to-classes.js';

export const updateOptions = { allow: ['data-loss'], assumeRenames: false } as const;

/**
 * Takes a real database through an evolution: created by the model before and filled, it is updated to the model after.
 *
 * @throws Error when it is not quiet after either, differs from a database created by the model after, or has lost
 * anything that both models have.
 */
export async function evolve(evolution: Evolution, database: TestDatabase): Promise<void> {
  const [site, fresh] = [await database.create(), await database.create()];
  try {
    await evolveOn(site, fresh, evolution, database);
  } finally {
    await site.dispose();
    await fresh.dispose();
  }
}

async function evolveOn(site: TestSite, fresh: TestSite, evolution: Evolution, database: TestDatabase): Promise<void> {
  const { before, after } = evolution;
  const { ddl, comparison } = database.driver;
  const dialect = dialectOf(database);
  const { connection } = site;

  const old = await site.init({ entities: toClasses(before, emptyModel, database.driver) });
  await old.schema.createSchema();
  rejectSteps('After the creation', await old.schema.plan(updateOptions));
  await dialect.insertFreely(connection, () => insertRows(evolution, connection, ddl, dialect));
  rejectAny('The rows are not as the test means them to be', await dialect.integrityProblems(connection));
  const rowsBefore = await survivingRows(before, evolution, connection, ddl, dialect);

  const entities = toClasses(after, before, database.driver);
  const { schema } = await site.init({ entities });
  const plan = await schema.plan(updateOptions);
  try {
    await schema.apply(plan);
    rejectSteps('After the update', await schema.plan(updateOptions));
    const created = await fresh.init({ entities });
    await created.schema.createSchema();
    const differences = catalogDifferences(
      await site.introspect(),
      await fresh.introspect(),
      comparison,
      dialect.spelling,
    );
    rejectAny('The catalog is not that of a new database', differences);
    rejectLost(rowsBefore, await survivingRows(after, evolution, connection, ddl, dialect));
    rejectAny('The database is damaged', await dialect.integrityProblems(connection));
  } catch (error) {
    throw new Error(`${messageOf(error)}\n\nThe plan:\n${describeSteps(plan.steps)}`, { cause: error });
  }
}

export function rejectSteps(when: string, { steps }: Plan): void {
  if (steps.length === 0) return;
  throw new Error(`${when} the database is not quiet:\n${steps.map(({ sql }) => sql).join(';\n')}`);
}

export function rejectAny(what: string, found: readonly unknown[]): void {
  if (found.length === 0) return;
  throw new Error(
    `${what}:\n${found.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n')}`,
  );
}

type Rows = Awaited<ReturnType<typeof survivingRows>>;

export function rejectLost(before: Rows, after: Rows): void {
  for (const [table, rows] of Object.entries(before)) {
    const found = after[table] ?? [];
    if (JSON.stringify(rows) === JSON.stringify(found)) continue;
    throw new Error(`The rows of ${table} were\n${rows.join('\n')}\nand are\n${found.join('\n')}`);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function describeSteps(steps: Plan['steps']): string {
  return steps.map(({ sql, description }) => `-- ${description}\n${sql};`).join('\n');
}
