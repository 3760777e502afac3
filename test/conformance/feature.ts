import type { EntityClass } from '@dovetail/core';
import type { Feature } from '@dovetail/core/driver';
import { expect, test } from 'vitest';
import type { TestDatabase } from '../databases/index.js';
import { failureOf, type Given, given, givenNothing } from './given.js';

/**
 * A test of what not every database has. Where the database has it, the test runs with the entities that ask for it in
 * place; where it lacks it, asking for it is an error that names the place and the database.
 */
export function testFeature(
  database: TestDatabase,
  feature: Feature,
  name: string,
  entities: () => readonly EntityClass[],
  body: (site: Given) => Promise<void>,
): void {
  const isSupported = database.capabilities.features.includes(feature);
  test(isSupported ? name : `${name}: refused, for ${database.name} lacks it`, async () => {
    if (isSupported) await body(await given(database, entities()));
    else await expectUnsupported(database, entities());
  });
}

/** Expects that the entities ask for something that the database lacks, and are told so. */
export async function expectUnsupported(database: TestDatabase, entities: readonly EntityClass[]): Promise<void> {
  const site = await givenNothing(database);
  const error = await failureOf(async () => (await site.init(entities)).schema.plan());
  expect(error.code).toBe('unsupported-feature');
  for (const { where, what, remedy } of error.problems) {
    expect(where).not.toBe('');
    expect(what).toContain(`${database.driver.name} has no`);
    expect(remedy).not.toBe('');
  }
}
