import { Dovetail, Entity, PrimaryKey, Property } from '@dovetail/sqlite';

@Entity()
class Author {
  @PrimaryKey()
  id!: number;

  @Property({ default: 0, check: 'rating between 0 and 5' })
  rating!: number;

  @Property()
  country!: string;
}

const orm = await Dovetail.init({ entities: [Author], dbName: 'library.db' });
await orm.connection.execute("insert into author (full_name) values ('Ada'), ('Jorge'), ('Ursula')");
try {
  await orm.schema.updateSchema({ assumeRenames: false });
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
await orm.close();
