import { Dovetail, Entity, ManyToOne, PrimaryKey, Property, t } from '@dovetail/sqlite';
import { given } from './given.js';

@Entity()
class Author {
  @PrimaryKey()
  id!: number;

  @Property()
  born!: string;
}

@Entity()
class Book {
  @PrimaryKey()
  id!: number;

  @ManyToOne(() => Author, { deleteRule: 'cascade' })
  author!: Author;
}

await given('script.db', [Author, Book], 'create view young as select id from author where born > 1990');

@Entity({ tableName: 'author' })
class ChangedAuthor {
  @PrimaryKey()
  id!: number;

  @Property({ type: t.integer, index: true })
  born!: number;
}

@Entity({ tableName: 'book' })
class ChangedBook {
  @PrimaryKey()
  id!: number;

  @ManyToOne(() => ChangedAuthor, { deleteRule: 'cascade' })
  author!: ChangedAuthor;
}

const orm = await Dovetail.init({ entities: [ChangedAuthor, ChangedBook], dbName: 'script.db' });
console.log(await orm.schema.getUpdateSchemaSQL());
await orm.close();
