import { describe, expect, test } from 'vitest';
import {
  Entity,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryKey,
  Property,
  Unique,
} from '../decorators/index.js';
import { column, columnNames, discover, discoverOne } from './discover.fixture.js';

@Entity()
class Author {
  @PrimaryKey() id!: number;
  @Property({ unique: true }) email!: string;
  @OneToMany(() => Book, (book) => book.author) books!: object[];
  @OneToOne({ entity: () => Profile, mappedBy: 'author' }) profile!: object;
}

@Entity()
class Profile {
  @OneToOne(() => Author, { primary: true }) author!: object;
}

@Entity()
class Seat {
  @PrimaryKey() row!: number;
  @PrimaryKey() letter!: string;
}

@Entity()
class Book {
  @PrimaryKey() id!: number;
  @ManyToOne() author!: Author;
  @ManyToOne('Author', { nullable: true }) editor?: object;
  @ManyToOne(() => Author, { targetKey: 'email', name: 'reader_email' }) reader!: object;
  @ManyToOne(() => Seat) seat!: object;
  @OneToOne(() => Book, { nullable: true }) sequel?: object;
}

const library = [Author, Profile, Seat, Book];

describe('a many-to-one relation', () => {
  test('has a column of the type of the key that it references', async () => {
    const book = (await discover(library))('Book');

    expect(column(book, 'author_id')).toMatchObject({
      type: { kind: 'same-as', className: 'Author', column: 'id' },
      nullable: false,
    });
    expect(book.properties).toContainEqual({
      kind: 'reference',
      name: 'author',
      target: 'Author',
      columns: ['author_id'],
      referencedColumns: ['id'],
    });
    expect(book.foreignKeys[0]).toEqual({
      origin: 'Book.author',
      name: { text: 'book_author_id_foreign', explicit: false },
      columns: ['author_id'],
      target: { className: 'Author', columns: ['id'] },
      onDelete: 'no action',
      onUpdate: 'no action',
      match: undefined,
      deferrable: undefined,
      constrained: true,
      indexName: { text: 'book_author_id_index', explicit: false },
    });
  });

  test('sets null where it may, and follows a composite key', async () => {
    const book = (await discover(library))('Book');
    const rules = new Map(book.foreignKeys.map((key) => [key.origin, [key.onDelete, key.onUpdate]]));

    expect(rules.get('Book.editor')).toEqual(['set null', 'no action']);
    expect(rules.get('Book.seat')).toEqual(['no action', 'cascade']);
  });

  test('references a composite key with a column for each of its own', async () => {
    const book = (await discover(library))('Book');
    const seat = book.foreignKeys.find(({ origin }) => origin === 'Book.seat');

    expect(seat?.columns).toEqual(['seat_row', 'seat_letter']);
    expect(seat?.target).toEqual({ className: 'Seat', columns: ['row', 'letter'] });
  });

  test('references another unique property where it says so', async () => {
    const book = (await discover(library))('Book');

    expect(column(book, 'reader_email').type).toEqual({ kind: 'same-as', className: 'Author', column: 'email' });
  });

  test('takes its names and rules from its options', async () => {
    @Entity()
    class Loan {
      @PrimaryKey() id!: number;
      @ManyToOne(() => Author, {
        joinColumn: 'lent_to',
        deleteRule: 'restrict',
        updateRule: 'cascade',
        deferMode: 'deferred',
        match: 'full',
        foreignKeyName: 'loan_reader',
        index: 'loan_reader_index',
        previousName: 'reader_id',
      })
      reader!: object;
      @ManyToOne(() => Author, { createForeignKeyConstraint: false, unique: true }) witness!: object;
    }

    const loan = (await discover([...library, Loan]))('Loan');

    expect(loan.foreignKeys[0]).toMatchObject({
      name: { text: 'loan_reader', explicit: true },
      columns: ['lent_to'],
      onDelete: 'restrict',
      onUpdate: 'cascade',
      match: 'full',
      deferrable: 'initially deferred',
      indexName: { text: 'loan_reader_index', explicit: true },
    });
    expect(column(loan, 'lent_to').previousName).toBe('reader_id');
    expect(loan.foreignKeys[1]?.constrained).toBe(false);
    expect(loan.indexes.map(({ name, unique }) => [name.text, unique])).toEqual([
      ['loan_reader_index', false],
      ['loan_witness_id_unique', true],
    ]);
  });

  test('with a composite key shares the columns that another property has', async () => {
    @Entity()
    class Tenant {
      @PrimaryKey() id!: number;
    }
    @Entity()
    class User {
      @ManyToOne(() => Tenant, { primary: true }) tenant!: object;
      @PrimaryKey() number!: number;
    }
    @Entity()
    class Task {
      @PrimaryKey() id!: number;
      @ManyToOne(() => User, { joinColumns: ['tenant_id', 'assignee'], nullable: true }) assignee?: object;
      @ManyToOne(() => User, { joinColumns: ['tenant_id', 'reporter'], ownColumns: ['reporter'] }) reporter!: object;
      @ManyToOne(() => Tenant) tenant!: object;
    }

    const metadata = await discover([Tenant, User, Task]);
    const task = metadata('Task');

    expect(metadata('User').primaryKey).toEqual(['tenant_id', 'number']);
    expect(metadata('User').foreignKeys[0]).toMatchObject({ onDelete: 'cascade', onUpdate: 'cascade' });
    expect(columnNames(task)).toEqual(['id', 'assignee', 'reporter', 'tenant_id']);
    expect(column(task, 'tenant_id').nullable).toBe(false);
    // Setting null on deletion would hit the tenant, which takes none.
    expect(task.foreignKeys[0]).toMatchObject({ columns: ['tenant_id', 'assignee'], onDelete: 'no action' });
  });
});

