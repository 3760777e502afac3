import { describe, expect, it } from 'vitest';
import type { TypeTable } from '../driver.js';
import type { EntityMetadata, IndexMetadata } from '../metadata/entity-metadata.js';
import type { Table } from '../model/schema.js';
import {
  build,
  column,
  driver,
  entity,
  foreignKey,
  index,
  problemsOf,
  reference,
} from './fictitious-database.fixture.js';

const author = entity('Author', { columns: [column('Author.id'), column('Author.name')] });

function built(...indexes: readonly IndexMetadata[]): Table | undefined {
  return build([{ ...author, indexes }]).tables[0];
}

describe('a unique', () => {
  it('over plain columns is a constraint where the database prefers one', () => {
    const unique = index('Author.name', ['name'], { unique: true, deferrable: 'initially deferred' });
    expect(built(unique)?.uniques).toEqual([
      { name: 'name_unique', columns: ['name'], deferrable: 'initially deferred' },
    ]);
  });

  it('is an index where the database prefers one', () => {
    const entities = [{ ...author, indexes: [index('Author.name', ['name'], { unique: true })] }];
    const [table] = build(entities, { capabilities: { uniqueAs: 'index' } }).tables;
    expect(table?.uniques).toEqual([]);
    expect(table?.indexes).toEqual([{ name: 'name_unique', unique: true, parts: [{ column: 'name' }] }]);
  });

  it.each<[string, Partial<IndexMetadata>]>([
    ['a predicate', { where: { kind: 'expression', sql: 'name is not null' } }],
    ['an expression', { parts: [{ expression: 'lower(name)' }] }],
    ['a sort order', { parts: [{ column: 'name', sort: 'desc' }] }],
    ['included columns', { include: ['id'] }],
  ])('with %s is an index', (_, stated) => {
    const table = built(index('Author.name', ['name'], { unique: true, ...stated }));
    expect(table?.uniques).toEqual([]);
    expect(table?.indexes).toHaveLength(1);
  });

  it('cannot be deferred when it is an index', () => {
    const unique = index('Author', ['name'], {
      unique: true,
      where: { kind: 'expression', sql: 'id > 1' },
      deferrable: 'initially deferred',
    });
    expect(problemsOf(() => built(unique))).toEqual([
      'Author: Fictitious defers constraints over plain columns, not indexes',
    ]);
  });
});

describe('an index', () => {
  it('leaves out what the database does by itself', () => {
    const plain = index('Author', ['name'], { type: 'BTREE', parts: [{ column: 'name', sort: 'asc' }] });
    expect(built(plain)?.indexes).toEqual([{ name: 'name_index', unique: false, parts: [{ column: 'name' }] }]);
  });

  it('is of a type that the database has', () => {
    expect(built(index('Author', ['name'], { type: 'fulltext' }))?.indexes[0]?.type).toBe('fulltext');
    expect(problemsOf(() => built(index('Author', ['name'], { type: 'gin' })))).toEqual([
      'Author: Fictitious has no indexes of the type "gin"',
    ]);
  });

  it('over what is inside a JSON column is over an expression of the database', () => {
    const json = column('Author.meta', { type: { kind: 'logical', type: 'json' } });
    const entities = (where: string): EntityMetadata[] => [
      {
        ...author,
        columns: [...author.columns, json],
        indexes: [index('Author', [], { parts: [{ json: { column: where, path: ['a', 'b'] }, sort: 'desc' }] })],
      },
    ];
    const types: TypeTable = { ...driver.types, jsonPath: (name, path) => [name, ...path].join(' -> ') };

    expect(build(entities('meta'), { driver: { ...driver, types } }).tables[0]?.indexes[0]?.parts).toEqual([
      { expression: 'meta -> a -> b', sort: 'desc' },
    ]);
    expect(problemsOf(() => build(entities('name'), { driver: { ...driver, types } }))).toEqual([
      'Author: an index names "a.b" inside the column "name", which is not JSON',
    ]);
    expect(problemsOf(() => build(entities('meta')))).toEqual([
      'Author: Fictitious has no indexes on what is inside a JSON column',
    ]);
  });

  it('is an error where it asks for what no database of ours has', () => {
    expect(problemsOf(() => built(index('Author', ['name'], { clustered: true, disabled: true })))).toEqual([
      'Author: Fictitious has no clustered indexes',
      'Author: Fictitious has no disabled indexes',
    ]);
  });

  it('is an error that names each option that the database lacks', () => {
    const odd = index('Author', ['name'], {
      invisible: true,
      comment: 'fast',
      parts: [{ column: 'name', length: 5, opclass: 'fuzzy' }],
    });
    expect(problemsOf(() => built(odd))).toEqual([
      'Author: Fictitious has no indexes on the first characters of a column',
      'Author: Fictitious has no operator classes',
      'Author: Fictitious has no invisible indexes',
      'Author: Fictitious has no index comments',
    ]);
  });
});

describe('the index of a foreign key', () => {
  const book = entity('Book', {
    columns: [column('Book.id'), reference('Book.author', 'Author'), column('Book.year')],
    foreignKeys: [foreignKey('Book.author', ['author'], { className: 'Author', columns: ['id'] })],
  });
  const indexNames = (stated: Partial<typeof book>, capabilities = {}): readonly string[] | undefined =>
    build([author, { ...book, ...stated }], { capabilities }).tables[1]?.indexes.map(({ name }) => name);

  it('is made where the database makes none', () => {
    expect(indexNames({})).toEqual(['author_index']);
    expect(indexNames({}, { indexForeignKeys: false })).toEqual([]);
  });

  it('is made for a relation without a constraint as well', () => {
    const foreignKeys = book.foreignKeys.map((key) => ({ ...key, constrained: false }));
    expect(indexNames({ foreignKeys })).toEqual(['author_index']);
  });

  it('is not needed where a key or an index starts with its columns', () => {
    expect(indexNames({ primaryKey: ['author', 'id'] })).toEqual([]);
    expect(indexNames({ indexes: [index('Book', ['author', 'year'], { unique: true })] })).toEqual([]);
    expect(indexNames({ indexes: [index('Book', ['author', 'year'])] })).toEqual(['author_year_index']);
  });

  it('is not made for a relation that wants none', () => {
    const foreignKeys = book.foreignKeys.map((key) => ({ ...key, indexName: undefined }));
    expect(indexNames({ foreignKeys })).toEqual([]);
  });

  it('is needed beside an index that does not hold every row, or starts with another column', () => {
    expect(
      indexNames({ indexes: [index('Book', ['author', 'year'], { where: { kind: 'expression', sql: 'year > 1' } })] }),
    ).toHaveLength(2);
    expect(indexNames({ indexes: [index('Book', ['year', 'author'])] })).toHaveLength(2);
  });
});
