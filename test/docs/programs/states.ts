import { Dovetail, Entity, PrimaryKey, Property } from '@dovetail/sqlite';
import { printError } from './given.js';

@Entity()
class Author {
  @PrimaryKey()
  id!: number;

  @Property()
  name!: string;
}

const dbName = 'states.db';
const orm = await Dovetail.init({ entities: [Author], dbName, schemaGenerator: { lockTimeout: 100 } });
const other = await Dovetail.init({ entities: [Author], dbName });

const plan = await orm.schema.plan();
await other.schema.createSchema();
await printError(() => orm.schema.apply(plan));

await other.schema.dropSchema();
await other.connection.execute('begin immediate');
await printError(() => orm.schema.updateSchema());
await other.connection.execute('rollback');

await orm.schema.createSchema();
await printError(() => orm.schema.createSchema());

await orm.close();
await other.close();
