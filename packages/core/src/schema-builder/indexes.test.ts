import { describe, expect, it } from 'vitest';
import type { IndexMetadata } from '../metadata/entity-metadata.js';
import type { Table } from '../model/schema.js';
import { build, column, entity, foreignKey, index, problemsOf, reference } from './fictitious-database.fixture.js';

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
    ['a predicate', { where: 'name is not null' }],
    ['an expression', { parts: [{ expression: 'lower(name)' }] }],
    ['a sort order', { parts: [{ column: 'name', sort: 'desc' }] }],
    ['included columns', { include: ['id'] }],
  ])('with %s is an index', (_, stated) => {
    const table = built(index('Author.name', ['name'], { unique: true, ...stated }));
    expect(table?.uniques).toEqual([]);
    expect(table?.indexes).toHaveLength(1);
  });

  it('cannot be deferred when it is an index', () => {
    const unique = index('Author', ['name'], { unique: true, where: 'id > 1', deferrable: 'initially deferred' });
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

  it('is needed beside an index that does not hold every row, or starts with another column', () => {
    expect(indexNames({ indexes: [index('Book', ['author', 'year'], { where: 'year > 1' })] })).toHaveLength(2);
    expect(indexNames({ indexes: [index('Book', ['year', 'author'])] })).toHaveLength(2);
  });
});
