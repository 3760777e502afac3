import { DovetailError } from '@dovetail/core/driver';
import { expect, test } from 'vitest';
import { readTable } from './introspect.js';
import { mysql } from './mysql.js';

test('a definition that cannot be read is an error with its table, its place, and what stands there', () => {
  const context = { ownSchema: 'library', unstatedRule: 'no action', defaultCollations: new Map() } as const;
  const sql = 'CREATE TABLE `book` (\n  `id` int ?\n)';
  const read = (): unknown => readTable({ kind: 'table', sql }, context, mysql);
  expect(read).toThrow(DovetailError);
  expect(read).toThrow(
    'The catalog of the database could not be read.\n' +
      '  - table CREATE TABLE `book` (: expected an attribute, found ? at character 34',
  );
});
