import { expect, test } from 'vitest';
import { DovetailError } from '../errors.js';
import { discoverEntities } from '../metadata/index.js';
import {
  Check,
  Embeddable,
  Embedded,
  Entity,
  Enum,
  Index,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryKey,
  Property,
  Unique,
} from './index.js';

abstract class Base {
  @PrimaryKey({ type: 'integer' }) id!: number;
}

@Embeddable()
class Address {
  @Property({ type: 'string' }) city!: string;
}

@Check({ expression: (columns) => `length(${columns.name ?? ''}) > 0` })
@Entity()
class Author extends Base {
  @Unique() @Property({ type: 'string', length: 80 }) name!: string;
  @Property() visits = 0;
  @Enum({ items: ['live', 'gone'] }) accessor status = 'live';
  @Embedded(() => Address) address!: Address;
  @OneToMany(() => Book, (book) => book.author) books!: Book[];
  @Property() describe(): string {
    return this.name;
  }
}

@Index({ properties: ['author', 'sequel'] })
@Entity()
class Book extends Base {
  @ManyToOne(() => Author) author!: Author;
  @OneToOne(() => Book, { nullable: true }) sequel?: Book;
  @ManyToMany(() => Author) readers!: Author[];
}

test('standard decorators describe a class', async () => {
  const { entities } = await discoverEntities({ entities: [Author, Book] });
  const [author, book, readers] = entities;
  const columns = new Map(author?.columns.map((column) => [column.name, column]));

  expect([...columns.keys()].sort()).toEqual(['address_city', 'id', 'name', 'status', 'visits']);
  expect(columns.get('name')?.attributes.length).toBe(80);
  expect(columns.get('visits')).toMatchObject({
    type: { kind: 'logical', type: 'integer' },
    default: { kind: 'value', value: { kind: 'number', value: '0' } },
  });
  expect(author?.indexes.map(({ name }) => name.text)).toEqual(['author_name_unique']);
  expect(author?.checks).toHaveLength(2);
  expect(book?.foreignKeys.map((foreignKey) => foreignKey.columns)).toEqual([['author_id'], ['sequel_id']]);
  expect(readers?.columns.map(({ name }) => name)).toEqual(['book_id', 'author_id']);
});

test('members that can be no properties are mistakes', async () => {
  @Entity()
  class Sample {
    @PrimaryKey({ type: 'integer' }) id!: number;
    @Property() static shared = 1;
    @Property() #hidden = 1;
    @Property() [Symbol.iterator] = 1;
    read(): number {
      return this.#hidden;
    }
  }

  const error: unknown = await discoverEntities({ entities: [Sample] }).catch((reason: unknown) => reason);
  const problems = error instanceof DovetailError ? error.problems : [];

  expect(problems.map(({ where, what }) => `${where}: ${what}`).sort()).toEqual([
    'Sample.#hidden: the property is private to the class, so nothing else can read it',
    'Sample.Symbol(Symbol.iterator): the property is named by a symbol',
    'Sample.shared: the property is static',
  ]);
});
