import type { Connection, ConnectionOptions, Driver } from './driver.js';
import { SchemaGenerator } from './generator/schema-generator.js';
import { type DiscoveredEntities, discoverEntities } from './metadata/index.js';
import type { Schema } from './model/schema.js';
import type { DovetailOptions } from './options.js';
import { buildSchema } from './schema-builder/build-schema.js';

/** What is left to a driver's `Dovetail` once the entities are read and the database is open. */
export interface OpenedDovetail {
  readonly schema: SchemaGenerator;
  readonly metadata: DiscoveredEntities;
  connection(): Connection;
}

/** What the `Dovetail` of every driver has in common. */
export class DovetailBase {
  /** Creates, updates and drops the schema. */
  readonly schema: SchemaGenerator;
  /** What the decorators say, laid out in tables and columns. */
  readonly metadata: DiscoveredEntities;
  readonly #connection: () => Connection;

  protected constructor({ schema, metadata, connection }: OpenedDovetail) {
    this.schema = schema;
    this.metadata = metadata;
    this.#connection = connection;
  }

  /** The open connection, for queries of your own. */
  get connection(): Connection {
    return this.#connection();
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    await this.connection.close();
  }

  protected static async open<Options extends ConnectionOptions & DovetailOptions>(
    driver: Driver<Options>,
    options: Options,
  ): Promise<OpenedDovetail> {
    const metadata = await discoverEntities(options);
    const { schemaGenerator = {} } = options;
    if (options.ensureDatabase ?? true) await driver.ensureDatabase(options);
    let connection = await driver.connect(options);

    const desiredSchema = (schema: string | undefined): Schema =>
      buildSchema({
        ...metadata,
        driver,
        capabilities: driver.capabilities(connection.serverVersion),
        options: {
          createForeignKeyConstraints: schemaGenerator.createForeignKeyConstraints,
          defaultSchema: options.schema,
          schema,
        },
      });

    const schema = new SchemaGenerator({
      driver,
      options: schemaGenerator,
      connection: () => connection,
      desiredSchema,
      openDatabase: async () => {
        const created = await driver.ensureDatabase(options);
        if (created) {
          await connection.close();
          connection = await driver.connect(options);
        }
        return created;
      },
      dropDatabase: async () => {
        await connection.close();
        await driver.dropDatabase(options);
      },
    });
    return { schema, metadata, connection: () => connection };
  }
}
