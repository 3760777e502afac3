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
import { column, discover, giving, mistakes } from './discover.fixture.js';

@Entity({ tableName: 'posts' })
class Post {
  @PrimaryKey() id!: number;
  @OneToMany(() => Like, (like) => like.likeable) likes!: object[];
}

@Entity()
class Comment {
  @PrimaryKey() id!: number;
}

@Entity()
class Like {
  @PrimaryKey() id!: number;
  @ManyToOne(() => [Post, Comment]) likeable!: Post | Comment;
}

const entities = [Post, Comment, Like];

describe('a relation to one of several entities', () => {
  test('has a column that tells which, one for the key and an index over both, and no foreign key', async () => {
    const like = (await discover(entities))('Like');

    expect(like.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['id', false],
      ['likeable_type', false],
      ['likeable_id', false],
    ]);
    expect(column(like, 'likeable_type').type).toEqual({ kind: 'logical', type: 'string' });
    expect(column(like, 'likeable_id').type).toEqual({ kind: 'same-as', className: 'Post', column: 'id' });
    expect(like.foreignKeys).toEqual([]);
    expect(like.indexes.map(({ name, unique, parts }) => [name.text, unique, parts])).toEqual([
      ['like_likeable_type_likeable_id_index', false, [{ column: 'likeable_type' }, { column: 'likeable_id' }]],
    ]);
    expect(like.properties[1]).toEqual({
      kind: 'polymorphic',
      name: 'likeable',
      discriminatorColumn: 'likeable_type',
      columns: ['likeable_id'],
      targets: [
        { value: 'posts', target: 'Post', referencedColumns: ['id'] },
        { value: 'comment', target: 'Comment', referencedColumns: ['id'] },
      ],
    });
  });

  test('takes names and values from its options, and is unique where it is one-to-one', async () => {
    @Entity()
    class Pin {
      @PrimaryKey() id!: number;
      @OneToOne({
        entity: () => [Post, Comment],
        discriminator: 'what',
        discriminatorMap: { p: 'Post', c: Comment },
        joinColumn: 'target',
        nullable: true,
      })
      pinned?: object;
    }

    const pin = (await discover([...entities, Pin]))('Pin');

    expect(pin.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['id', false],
      ['what', true],
      ['target', true],
    ]);
    expect(pin.indexes.map(({ name, unique }) => [name.text, unique])).toEqual([['pin_what_target_unique', true]]);
    expect(pin.properties[1]).toMatchObject({ targets: [{ value: 'p' }, { value: 'c' }] });
  });

  test('leaves the column to a property that the class declares', async () => {
    @Entity()
    class Note {
      @PrimaryKey() id!: number;
      @Property({ name: 'about_what', length: 20 }) aboutType!: string;
      @ManyToOne(() => [Post, Comment], { index: false }) about!: object;
    }

    const note = (await discover([...entities, Note]))('Note');

    expect(note.columns.map(({ name }) => name)).toEqual(['id', 'about_what', 'about_id']);
    expect(column(note, 'about_what').attributes.length).toBe(20);
    expect(note.properties[2]).toMatchObject({ discriminatorColumn: 'about_what' });
    expect(note.indexes).toEqual([]);
  });

  test('holds each column of a composite key', async () => {
    @Entity()
    class Seat {
      @PrimaryKey() row!: number;
      @PrimaryKey() letter!: string;
    }
    @Entity()
    class Box {
      @PrimaryKey() row!: number;
      @PrimaryKey() letter!: string;
    }
    @Unique({ properties: ['place'] })
    @Entity()
    class Ticket {
      @PrimaryKey() id!: number;
      @ManyToOne(() => [Seat, Box]) place!: object;
    }

    const ticket = (await discover([Seat, Box, Ticket]))('Ticket');

    expect(ticket.columns.map(({ name }) => name)).toEqual(['id', 'place_type', 'place_row', 'place_letter']);
    expect(ticket.indexes[1]?.parts).toHaveLength(3);
  });

  test('has keys alike at the other end, and a value for each', async () => {
    @Entity()
    class Named {
      @PrimaryKey() id!: string;
    }
    @Entity()
    class Coded {
      @PrimaryKey() code!: number;
    }
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @ManyToOne(() => [Post, Named]) types!: object;
      @ManyToOne(() => [Post, Coded]) names!: object;
      @ManyToOne(() => [Post, Comment], { discriminatorMap: { p: 'Post', q: 'Quote' } }) mapped!: object;
      @ManyToOne(() => []) empty!: object;
    }
    ManyToMany(giving([Post, Comment]))(Sample.prototype, 'many');

    expect(await mistakes(...entities, Named, Coded, Sample)).toEqual([
      'Sample.names: it references entities whose keys have different columns: Post (id), Coded (code)',
      'Sample.mapped: its `discriminatorMap` has "q" for Quote, which it does not reference',
      'Sample.mapped: its `discriminatorMap` has no value for Comment',
      'Sample.empty: its list of entities is empty',
      'Sample.many: it references one of several entities, which only `@ManyToOne` and `@OneToOne` can',
      'Sample.types: the keys of Post and Named have different types, and one column is to hold both',
    ]);
  });
});
