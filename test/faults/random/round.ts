import type { Schema } from '@dovetail/core';
import { expect } from 'vitest';
import { dialectOf } from '../../convergence/dialects/index.js';
import { insertRows, survivingRows } from '../../convergence/rows.js';
import type { TestDatabase } from '../../databases/index.js';
import type { RunningServer } from '../../servers/server-process.js';
import type { Fault } from './faults.js';
import { missingRows, startWriter } from './journal.js';
import { type Access, accessTo, type Place, updateOptions, withConnection, withOrm } from './place.js';
import { entitiesAfter, entitiesBefore, type Recipe } from './recipe.js';
import { whenRecovered } from './recovery.js';

/** One update with one fault in it. */
export interface Round {
  readonly database: TestDatabase;
  readonly place: Place;
  readonly server?: RunningServer | undefined;
  readonly recipe: Recipe;
  readonly fault: Fault;
  readonly share: number;
  readonly delay: number;
}

/**
 * Plays a round: an update meets its fault while somebody else writes rows, and is run again. Says whether the fault hit
 * the update; one that comes too late tells nothing.
 *
 * @throws Error when something acknowledged is lost, when the database is in a third state, or the second run does not
 * finish the work.
 */
export async function play(round: Round): Promise<boolean> {
  const access = accessTo(round.place);
  await access.create();
  try {
    return await playOn(access, round);
  } finally {
    await access.remove();
  }
}

async function playOn(access: Access, round: Round): Promise<boolean> {
  const { database, recipe } = round;
  const { evolution } = recipe;
  const { driver, capabilities } = database;
  const dialect = dialectOf(database);
  const rowsOf = (model: typeof evolution.before): Promise<unknown> =>
    withConnection(access, (connection) => survivingRows(model, evolution, connection, driver.ddl, dialect));

  await withOrm(access, { entities: entitiesBefore(recipe, driver) }, (orm) => orm.schema.createSchema());
  await withConnection(access, (connection) =>
    dialect.insertFreely(connection, () => insertRows(evolution, connection, driver.ddl, dialect)),
  );
  const before = { rows: await rowsOf(evolution.before), schema: await schemaOf(access) };

  const writer = startWriter(access);
  const isHit = await strike(access, round).catch(async (error: unknown) => {
    await writer.stop();
    throw error;
  });
  if (round.server !== undefined) await whenRecovered(access, round.server);
  const struck = await schemaOf(access);
  await withOrm(access, { entities: entitiesAfter(recipe, driver) }, async (orm) => {
    await orm.schema.updateSchema(updateOptions);
    expect((await orm.schema.plan(updateOptions)).steps.map(({ sql }) => sql)).toEqual([]);
  });
  const acknowledged = await writer.stop();

  expect(await withConnection(access, (connection) => missingRows(connection, acknowledged))).toEqual([]);
  expect(await rowsOf(evolution.after)).toEqual(before.rows);
  if (capabilities.transactionalDdl) expect([before.schema, await schemaOf(access)]).toContainEqual(struck);
  await withConnection(access, async (connection) => {
    expect(await dialect.integrityProblems(connection)).toEqual([]);
  });
  return isHit;
}

function strike(access: Access, { database, place, server, recipe, fault, share, delay }: Round): Promise<boolean> {
  const options = { entities: entitiesAfter(recipe, database.driver), schemaGenerator: { lockTimeout: 300 } };
  return withOrm(access, options, (orm) =>
    fault({ place, access, orm, server, share, delay, recipe: JSON.stringify(recipe) }),
  );
}

function schemaOf(access: Access): Promise<Schema> {
  return withConnection(access, (connection) => access.introspect(connection));
}
