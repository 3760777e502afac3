import { describe, expect, it } from 'vitest';
import type { EntityMetadata, ForeignKeyMetadata } from '../metadata/entity-metadata.js';
import type { ForeignKey } from '../model/schema.js';
import { build, column, entity, foreignKey, index, problemsOf, reference } from './fictitious-database.fixture.js';

const author = entity('Author', { schema: 'people', columns: [column('Author.id'), column('Author.name')] });
const toAuthor = foreignKey('Book.author', ['author'], { className: 'Author', columns: ['id'] });

function book(...foreignKeys: readonly ForeignKeyMetadata[]): EntityMetadata {
  return entity('Book', { columns: [column('Book.id'), reference('Book.author', 'Author')], foreignKeys });
}

function built(
  key: ForeignKeyMetadata,
  target: EntityMetadata = author,
  options = {},
): readonly ForeignKey[] | undefined {
  return build([target, book(key)], { options }).tables[1]?.foreignKeys;
}

describe('a foreign key', () => {
  it('references the table of an entity', () => {
    expect(built({ ...toAuthor, deferrable: 'initially deferred' })).toEqual([
      {
        name: 'author_foreign',
        columns: ['author'],
        references: { table: { schema: 'people', name: 'author' }, columns: ['id'] },
        onDelete: 'no action',
        onUpdate: 'cascade',
        deferrable: 'initially deferred',
      },
    ]);
  });

  it('is left out where the relation or the options want no constraint', () => {
    expect(built({ ...toAuthor, constrained: false })).toEqual([]);
    expect(built(toAuthor, author, { createForeignKeyConstraints: false })).toEqual([]);
  });

  it('has only the actions and options of the database', () => {
    const key = { ...toAuthor, onDelete: 'set default', match: 'full' } as const;
    expect(problemsOf(() => built(key))).toEqual([
      'Book.author: Fictitious has no match rules of foreign keys',
      'Book.author: Fictitious has no `set default` for foreign keys',
    ]);
  });

  it('references as many columns as it has', () => {
    const key = { ...toAuthor, target: { className: 'Author', columns: ['id', 'name'] } };
    expect(problemsOf(() => built(key))).toEqual([
      'Book.author: its columns (author) are not as many as the (id, name) of Author',
    ]);
  });

  it('references a primary key or a unique that holds every row', () => {
    const key = { ...toAuthor, target: { className: 'Author', columns: ['name'] } };
    const unique = index('Author.name', ['name'], { unique: true });
    expect(built(key, { ...author, indexes: [unique] })).toHaveLength(1);
    const notUnique = ['Book.author: it references (name) of Author, which is neither its primary key nor unique'];
    expect(problemsOf(() => built(key))).toEqual(notUnique);
    expect(
      problemsOf(() =>
        built(key, { ...author, indexes: [{ ...unique, where: { kind: 'expression', sql: 'id > 1' } }] }),
      ),
    ).toEqual(notUnique);
  });

  it('references a unique that is checked at once', () => {
    const key = { ...toAuthor, target: { className: 'Author', columns: ['name'] } };
    const unique = index('Author.name', ['name'], { unique: true });
    const deferrable = { ...unique, deferrable: 'initially deferred' } as const;
    expect(problemsOf(() => built(key, { ...author, indexes: [deferrable] }))).toEqual([
      'Book.author: it references (name) of Author, whose unique is deferrable',
    ]);
    expect(built(key, { ...author, indexes: [deferrable, unique] })).toHaveLength(1);
  });

  it('references a table', () => {
    const view = { ...author, kind: 'view', view: { definition: 'select 1', materialized: false } } as const;
    expect(problemsOf(() => build([view, book(toAuthor)]))).toEqual([
      'Book.author: it references Author, which is no table',
    ]);
  });

  it('does not reference a wildcard entity whose namespace is unknown', () => {
    expect(problemsOf(() => built(toAuthor, { ...author, schema: '*' }))).toEqual([
      'Book.author: it references Author, whose schema "*" is not known here',
    ]);
  });
});
