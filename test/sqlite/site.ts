import type { EntityClass } from '@dovetail/core';
import { expect } from 'vitest';
import { type Given, givenNothing, type StepOptions } from '../conformance/given.js';
import { sqlite } from '../databases/sqlite.js';

/** A database that a person made by a script. */
export async function givenScript(script: string): Promise<Given> {
  const site = await givenNothing(sqlite);
  await site.runScript(script);
  return site;
}

/** Expects that SQLite finds nothing wrong with the file. */
export async function expectSound({ connection }: Given): Promise<void> {
  expect(await connection.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await connection.query('pragma foreign_key_check')).toEqual([]);
}

/** The statement that an object was made by, as SQLite keeps it. */
export async function definitionOf({ connection }: Given, name: string): Promise<string> {
  const [row] = await connection.query('select sql from sqlite_schema where name = ?', [name]);
  return String(row?.sql);
}

/** Updates the database, and expects that so many tables are made anew for it. */
export async function becomeByRebuilding(
  tables: number,
  site: Given,
  entities: readonly EntityClass[],
  options?: StepOptions,
): Promise<void> {
  const { steps } = await site.become(entities, options);
  expect(steps.filter(({ sql }) => sql.startsWith('create table "dovetail_new_'))).toHaveLength(tables);
  await expectSound(site);
}
