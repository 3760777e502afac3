import { expect, test } from 'vitest';
import { columnNames, discover } from '../metadata/discover.fixture.js';
import { Entity, ManyToOne, OneToMany, PrimaryKey, Property } from './index.js';

abstract class Base {
  @PrimaryKey() id!: number;
}

@Entity()
class Author extends Base {
  @Property() name!: string;
  @OneToMany(() => Book, (book) => book.author) books!: object[];
  @Property() get initials(): string {
    return this.name.slice(0, 1);
  }
  @Property() describe(): string {
    return this.name;
  }
}

@Entity()
class Book extends Base {
  @ManyToOne() author!: Author;
}

test('legacy decorators describe a class, with the types that the compiler leaves behind', async () => {
  const metadata = await discover([Author, Book]);

  expect(columnNames(metadata('Author'))).toEqual(['id', 'name', 'initials']);
  expect(columnNames(metadata('Book'))).toEqual(['id', 'author_id']);
});

test('a class and the classes that extend it keep their declarations apart', async () => {
  class Child extends Author {}
  Property({ type: 'integer' })(Child.prototype, 'age');
  Entity()(Child);

  const metadata = await discover([Author, Book, Child]);

  expect(columnNames(metadata('Author'))).not.toContain('age');
  expect(columnNames(metadata('Child'))).toEqual(['id', 'name', 'initials', 'age']);
});
