import { expect, test } from 'vitest';
import { DovetailError } from '../errors.js';
import { columnNames, discover, discoverOne } from '../metadata/discover.fixture.js';
import { findDeclarations } from './declarations.js';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from './index.js';

test('decorators called as functions describe a plain class', async () => {
  class Author {
    name = '';
    rename(): void {
      this.name = '';
    }
  }
  PrimaryKey({ type: 'integer' })(Author.prototype, 'id');
  Property()(Author.prototype, 'name');
  Property()(Author.prototype, 'rename');
  Unique()(Author.prototype, 'name');
  Index({ properties: ['id', 'name'] })(Author);
  Entity({ tableName: 'authors' })(Author);
  class Book {
    id!: number;
  }
  PrimaryKey({ type: 'integer' })(Book.prototype, 'id');
  ManyToOne(() => Author)(Book.prototype, 'author');
  Entity()(Book);

  const metadata = await discover([Author, Book]);

  expect(columnNames(metadata('Author'))).toEqual(['id', 'name']);
  expect(metadata('Author').indexes.map(({ name }) => name.text)).toEqual([
    'authors_id_name_index',
    'authors_name_unique',
  ]);
  expect(metadata('Book').foreignKeys[0]?.target.className).toBe('Author');
});

test('what is declared is on the class, where another copy of this package finds it', () => {
  class Author {
    id!: number;
  }
  Entity({ tableName: 'authors' })(Author);

  const metadata: unknown = Reflect.get(Author, Symbol.for('Symbol.metadata'));
  const key = Symbol.for('@dovetail/declarations');
  const declarations: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, key) : undefined;

  expect(declarations).toMatchObject({ entity: { tableName: 'authors' } });
});

test('a class that extends a decorated one has no declarations of its own', async () => {
  class Base {
    id!: number;
  }
  PrimaryKey({ type: 'integer' })(Base.prototype, 'id');
  class Child extends Base {}

  expect(findDeclarations(Child)).toBeUndefined();
  Entity()(Child);
  expect(columnNames(await discoverOne(Child))).toEqual(['id']);
});

test('a property decorator asks for the prototype of a class', () => {
  expect(() => {
    Property()(Object.freeze({ constructor: null }), 'name');
  }).toThrow(DovetailError);
});
