import { expect, test } from 'vitest';
import { Entity, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryKey, Property } from '../decorators/index.js';
import { giving, mistakes } from './discover.fixture.js';

@Entity()
class Author {
  @PrimaryKey() id!: number;
}

test('relations lead to an entity', async () => {
  class Stranger {
    id!: number;
  }
  @Entity()
  class Unlisted {
    @PrimaryKey() id!: number;
  }
  @Entity()
  class Book {
    @PrimaryKey() id!: number;
    @ManyToOne() nobody!: unknown;
    @ManyToOne(() => Stranger) stranger!: object;
    @ManyToOne(() => Unlisted) unlisted!: object;
    @ManyToOne('Nemo') named!: object;
    @OneToOne({ entity: giving({}) }) object!: object;
    @ManyToMany({
      entity: () => {
        throw new Error('no such thing');
      },
    })
    failing!: object[];
  }
  OneToMany(giving(undefined), 'book')(Book.prototype, 'circular');

  expect(await mistakes(Author, Book)).toEqual([
    'Book.circular: the function that gives the other end gives undefined',
    'Book.nobody: the entity at the other end is not known',
    'Book.stranger: it references Stranger, which is not among the entities',
    'Book.unlisted: it references Unlisted, which is not among the entities',
    'Book.named: it references Nemo, which is not among the entities',
    'Book.object: what it references is not a class',
    'Book.failing: the function that gives the other end failed: no such thing',
  ]);
});

test('relations fit at both ends', async () => {
  @Entity()
  class Person {
    @PrimaryKey() id!: number;
    @OneToMany(() => Pet, 'owner') pets!: object[];
    @OneToMany(() => Pet, (pet) => pet.name) named!: object[];
    @OneToMany({ entity: () => Pet }) unsaid!: object[];
    @ManyToOne(() => Pet, { joinColumns: ['a', 'b'] }) favourite!: object;
    @ManyToOne(() => Pet, { targetKey: 'nick' }) known!: object;
    @ManyToMany({ entity: () => Pet, pivotEntity: () => Person }) walked!: object[];
  }
  @Entity()
  class Pet {
    @PrimaryKey() id!: number;
    @Property() name!: string;
  }

  expect(await mistakes(Person, Pet)).toEqual([
    'Person.unsaid: it does not say which property at the other end references it',
    'Person.pets: its `mappedBy` names "owner", which is not a property of Pet',
    'Person.named: its `mappedBy` names Pet.name, which is scalar where many-to-one or one-to-one is expected',
    'Person.walked: its pivot entity Person has no `@ManyToOne` to Person that is left for this end',
    'Person.favourite: it names 2 of its columns, and references 1 of Pet (id)',
    'Person.known: its `targetKey` names "nick", which is not a property of Pet with a column',
  ]);
});

test('relations have one end that owns them, and lead back', async () => {
  @Entity()
  class Person {
    @PrimaryKey() id!: number;
    @OneToOne({ entity: () => Desk, mappedBy: 'person' }) desk!: object;
    @OneToMany({ entity: () => Desk, mappedBy: 'author' }) written!: object[];
    @ManyToMany({ entity: () => Desk, owner: false }) shared!: object[];
    @ManyToMany({
      entity: () => Desk,
      mappedBy: () => {
        throw new Error('no such thing');
      },
    })
    failing!: object[];
  }
  @Entity()
  class Desk {
    @PrimaryKey() id!: number;
    @OneToOne({ entity: () => Person, mappedBy: 'desk' }) person!: object;
    @ManyToOne(() => Author) author!: object;
  }

  expect(await mistakes(Author, Person, Desk)).toEqual([
    'Person.shared: it is not the owner, and does not say which property at the other end is',
    'Person.desk: neither it nor Desk.person owns the relation, so there is no column for it',
    'Person.written: its `mappedBy` names Desk.author, which does not reference Person',
    'Person.failing: its `mappedBy` names "", which is not a property of Desk',
    'Desk.person: neither it nor Person.desk owns the relation, so there is no column for it',
  ]);
});

test('relations lead back to a class that the entity extends', async () => {
  @Entity({ discriminatorColumn: 'kind' })
  class Person {
    @PrimaryKey() id!: number;
  }
  @Entity()
  class Writer extends Person {
    @OneToMany({ entity: () => Text, mappedBy: 'by' }) texts!: object[];
  }
  @Entity()
  class Text {
    @PrimaryKey() id!: number;
    @ManyToOne(() => Person) by!: object;
  }

  expect(await mistakes(Person, Writer, Text)).toEqual([]);
});

test('relations say of several columns what can be said of each', async () => {
  @Entity()
  class Seat {
    @PrimaryKey() row!: number;
    @PrimaryKey() letter!: string;
  }
  @Entity()
  class Ticket {
    @PrimaryKey() id!: number;
    @ManyToOne(() => Seat, { previousName: 'place', default: 1 }) seat!: object;
  }

  expect(await mistakes(Seat, Ticket)).toEqual([
    'Ticket.seat: its `previousName` is about one column, and it has several: seat_row, seat_letter',
    'Ticket.seat: its `default` is about one column, and it has several: seat_row, seat_letter',
  ]);
});

test('relations do not make a circle of primary keys', async () => {
  @Entity()
  class Egg {
    @OneToOne(() => Hen, { primary: true }) hen!: object;
  }
  @Entity()
  class Hen {
    @OneToOne(() => Egg, { primary: true }) egg!: object;
  }

  expect(await mistakes(Egg, Hen)).toEqual([
    'Hen: its primary key references an entity whose primary key comes back to this one',
    'Egg: its primary key references an entity whose primary key comes back to this one',
  ]);
});

test('relations own a column that no other property has', async () => {
  @Entity()
  class Book {
    @PrimaryKey() id!: number;
    @ManyToOne(() => Author, { ownColumns: [] }) author!: object;
  }

  expect(await mistakes(Author, Book)).toEqual([
    'Book.author: its column "author_id" is not among `ownColumns`, and no other property has it',
  ]);
});
