import { Dovetail, Entity, ManyToOne, PrimaryKey, Property, t } from '@dovetail/sqlite';

@Entity()
class Author {
  @PrimaryKey()
  id!: number;
}

const misspelt = { type: t.integer, defualt: 1 };

@Entity()
class Book {
  @Property(misspelt)
  pages!: number;

  @Property({ default: 0, generated: '(pages * 2)' })
  total!: number;

  @ManyToOne(() => Author)
  author!: Author;

  @Property()
  subtitle!: string | null;
}

try {
  await Dovetail.init({ entities: [Book], dbName: ':memory:' });
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
