import { Check, Dovetail, Entity, Index, ManyToOne, PrimaryKey, Property, t, Unique } from '@dovetail/sqlite';
import { given, printError } from './given.js';

@Entity()
class Author {
  @PrimaryKey()
  id!: number;

  @Property()
  name!: string;

  @Property()
  born!: string;
}

@Entity()
class Book {
  @PrimaryKey()
  id!: number;
}

await given(
  'loss.db',
  [Author, Book],
  "insert into author (name, born) values ('Ada', '1815'), ('Jorge', '1899'), ('Ursula', '01929')",
  'insert into book default values',
  'insert into book default values',
);

@Entity({ tableName: 'author' })
class ChangedAuthor {
  @PrimaryKey()
  id!: number;

  @Property({ type: t.integer })
  born!: number;
}

const loss = await Dovetail.init({ entities: [ChangedAuthor], dbName: 'loss.db' });
await printError(() => loss.schema.updateSchema());
await loss.close();

@Entity()
class Member {
  @PrimaryKey()
  id!: number;

  @Property({ nullable: true })
  email?: string;

  @Property()
  seat!: number;

  @Property()
  age!: number;

  @Property()
  teamId!: number;
}

@Entity()
class Team {
  @PrimaryKey()
  id!: number;
}

await given(
  'fit.db',
  [Member, Team],
  "insert into member (email, seat, age, team_id) values (null, 1, 0, 7), ('a@example.org', 1, 30, 7)",
);

@Entity({ tableName: 'member' })
class ChangedMember {
  @PrimaryKey()
  id!: number;

  @Property()
  @Index()
  email!: string;

  @Property()
  @Unique()
  seat!: number;

  @Property()
  @Check({ expression: 'age > 0' })
  age!: number;

  @ManyToOne(() => Team)
  team!: Team;

  @Property()
  joined!: Date;
}

const fit = await Dovetail.init({ entities: [ChangedMember, Team], dbName: 'fit.db' });
await printError(() => fit.schema.updateSchema({ allow: ['data-loss'] }));
await fit.close();
