import { expect, test } from 'vitest';
import { blocks, isTypeScript } from './markdown.js';
import { typeErrors } from './type-check.js';

test('every block of TypeScript in the pages compiles against the packages as built', { timeout: 60_000 }, () => {
  const checked = blocks.filter(isTypeScript);
  expect(checked.length).toBeGreaterThan(0);
  expect(typeErrors(checked)).toEqual([]);
});
