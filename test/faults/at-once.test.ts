import { afterAll, beforeAll, expect, test } from 'vitest';
import { runUpdate } from './child.js';
import { type LibraryTemplate, makeTemplate } from './library-database.js';
import { readState } from './state.js';

const rounds = 20;

let template: LibraryTemplate;
beforeAll(async () => {
  template = await makeTemplate({ books: 300, journal: 'delete' });
});
afterAll(() => template.dispose());

test('two processes that update at once both succeed, and the work is done once', { timeout: 60_000 }, async () => {
  const undisturbed = await template.copy();
  await runUpdate(undisturbed, 'after');
  const after = await readState(undisturbed);

  for (let round = 0; round < rounds; round += 1) {
    const path = await template.copy();
    const both = await Promise.all([runUpdate(path, 'after'), runUpdate(path, 'after')]);
    for (const { errors, lines } of both) {
      expect(errors).toBe('');
      expect(lines.at(-1)).toBe('left: 0');
    }
    expect(both.filter(hasWorked)).toHaveLength(1);
    expect(await readState(path)).toEqual(after);
  }
});

function hasWorked({ lines }: { readonly lines: readonly string[] }): boolean {
  return lines.some((line) => line.startsWith('finished'));
}
