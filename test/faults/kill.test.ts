import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runUpdate } from './child.js';
import { type LibraryTemplate, makeTemplate } from './library-database.js';
import { readState } from './state.js';

const killsEach = 30;

describe.each(['delete', 'wal'] as const)('an update killed at any moment, journal mode %s', (journal) => {
  let template: LibraryTemplate;
  beforeAll(async () => {
    template = await makeTemplate({ books: 12_000, journal });
  });
  afterAll(() => template.dispose());

  test('leaves all as it was before or all as it is after, and can be run again', { timeout: 120_000 }, async () => {
    const before = await readState(await template.copy());
    const undisturbed = await template.copy();
    const { duration, errors } = await runUpdate(undisturbed, 'after');
    expect(errors).toBe('');
    const after = await readState(undisturbed);
    expect(after.contents).not.toBe(before.contents);

    let interrupted = 0;
    for (let kill = 0; kill < killsEach; kill += 1) {
      const path = await template.copy();
      // One kill in each part of the update, at a random moment of that part.
      const killAfter = (duration * (kill + Math.random())) / killsEach;
      const { lines } = await runUpdate(path, 'after', { killAfter });
      const isInterrupted = lines.includes('ready') && !lines.includes('done');
      if (isInterrupted) interrupted += 1;

      const state = await readState(path);
      expect(state.problems).toEqual([]);
      expect([before.contents, after.contents]).toContain(state.contents);
      if (!isInterrupted) expect(state.contents).toBe(after.contents);

      const again = await runUpdate(path, 'after');
      expect(again).toMatchObject({ code: 0, errors: '' });
      expect(again.lines.at(-1)).toBe('left: 0');
      expect((await readState(path)).contents).toBe(after.contents);
    }
    expect(interrupted).toBeGreaterThan(killsEach / 2);
  });
});
