import { expect, test } from 'vitest';
import { readCreateView } from './create-view.js';

test('the definition is the text after "as", without comments at its edges', () => {
  expect(readCreateView('CREATE VIEW "a view" AS -- all\n select 1 as [as], /* two */ 2 -- end')).toEqual({
    name: 'a view',
    definition: 'select 1 as [as], /* two */ 2',
  });
});

test('the names of the columns may be given', () => {
  expect(readCreateView('CREATE VIEW v ("a", [b c]) AS values (1, 2)')).toEqual({
    name: 'v',
    columns: ['a', 'b c'],
    definition: 'values (1, 2)',
  });
});
