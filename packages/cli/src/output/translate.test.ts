import { DovetailError, type Problem } from '@dovetail/core';
import { expect, it } from 'vitest';
import { translate } from './translate.js';

function translated(problem: Partial<Problem>): Problem | undefined {
  const error = new DovetailError('invalid-metadata', 'A summary\nof two lines.', [
    { where: 'author', what: 'exists', remedy: '', ...problem },
  ]);
  const { message, problems } = translate(error);
  expect(message).toMatch(/^A summary\nof two lines\.\n {2}- /);
  return problems[0];
}

it.each([
  ["correct them first, or allow it: allow: ['data-loss']", 'correct them first, or allow it: --allow-data-loss'],
  ['call updateSchema, which changes', 'run "dovetail schema:update", which changes'],
  ['Create it with ensureDatabase, or check dbName.', 'Create it with "dovetail database:create", or check dbName.'],
  [
    "pass renames: { 'author.name': 'full_name' }; where it is not, renames: { 'author.name': false }",
    'pass --rename author.name:full_name; where it is not, --not-renamed author.name',
  ],
  ["pass renames: { 'a.x': 'y', 'a.y': 'x' } once", 'pass --rename a.x:y --rename a.y:x once'],
])('says flags and commands: %s', (remedy, expected) => {
  expect(translated({ remedy })).toMatchObject({ where: 'author', what: 'exists', remedy: expected });
});

it.each([
  [
    '  x Unexpected token `=`\n   ,-[/app/author.ts:4:1]\n 4 |   id: = number;\n   `----\n\n\nCaused by:\n    Syntax Error',
    { where: '/app/author.ts:4:1', what: 'Unexpected token `=`' },
  ],
  [
    'Error: Transform failed with 1 error:\n/app/author.ts:4:20: ERROR: Unexpected "="',
    { where: '/app/author.ts:4:20', what: 'Unexpected "="' },
  ],
  ["Cannot find module 'pg'\nRequire stack:\n- /app/author.cjs", { where: 'author', what: "Cannot find module 'pg'" }],
])('says the place of a mistake, and draws none: %s', (what, expected) => {
  expect(translated({ what })).toMatchObject(expected);
});

it('leaves what carries no problem as it is', () => {
  const { message, code } = translate(new DovetailError('aborted', 'Stopped.'));
  expect({ message, code }).toEqual({ message: 'Stopped.', code: 'aborted' });
});
