import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mysql, sqlite } from '../databases/index.js';
import { dropTables, realSchemas } from './real-schemas.js';
import { goRound } from './round-trip.js';
import { createWorkplace, type Workplace } from './workplace.js';

let workplace: Workplace;

beforeAll(() => {
  workplace = createWorkplace();
});

afterAll(() => workplace.dispose());

describe('a database made of the entities of another one is the same', () => {
  test.each(realSchemas)('$name', async ({ name, database, load }) => {
    const [original, copy] = [await database.create(), await database.create()];
    try {
      await load(original);
      await load(copy);
      await dropTables(copy, await copy.introspect(), database);
      const options = { format: false, ...(![sqlite, mysql].includes(database) && { singleFile: 'entities.ts' }) };
      const set = name.replaceAll(/\W+/g, '-');
      await goRound({ database, original, copy, workplace, set, options });
    } finally {
      await original.dispose();
      await copy.dispose();
    }
  });

  test('and the entities pass a strict compiler', { timeout: 60_000 }, () => {
    expect(workplace.typeErrors()).toEqual([]);
  });
});
