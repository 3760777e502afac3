import { describe, expect, it } from 'vitest';
import type { CheckMetadata, EntityMetadata, IndexMetadata } from '../metadata/entity-metadata.js';
import { build, column, entity, index, problemsOf } from './fictitious-database.fixture.js';

function withIndexes(className: string, ...indexes: readonly IndexMetadata[]): EntityMetadata {
  return entity(className, { columns: [column(`${className}.id`), column(`${className}.name`)], indexes });
}

function indexNames(entities: readonly EntityMetadata[], capabilities = {}): Record<string, readonly string[]> {
  const { tables } = build(entities, { capabilities });
  return Object.fromEntries(tables.map((table) => [table.name, table.indexes.map(({ name }) => name)]));
}

function check(name: string, sql: string, explicit: boolean): CheckMetadata {
  return { origin: `Author ${sql}`, name: { text: name, explicit }, expression: { kind: 'expression', sql } };
}

const named = (text: string): Partial<IndexMetadata> => ({ name: { text, explicit: true } });

describe('a derived name', () => {
  it('is shortened to the limit, the same way each time', () => {
    const long = withIndexes('A', index('A', ['name'], { name: { text: 'n'.repeat(40), explicit: false } }));
    const [name = ''] = indexNames([long]).a ?? [];
    expect(name).toMatch(/^n{21}_[0-9a-f]{8}$/);
    expect(indexNames([long])).toEqual({ a: [name] });
  });

  it('is unique among the indexes of the namespace, in whatever order the entities come', () => {
    const author = withIndexes('Author', index('Author', ['name']));
    const writer = withIndexes('Writer', index('Writer', ['name']));
    const names = indexNames([author, writer]);
    expect(names.author).toEqual(['name_index']);
    expect(names.writer?.[0]).toMatch(/^name_index_[0-9a-f]{8}$/);
    expect(indexNames([writer, author])).toEqual(names);
  });

  it('is unique in its table alone where the database asks no more', () => {
    const entities = ['Author', 'Writer'].map((className) => withIndexes(className, index(className, ['name'])));
    expect(indexNames(entities, { indexNameScope: 'table' })).toEqual({
      author: ['name_index'],
      writer: ['name_index'],
    });
  });

  it('tells two indexes of one name apart, in whatever order they are declared', () => {
    const partial = index('Author', ['name'], { where: { kind: 'expression', sql: 'id > 1' } });
    const whole = index('Author', ['name']);
    const forwards = indexNames([withIndexes('Author', partial, whole)]).author ?? [];
    const backwards = indexNames([withIndexes('Author', whole, partial)]).author ?? [];
    expect(new Set(forwards).size).toBe(2);
    expect([...backwards].reverse()).toEqual(forwards);
  });

  it('is used once by what is declared twice', () => {
    const twice = withIndexes('Author', index('Author.name', ['name']), index('Author', ['name']));
    expect(indexNames([twice])).toEqual({ author: ['name_index'] });
  });

  it('gives way to the name of a table and to a stated name', () => {
    const entities = [
      withIndexes('Author', index('Author', ['name'])),
      entity('Name', { tableName: 'NAME_INDEX' }),
      withIndexes('Book', index('Book', ['id']), index('Book', ['name'], named('id_index'))),
    ];
    const names = indexNames(entities);
    expect(names.author?.[0]).toMatch(/^name_index_/);
    expect(names.book?.[0]).toMatch(/^id_index_/);
    expect(names.book?.[1]).toBe('id_index');
  });

  it('stays within the limit when it is told apart', () => {
    const name = { text: 'n'.repeat(30), explicit: false };
    const entities = ['Author', 'Book'].map((className) =>
      withIndexes(className, index(className, ['name'], { name })),
    );
    expect(indexNames(entities).book?.[0]).toHaveLength(30);
  });
});

describe('a stated name', () => {
  it('stays as it is, or is an error when it is too long', () => {
    expect(indexNames([withIndexes('Author', index('Author', ['name'], named('Mine')))])).toEqual({ author: ['Mine'] });
    const long = withIndexes('Author', index('Author', ['name'], named('n'.repeat(31))));
    expect(problemsOf(() => build([long]))[0]).toContain('longer than the 30 characters that Fictitious allows');
  });

  it('cannot be used twice', () => {
    const entities = [
      withIndexes('Author', index('Author', ['name'], named('mine'))),
      withIndexes('Book', index('Book', ['name'], named('MINE'))),
    ];
    expect(problemsOf(() => build(entities))).toEqual(['Book: the name "MINE" is already that of Author']);
  });

  it('cannot be the name of a table', () => {
    expect(problemsOf(() => build([withIndexes('Author', index('Author', ['name'], named('author')))]))).toEqual([
      'Author: the name "author" is already that of the table or view author',
    ]);
  });
});

describe('the names of constraints', () => {
  const checks = (explicit: boolean): EntityMetadata => ({
    ...entity('Author'),
    checks: [check('positive', 'id > 0', explicit), check('positive', 'id < 9', explicit)],
  });

  it('are unique in their table', () => {
    const [table] = build([checks(false)]).tables;
    expect(new Set(table?.checks.map(({ name }) => name)).size).toBe(2);
    expect(problemsOf(() => build([checks(true)]))).toEqual([
      'Author id < 9: the name "positive" is already that of Author id > 0',
    ]);
  });

  it('can be those of another table', () => {
    const entities = ['Author', 'Book'].map((className) =>
      entity(className, { checks: [check('positive', 'id > 0', true)] }),
    );
    expect(build(entities).tables.map((table) => table.checks[0]?.name)).toEqual(['positive', 'positive']);
  });
});
