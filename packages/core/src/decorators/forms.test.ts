import { expect, test } from 'vitest';
import { columnNames, discover } from '../metadata/discover.fixture.js';
import {
  Collection,
  Embeddable,
  Embedded,
  Entity,
  Enum,
  Formula,
  type Hidden,
  Index,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  type Opt,
  OptionalProps,
  PrimaryKey,
  PrimaryKeyProp,
  Property,
  type Ref,
  type Rel,
  SerializedPrimaryKey,
  Unique,
} from './index.js';

enum Status {
  Draft = 'draft',
  Printed = 'printed',
}

enum Level {
  Low,
  High = 300,
}

@Embeddable()
class Address {
  @Property() city!: string;
}

@Entity()
class Author {
  [OptionalProps]?: 'createdAt';
  [PrimaryKeyProp]?: 'id';
  @PrimaryKey() id!: number;
  @SerializedPrimaryKey() serialized!: string;
  @Property({ type: 'datetime' }) createdAt: Opt<Date> = new Date();
  @Property({ hidden: true, lazy: true, type: 'string' }) password!: Hidden<string>;
  @Property({ onCreate: () => new Date(), onUpdate: () => new Date() }) updatedAt!: Date;
  @Property() get greeting(): string {
    return `hello ${this.id}`;
  }
  @Property({ persist: false }) loaded!: boolean;
  @Formula('(select count(*) from book)') total!: number;
  @Embedded(() => Address, { prefix: 'addr_' }) home!: Address;
  @Embedded({ entity: () => Address, prefix: false }) work!: Address;
  @Embedded({ entity: 'Address', prefix: 'pre_' }) named!: Address;
  @Embedded() reflected!: Address;
  @OneToMany(() => Book, (book) => book.author) books = new Collection<Book>(this);
  @OneToMany({ entity: () => Book, mappedBy: 'editor' }) edited = new Collection<Book>(this);
  @OneToMany('Book', 'second') seconded = new Collection<Book>(this);
  @OneToMany('Book', (book: Book) => book.third) third = new Collection<Book>(this);
  @OneToOne(() => Profile, (profile) => profile.author) profile?: Ref<Profile>;
}

@Unique({ properties: ['title'] })
@Unique({ properties: 'isbn', name: 'isbn_key' })
@Index({ properties: ['status', 'level'] })
@Entity()
class Book {
  @PrimaryKey({ type: 'number' }) id!: number;
  @Property({ nullable: true }) title?: string;
  @Property() isbn!: string;
  @Enum(() => Status) status!: Status;
  @Enum({ items: () => Status, default: Status.Draft }) state!: Status;
  @Enum({ items: ['a', 'b'] }) letter!: string;
  @Enum({ items: Level }) level!: Level;
  @ManyToOne(() => Author, { deleteRule: 'cascade' }) author!: Rel<Author>;
  @ManyToOne({ entity: () => Author, nullable: true }) editor?: Rel<Author>;
  @ManyToOne('Author', { inversedBy: 'seconded' }) second!: Ref<Author>;
  @ManyToOne({ entity: 'Author' }) third!: Author;
  @ManyToOne() fourth!: Author;
  @ManyToMany(() => Tag, 'books', { owner: true }) tags = new Collection<Tag>(this);
}

@Entity()
class Profile {
  @OneToOne(() => Author, (author) => author.profile, { owner: true, primary: true }) author!: Rel<Author>;
}

@Entity()
class Tag {
  @PrimaryKey() name!: string;
  @ManyToMany({ entity: () => Book, mappedBy: (book) => book.tags }) books = new Collection<Book>(this);
}

test('entities are written in each of the forms that MikroORM takes', async () => {
  const metadata = await discover([Author, Book, Profile, Tag, Address]);

  expect(columnNames(metadata('Author'))).toEqual([
    'id',
    'created_at',
    'password',
    'updated_at',
    'greeting',
    'addr_city',
    'city',
    'pre_city',
    'reflected_city',
  ]);
  expect(columnNames(metadata('Book'))).toEqual([
    'id',
    'title',
    'isbn',
    'status',
    'state',
    'letter',
    'level',
    'author_id',
    'editor_id',
    'second_id',
    'third_id',
    'fourth_id',
  ]);
  expect(metadata('Book').foreignKeys.every(({ target }) => target.className === 'Author')).toBe(true);
  expect(metadata('Book').columns.map(({ attributes }) => attributes.items)).toEqual([
    undefined,
    undefined,
    undefined,
    ['draft', 'printed'],
    ['draft', 'printed'],
    ['a', 'b'],
    ...Array.from({ length: 6 }),
  ]);
  expect(metadata('Book').indexes.map(({ name }) => name.text)).toEqual([
    'book_status_level_index',
    'isbn_key',
    'book_title_unique',
  ]);
  expect(metadata('Profile').primaryKey).toEqual(['author_id']);
  expect(columnNames(metadata('Book.tags'))).toEqual(['book_id', 'tag_name']);
});

test('a collection holds what is put into it, each item once', () => {
  const owner = new Tag();
  const [one, two] = [new Book(), new Book()];
  const books = new Collection<Book>(owner, [one]);
  books.add(two, one);

  expect([...books]).toEqual([one, two]);
  expect(books.getItems()).toHaveLength(2);
  expect(books.owner).toBe(owner);
});
