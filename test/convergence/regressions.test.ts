import { describe, test } from 'vitest';
import { databases } from '../databases/index.js';
import { dialectOf } from './dialects/index.js';
import { evolve } from './evolve.js';
import type { ColumnSpec, Evolution, Model, RelationSpec, TableSpec, TypeSpec } from './model.js';
import { undoAndRedo } from './undo.js';

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

/** A column that is computed from the one with the id `pages`. */
function computed(name: string, expression: string): ColumnSpec {
  return { id: 'computed', name, type: integer, nullable: true, generated: { expression, stored: true } };
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

/** One for databases whose indexes have collations. */
const ofIndexCollations = (defaultCollation: string): Readonly<Record<string, Evolution>> => ({
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
          {
            id: 'index',
            unique: false,
            key: { kind: 'columns', parts: [{ member: 'title', collation: defaultCollation }] },
          },
        ],
      }),
    ),
    rows: 2,
  },
});

/** A table that references itself, and has a check of a moment. */
const sequels = (key: string, column: string, type: 'datetime' | 'date'): Model =>
  model(
    table({
      id: 'book',
      columns: [
        { ...number, name: key },
        { id: 'printed', name: 'printed', type: { kind: 'logical', type }, nullable: false },
      ],
      relations: [{ ...relation('sequel', 'book'), columns: [column] }],
      checks: [{ id: 'check', expression: '{printed} is not null' }],
    }),
  );

/** A column that is computed from another one, and one whose default is an expression. */
const computing = (read: string): Model =>
  model(
    table({
      id: 'book',
      columns: [
        number,
        { id: 'pages', name: 'pages', type: integer, nullable: true },
        { ...computed('doubled', `{${read}} * 2`), type: integer },
        { id: 'price', name: 'price', type: integer, nullable: false, default: { kind: 'sql', sql: '(1 + 1)' } },
      ],
    }),
  );

const named = (id: string, target: string, foreignKeyName: string): RelationSpec => ({
  ...relation(id, target),
  foreignKeyName,
});

/** Evolutions that once did not converge, as small as they could be made. */
const regressions: Readonly<Record<string, Evolution>> = {
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
  'a column that a foreign key references is renamed, beside a check of a time': {
    before: sequels('id', 'sequel_id', 'datetime'),
    after: sequels('number', 'sequel_id', 'datetime'),
    rows: 2,
  },
  'a computed column reads another one, whose default is an expression': {
    before: computing('pages'),
    after: computing('price'),
    rows: 2,
  },
  'a foreign key takes the name that another one gives up': {
    before: model(table({ id: 'author' }), table({ id: 'book', relations: [named('sequel', 'book', 'fk_shared')] })),
    after: model(
      table({ id: 'author', relations: [named('mentor', 'author', 'fk_shared')] }),
      table({ id: 'book', relations: [named('sequel', 'book', 'fk_sequel')] }),
    ),
    rows: 2,
  },
  'two foreign keys change their names': {
    before: model(
      table({ id: 'author', relations: [named('mentor', 'author', 'fk_one')] }),
      table({ id: 'book', relations: [named('author', 'author', 'fk_two')] }),
    ),
    after: model(
      table({ id: 'author', relations: [named('mentor', 'author', 'fk_two')] }),
      table({ id: 'book', relations: [named('author', 'author', 'fk_one')] }),
    ),
    rows: 2,
  },
  'a column of a foreign key is renamed, beside a check of a date': {
    before: sequels('id', 'sequel_id', 'date'),
    after: sequels('id', 'next_id', 'date'),
    rows: 2,
  },
};

/** An index on a column that is no longer computed, of a table that is renamed, and the index with it. */
const renamedIndex = (name: string, column: ColumnSpec): Model => ({
  pivots: [],
  tables: [
    table({
      id: 'book',
      name,
      columns: [number, { id: 'pages', name: 'pages', type: integer, nullable: true }, column],
      indexes: [{ id: 'index', unique: false, key: { kind: 'columns', parts: [{ member: 'computed' }] } }],
    }),
  ],
});

/** Those that once could not be undone. */
const undoRegressions: Readonly<Record<string, Evolution>> = {
  'a computed column goes together with the one that it reads, whose default is an expression': {
    before: computing('price'),
    after: model(
      table({ id: 'book', columns: [number, { id: 'pages', name: 'pages', type: integer, nullable: true }] }),
    ),
    rows: 0,
  },
  'a foreign key takes the name of one whose table goes': {
    before: model(table({ id: 'author' }), table({ id: 'book', relations: [named('author', 'author', 'fk_shared')] })),
    after: model(table({ id: 'author', relations: [named('mentor', 'author', 'fk_shared')] })),
    rows: 0,
  },
  'a generated column changes, and takes a name that is a part of the name of the one that it reads': {
    before: model(
      table({
        id: 'book',
        columns: [
          number,
          { id: 'pages', name: 'count', type: integer, nullable: true },
          computed('doubled', '{pages} * 2'),
        ],
      }),
    ),
    after: model(
      table({
        id: 'book',
        columns: [
          number,
          { id: 'pages', name: 'count of pages', type: integer, nullable: true },
          computed('count', '-{pages} + 1'),
        ],
      }),
    ),
    rows: 2,
  },
  'a column is no longer computed, and the index on it is renamed with its table': {
    before: renamedIndex('book', computed('doubled', '{pages} * 2')),
    after: renamedIndex('work', { id: 'computed', name: 'doubled', type: integer, nullable: true }),
    rows: 0,
  },
  'a column is computed in another way, and the index on it is renamed with its table': {
    before: renamedIndex('book', computed('doubled', '{pages} * 2')),
    after: renamedIndex('work', computed('doubled', '{pages} * 3')),
    rows: 2,
  },
};

describe.each(databases)('$name', (database) => {
  const collated = database.capabilities.features.includes('index-collation')
    ? ofIndexCollations(dialectOf(database).defaultCollation)
    : {};
  test.each(Object.entries({ ...regressions, ...collated }))('%s', async (_, evolution) => {
    await evolve(evolution, database);
  });

  test.each(Object.entries(undoRegressions))('%s, and all of it is undone', async (_, evolution) => {
    await undoAndRedo(evolution, database);
  });
});
