import { expect, test } from 'vitest';
import { leadingWords } from './leading-words.js';

test.each([
  ['COMMIT', ['commit']],
  ['rollback to savepoint a', ['rollback', 'to', 'savepoint', 'a']],
  ['-- Now.\n /* all /* of */ it */ Start\tTransaction; select 1', ['start', 'transaction']],
  ['insert into commit values (1)', ['insert', 'into', 'commit', 'values']],
  ['"commit"', []],
  ['/* commit', []],
  ['-- commit', []],
  ['', []],
] as const)('%j starts with the words %j', (sql, words) => {
  expect(leadingWords(sql)).toEqual(words);
});
