import { Dovetail, Entity, explain, PrimaryKey, Property } from '@dovetail/sqlite';
import { given, printError } from './given.js';

@Entity()
class Author {
  @PrimaryKey()
  id!: number;

  @Property()
  name!: string;
}

@Entity({ tableName: 'author' })
class Renamed {
  @PrimaryKey()
  id!: number;

  @Property()
  fullName!: string;
}

@Entity({ tableName: 'author' })
class Ambiguous extends Renamed {
  @Property()
  penName!: string;
}

await given('renames.db', [Author]);

const assumed = await Dovetail.init({ entities: [Renamed], dbName: 'renames.db' });
console.log(explain(await assumed.schema.plan()));
await assumed.close();

const ambiguous = await Dovetail.init({ entities: [Ambiguous], dbName: 'renames.db' });
await printError(() => ambiguous.schema.plan());
await ambiguous.close();
