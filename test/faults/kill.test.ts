import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runUpdate } from './child.js';
import { type LibraryTemplate, makeTemplate } from './library-database.js';
import { readState } from './state.js';

/** How many updates are hit, in each journal mode. */
const hits = 26;
/** Some kills come too late; on a busy machine, many. */
const maximumKills = 4 * hits;

describe.each(['delete', 'wal'] as const)('an update killed at any moment, journal mode %s', (journal) => {
  let template: LibraryTemplate;
  beforeAll(async () => {
    template = await makeTemplate({ books: 12_000, journal });
  });
  afterAll(() => template.dispose());

  test('leaves all as it was before or all as it is after, and can be run again', { timeout: 300_000 }, async () => {
    const before = await readState(await template.copy());
    const undisturbed = await template.copy();
    let { duration } = await runUpdate(undisturbed, 'after');
    const after = await readState(undisturbed);
    expect(after.contents).not.toBe(before.contents);

    let hit = 0;
    for (let kill = 0; hit < hits && kill < maximumKills; kill += 1) {
      const path = await template.copy();
      // One hit in each part of the update, at a random moment of that part.
      const killAfter = (duration * (hit + Math.random())) / hits;
      const killed = await runUpdate(path, 'after', { killAfter });
      expect(killed.errors).toBe('');
      const isHit = !killed.lines.includes('done');
      if (isHit) hit += 1;

      const state = await readState(path);
      expect(state.problems).toEqual([]);
      expect(isHit ? [before.contents, after.contents] : [after.contents]).toContain(state.contents);

      const again = await runUpdate(path, 'after');
      expect(again).toMatchObject({ code: 0, errors: '' });
      expect(again.lines.at(-1)).toBe('left: 0');
      expect((await readState(path)).contents).toBe(after.contents);
      // How long an update takes now: the machine may be busier than before, or less so.
      if (!isHit) duration = killed.duration;
      else if (state.contents === before.contents) duration = again.duration;
    }
    expect(hit).toBe(hits);
  });
});
