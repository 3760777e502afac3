import { buildSchema, DovetailError, type EntityMetadata, type Problem, type Schema } from '@dovetail/core/driver';
import { describe, expect, it } from 'vitest';
import { sqliteDriver as driver } from './driver.js';

function build(...entities: readonly EntityMetadata[]): Schema {
  return buildSchema({ entities, customTypes: new Map(), driver, capabilities: driver.capabilities() });
}

function problemsOf(...entities: readonly EntityMetadata[]): readonly Problem[] {
  try {
    build(...entities);
  } catch (error) {
    if (error instanceof DovetailError) return error.problems;
    throw error;
  }
  return [];
}

const author: EntityMetadata = {
  className: 'Author',
  kind: 'table',
  tableName: 'author',
  properties: [],
  columns: [
    { origin: 'Author.id', name: 'id', type: { kind: 'logical', type: 'bigint' }, attributes: {}, nullable: false },
    {
      origin: 'Author.tags',
      name: 'tags',
      type: { kind: 'array', element: { kind: 'logical', type: 'string' } },
      attributes: {},
      nullable: true,
    },
  ],
  primaryKey: ['id'],
  foreignKeys: [],
  indexes: [],
  checks: [],
  exclusions: [],
  triggers: [],
  options: {},
};

const withId = (stated: Partial<EntityMetadata['columns'][number]>): EntityMetadata => ({
  ...author,
  columns: author.columns.map((column) => (column.name === 'id' ? { ...column, ...stated } : column)),
});

const columnTypes = (schema: Schema): readonly string[] =>
  schema.tables.flatMap(({ columns }) => columns.map(({ type }) => type));

describe('what SQLite lacks', () => {
  it('is an error that says so, and what to do', () => {
    expect(problemsOf(withId({ comment: 'the key', attributes: { unsigned: true } }))).toEqual([
      { where: 'Author.id', what: 'SQLite has no column comments', remedy: 'Remove `comment`.' },
      {
        where: 'Author.id',
        what: 'SQLite has no unsigned columns',
        remedy: 'Remove `unsigned`; a check such as `amount >= 0` does the same.',
      },
    ]);
  });

  it('is no namespace that only other databases see', () => {
    expect(problemsOf({ ...author, schema: 'shop' }).map(({ what }) => what)).toEqual(['SQLite has no schemas']);
  });
});

describe('the columns of a table', () => {
  it('hold arrays as texts', () => {
    expect(columnTypes(build(author))).toEqual(['bigint', 'text']);
  });

  it('number rows as integers', () => {
    expect(columnTypes(build(withId({ autoincrement: true })))).toEqual(['integer', 'text']);
  });

  it('have the types of a STRICT table in one', () => {
    expect(columnTypes(build({ ...author, options: { strict: true } }))).toEqual(['integer', 'text']);
  });

  it('have no type whose name is misspelt', () => {
    const typed = (name: string): EntityMetadata => withId({ type: { kind: 'type-name', name } });
    expect(problemsOf(typed('strng'))).toEqual([
      {
        where: 'Author.id',
        what: 'its type "strng" is none that SQLite knows',
        remedy: "Write `type: 'string'`, or `columnType: 'strng'` where it is meant as it stands.",
      },
    ]);
    expect(problemsOf(typed('whatever')).map(({ remedy }) => remedy)).toEqual([
      "Write one of `t`, or `columnType: 'whatever'` where it is meant as it stands.",
    ]);
    expect(columnTypes(build(typed('Native Character(70)')))[0]).toBe('Native Character(70)');
    expect(columnTypes(build(withId({ type: { kind: 'column-type', columnType: 'strng' } })))[0]).toBe('strng');
  });

  it('have no other type in a STRICT table', () => {
    const typed = withId({ type: { kind: 'column-type', columnType: 'decimal(5,2)' } });
    expect(problemsOf({ ...typed, options: { strict: true } }).map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'author.id: a strict table has no columns of the type "decimal(5,2)"',
    ]);
  });
});

describe('a unique', () => {
  it('is an index, which comes and goes without a rebuild of its table', () => {
    const unique = {
      origin: 'Author.tags',
      name: { text: 'author_tags_unique', explicit: false },
      unique: true,
      parts: [{ column: 'tags' }],
    };
    const [table] = build({ ...author, indexes: [unique] }).tables;
    expect(table?.uniques).toEqual([]);
    expect(table?.indexes).toEqual([{ name: 'author_tags_unique', unique: true, parts: [{ column: 'tags' }] }]);
  });
});
