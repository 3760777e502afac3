import { Dovetail, type EntityClass } from '@dovetail/sqlite';

/** A database with the tables of the entities, and what the statements put into it. */
export async function given(dbName: string, entities: readonly EntityClass[], ...statements: string[]): Promise<void> {
  const orm = await Dovetail.init({ entities, dbName, discovery: { warnWhenNoEntities: false } });
  await orm.schema.createSchema();
  for (const statement of statements) await orm.connection.execute(statement);
  await orm.close();
}

/** Prints the message of the error that it ends in. */
export async function printError(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
    console.log('No error.');
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
}
