import { type Column, emptyTable, type IndexPart, type Table } from '@dovetail/core/driver';
import { expect, test } from 'vitest';
import { canonicalise } from './canonicalise.js';

const columns: readonly Column[] = [
  { name: 'code', type: 'text', nullable: false, collation: 'BINARY' },
  { name: 'Title', type: 'text', nullable: false, collation: 'nocase' },
];

test('the collation that a column has anyway is left out', () => {
  expect(canonicalTable([]).columns.map(({ collation }) => collation)).toEqual([undefined, 'nocase']);
});

test.each<[IndexPart, string | undefined]>([
  [{ column: 'code', collation: 'binary' }, undefined],
  [{ column: 'code', collation: 'nocase' }, 'nocase'],
  [{ column: 'title', collation: 'NOCASE' }, undefined],
  [{ column: 'title', collation: 'binary' }, 'binary'],
  [{ expression: 'lower(code)', collation: 'binary' }, undefined],
  [{ expression: 'lower(code)', collation: 'rtrim' }, 'rtrim'],
])('the collation of the index part %j is %s', (part, collation) => {
  expect(canonicalTable([part]).indexes[0]?.parts[0]?.collation).toBe(collation);
});

function canonicalTable(parts: readonly IndexPart[]): Table {
  const table: Table = {
    ...emptyTable,
    name: 'book',
    columns,
    indexes: [{ name: 'book_index', unique: false, parts }],
  };
  const [canonical] = canonicalise({ namespaces: [], enums: [], tables: [table], views: [] }).tables;
  return canonical ?? table;
}
