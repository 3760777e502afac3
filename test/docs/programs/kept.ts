import { Dovetail, Entity, PrimaryKey, Property } from '@dovetail/sqlite';
import { given, printError } from './given.js';

const dbName = 'kept.db';

@Entity()
class Setting {
  @PrimaryKey({ autoincrement: false })
  id!: number;

  @Property({ check: "name <> ''" })
  name!: string;
}

await given(
  dbName,
  [],
  `create table setting (
    id integer primary key not null,
    name text not null,
    constraint name_unique unique (name) on conflict replace
  )`,
);

const replacing = await Dovetail.init({ entities: [Setting], dbName });
await printError(() => replacing.schema.updateSchema());
await replacing.schema.dropSchema({ allow: ['data-loss'] });
await replacing.close();

@Entity()
class Note {
  @PrimaryKey()
  id!: number;

  @Property()
  title!: string;
}

await given(dbName, [Note], 'create view headlines as select upper(title) as headline from note');

@Entity({ tableName: 'note' })
class Untitled {
  @PrimaryKey()
  id!: number;

  @Property({ check: "body <> ''" })
  body!: string;
}

const untitled = await Dovetail.init({ entities: [Untitled], dbName });
await printError(() => untitled.schema.updateSchema({ assumeRenames: false }));
await untitled.close();
