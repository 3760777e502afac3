import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkEvolutions, seed } from '../convergence/check-evolutions.js';
import { emptyModel, type Model } from '../convergence/model.js';
import { toClasses } from '../convergence/to-classes.js';
import { databases, type TestDatabase } from '../databases/index.js';
import { goRound } from './round-trip.js';
import { createWorkplace, type Workplace } from './workplace.js';

/** `npm run test:entity-generator -- --rounds 200` sets it. */
const rounds = Number(process.env.ENTITY_GENERATOR_ROUNDS ?? 10);

let workplace: Workplace;
let count = 0;

beforeAll(() => {
  workplace = createWorkplace();
});

afterAll(() => workplace.dispose());

describe(`a database made of the entities of another one is the same, for random schemas (seed ${seed})`, () => {
  test.each(databases)(
    `${rounds} of them on $name`,
    (database) => checkEvolutions(database, rounds, ({ after }) => roundTrip(after, database)),
    Infinity,
  );

  test('and the entities pass a strict compiler', { timeout: Infinity }, () => {
    expect(workplace.typeErrors()).toEqual([]);
  });
});

/** In turn with a file for each entity and all in one, with relations and with values, seen from one end and from both. */
async function roundTrip(model: Model, database: TestDatabase): Promise<void> {
  const [original, copy] = [await database.create(), await database.create()];
  count += 1;
  try {
    const orm = await original.init({ entities: toClasses(model, emptyModel, database.driver) });
    await orm.schema.createSchema();
    await orm.close();
    await goRound({
      database,
      original,
      copy,
      workplace,
      set: `random-${count}`,
      options: {
        format: false,
        bidirectional: count % 3 !== 0,
        scalarForeignKeys: count % 4 === 0,
        ...(count % 2 === 0 && { singleFile: 'entities.ts' }),
      },
    });
  } finally {
    await original.dispose();
    await copy.dispose();
  }
}
