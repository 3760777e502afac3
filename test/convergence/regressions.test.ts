import { describe, test } from 'vitest';
import { databases } from '../databases/index.js';
import { evolve } from './evolve.js';
import type { ColumnSpec, Evolution, Model, RelationSpec, TableSpec, TypeSpec } from './model.js';

const integer: TypeSpec = { kind: 'logical', type: 'integer' };
const string: TypeSpec = { kind: 'logical', type: 'string' };

const number: ColumnSpec = { id: 'id', name: 'id', type: integer, nullable: false, autoincrement: true };

function table(spec: Partial<TableSpec> & { readonly id: string }): TableSpec {
  return {
    name: spec.id,
    columns: [number],
    relations: [],
    primaryKey: ['id'],
    indexes: [],
    checks: [],
    options: {},
    ...spec,
  };
}

function model(...tables: readonly TableSpec[]): Model {
  return { tables, pivots: [] };
}

function relation(id: string, target: string): RelationSpec {
  return {
    id,
    kind: 'many-to-one',
    columns: [`${id}_id`],
    target,
    references: ['id'],
    nullable: true,
    constrained: true,
  };
}

/** Evolutions that once did not converge, as small as they could be made. */
const regressions: Readonly<Record<string, Evolution>> = {
  'an index gets the collation that its column has anyway': {
    before: model(
      table({
        id: 'book',
        columns: [number, { id: 'title', name: 'title', type: string, nullable: false }],
        indexes: [{ id: 'index', unique: false, key: { kind: 'columns', parts: [{ member: 'title' }] } }],
      }),
    ),
    after: model(
      table({
        id: 'book',
        columns: [number, { id: 'title', name: 'title', type: string, nullable: false }],
        indexes: [
          { id: 'index', unique: false, key: { kind: 'columns', parts: [{ member: 'title', collation: 'binary' }] } },
        ],
      }),
    ),
    rows: 2,
  },
  'a check is added that is null for some rows': {
    before: model(
      table({ id: 'book', columns: [number, { id: 'pages', name: 'pages', type: integer, nullable: true }] }),
    ),
    after: model(
      table({
        id: 'book',
        columns: [number, { id: 'pages', name: 'pages', type: integer, nullable: true }],
        checks: [{ id: 'check', expression: '{pages} between 0 and 100000' }],
      }),
    ),
    rows: 3,
  },
  'a table gets two relations at once': {
    before: model(table({ id: 'book' })),
    after: model(table({ id: 'book', relations: [relation('sequel', 'book'), relation('original', 'book')] })),
    rows: 2,
  },
};

describe.each(databases)('$name', (database) => {
  test.each(Object.entries(regressions))('%s', async (_, evolution) => {
    await evolve(evolution, database);
  });
});