describe('a one-to-one relation', () => {
  test('is unique on the side that has the column, and has none on the other', async () => {
    const metadata = await discover(library);

    expect(metadata('Book').indexes).toContainEqual({
      origin: 'Book.sequel',
      name: { text: 'book_sequel_id_unique', explicit: false },
      unique: true,
      parts: [{ column: 'sequel_id' }],
    });
    expect(metadata('Author').properties.at(-1)).toEqual({
      kind: 'inverse',
      name: 'profile',
      target: 'Profile',
      pivot: undefined,
    });
  });

  test('that is the primary key needs no further unique, and goes with the row that it references', async () => {
    const profile = (await discover(library))('Profile');

    expect(profile.primaryKey).toEqual(['author_id']);
    expect(profile.indexes).toEqual([]);
    expect(profile.foreignKeys[0]).toMatchObject({ onDelete: 'cascade', onUpdate: 'cascade' });
  });
});

describe('a many-to-many relation', () => {
  @Entity()
  class Tag {
    @PrimaryKey() name!: string;
    @ManyToMany(() => Post, (post) => post.tags) posts!: object[];
  }

  @Entity({ schema: 'press' })
  class Post {
    @PrimaryKey() id!: number;
    @ManyToMany(() => Tag, 'posts', { owner: true, deleteRule: 'restrict' }) tags!: object[];
    @ManyToMany(() => Post, { previousName: 'post_similar' }) related!: object[];
    @ManyToMany({
      entity: () => Tag,
      pivotTable: 'archive.post_labels',
      joinColumn: 'post',
      inverseJoinColumn: 'label',
      fixedOrder: true,
    })
    labels!: object[];
  }

  test('has a pivot table, named by the side that owns it', async () => {
    const metadata = await discover([Tag, Post]);
    const pivot = metadata('Post.tags');

    expect(pivot).toMatchObject({ schema: 'press', tableName: 'post_tags', primaryKey: ['post_id', 'tag_name'] });
    expect(pivot.columns.map(({ name, type }) => [name, type])).toEqual([
      ['post_id', { kind: 'same-as', className: 'Post', column: 'id' }],
      ['tag_name', { kind: 'same-as', className: 'Tag', column: 'name' }],
    ]);
    expect(pivot.foreignKeys.map(({ onDelete, onUpdate }) => [onDelete, onUpdate])).toEqual([
      ['restrict', 'cascade'],
      ['restrict', 'cascade'],
    ]);
    expect(metadata('Tag').properties.at(-1)).toMatchObject({ kind: 'collection', pivot: 'Post.tags' });
  });

  test('tells the columns apart where both sides are one entity', async () => {
    const pivot = (await discover([Tag, Post]))('Post.related');

    expect(pivot).toMatchObject({ tableName: 'post_related', previousName: 'post_similar' });
    expect(columnNames(pivot)).toEqual(['post_1_id', 'post_2_id']);
  });

  test('keeps the order of its items by a numbered key', async () => {
    const pivot = (await discover([Tag, Post]))('Post.labels');

    expect(pivot).toMatchObject({ schema: 'archive', tableName: 'post_labels', primaryKey: ['id'] });
    expect(columnNames(pivot)).toEqual(['id', 'post', 'label']);
    expect(column(pivot, 'id').autoincrement).toBe(true);
  });

  test('has the entity that it names as its pivot table', async () => {
    @Entity()
    class Course {
      @PrimaryKey() id!: number;
      @ManyToMany({ entity: () => Student, pivotEntity: () => Enrolment }) students!: object[];
    }
    @Entity()
    class Student {
      @PrimaryKey() id!: number;
      @ManyToMany({ entity: () => Course, mappedBy: 'students' }) courses!: object[];
    }
    @Entity()
    class Enrolment {
      @ManyToOne(() => Course, { primary: true }) course!: object;
      @ManyToOne(() => Student, { primary: true }) student!: object;
      @Property() grade!: number;
    }

    const metadata = await discover([Course, Student, Enrolment]);

    expect(() => metadata('Course.students')).toThrow();
    expect(metadata('Course').properties.at(-1)).toMatchObject({ pivot: 'Enrolment' });
    expect(metadata('Student').properties.at(-1)).toMatchObject({ pivot: 'Enrolment' });
  });
});

describe('a relation to itself', () => {
  test('is like any other', async () => {
    @Unique({ properties: ['parent', 'name'] })
    @Entity()
    class Folder {
      @PrimaryKey() id!: number;
      @Property() name!: string;
      @ManyToOne(() => Folder, { nullable: true, deleteRule: 'cascade' }) parent?: object;
      @OneToMany(() => Folder, 'parent') children!: object[];
    }

    const folder = await discoverOne(Folder);

    expect(folder.foreignKeys[0]).toMatchObject({ columns: ['parent_id'], onDelete: 'cascade' });
    expect(folder.indexes[0]).toMatchObject({
      name: { text: 'folder_parent_id_name_unique' },
      parts: [{ column: 'parent_id' }, { column: 'name' }],
    });
  });
});
