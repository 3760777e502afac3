import type { Connection, ConnectionOptions, Driver } from './driver.js';
import type { Surroundings } from './generator/perspective.js';
import { SchemaGenerator } from './generator/schema-generator.js';
import { type DiscoveredEntities, discoverEntities } from './metadata/index.js';
import { keepConnection } from './keep-connection.js';
import type { MigrationsOptions } from './migrations-options.js';
import type { DovetailOptions } from './options.js';
import type { Schema } from './model/schema.js';
import { dovetailOptions, rejectUnknownOptions } from './option-names.js';
import { buildSchema } from './schema-builder/build-schema.js';
import type { SchemaDriver } from './schema-builder/context.js';

/** The options that entities are read and compared by, for tools that write some. */
export type EntityReading = Pick<DovetailOptions, 'namingStrategy' | 'schema' | 'schemaGenerator'>;

/** What is left to a driver's `Dovetail` once the entities are read and the database is open. */
export interface OpenedDovetail {
  /** Creates, updates and drops the schema. */
  readonly schema: SchemaGenerator;
  /** What the decorators say, laid out in tables and columns. */
  readonly metadata: DiscoveredEntities;
  /** The database system. */
  readonly driver: Driver;
  /** Which database it is, for people, without user and password. */
  readonly place: string;
  /** The options that migrations are written and run by. */
  readonly migrations: MigrationsOptions & { readonly baseDir: string; readonly tableName: string };
  /** The options that entities are read and compared by. */
  readonly entityOptions: EntityReading;
  /** Whether the database was missing, and is new. */
  readonly isNew: boolean;
  /** The open connection. Throws a `DovetailError` when there is none. */
  connection(): Connection;
  /** Whether there is one. */
  isConnected(): boolean;
  /** Closes the connection; does nothing when it is closed. */
  close(): Promise<void>;
}

/** What the `Dovetail` of every driver has in common. */
export class DovetailBase {
  /** Creates, updates and drops the schema. */
  readonly schema: SchemaGenerator;
  /** What the decorators say, laid out in tables and columns. */
  readonly metadata: DiscoveredEntities;
  /** The database system: for tools that run on each of them. */
  readonly driver: Driver;
  readonly #opened: OpenedDovetail;

  protected constructor(opened: OpenedDovetail) {
    this.schema = opened.schema;
    this.metadata = opened.metadata;
    this.driver = opened.driver;
    this.#opened = opened;
  }

  /** The options that migrations are written and run by; `createMigrator` of `@dovetail/migrations` takes them from here. */
  get migrations(): OpenedDovetail['migrations'] {
    return this.#opened.migrations;
  }

  /** The options that entities are read and compared by; `generateEntities` of `@dovetail/entity-generator` takes them from here. */
  get entityOptions(): EntityReading {
    return this.#opened.entityOptions;
  }

  /** Which database it is, for people, without user and password: `music.db`, `localhost:5432/music`. */
  get place(): string {
    return this.#opened.place;
  }

  /** Whether `init` has created the database. */
  get isNew(): boolean {
    return this.#opened.isNew;
  }

  /**
   * The open connection, for queries of your own.
   *
   * @throws DovetailError `connection-failed` when it is closed, or the database was dropped.
   */
  get connection(): Connection {
    return this.#opened.connection();
  }

  /** Whether there is an open connection. */
  isConnected(): boolean {
    return this.#opened.isConnected();
  }

  /**
   * Closes the connection; does nothing when it is closed.
   *
   * @param force Taken for programs that come from MikroORM, and makes no difference: there is one connection, no pool to drain.
   */
  close(force?: boolean): Promise<void>;
  async close(): Promise<void> {
    await this.#opened.close();
  }

  protected static async open<Options extends ConnectionOptions>(
    driver: Driver<Options>,
    options: DovetailOptions & Options,
  ): Promise<OpenedDovetail> {
    rejectUnknownOptions(options, { ...dovetailOptions, ...driver.connectionOptions });
    const metadata = await discoverEntities(options);
    const { schemaGenerator = {}, migrations = {}, baseDir = process.cwd() } = options;
    const { tableName = 'dovetail_migrations' } = migrations;
    const kept = keepConnection(() => driver.connect(options), options.onStatement);
    const isWanted = options.connect ?? true;
    const isNew = isWanted && (options.ensureDatabase ?? true) && (await driver.ensureDatabase(options));
    if (isWanted) await kept.open();

    const schema = new SchemaGenerator({
      driver,
      options: schemaGenerator,
      migrationsTable: tableName,
      defaultSchema: options.schema,
      connection: kept.get,
      isConnected: kept.isOpen,
      desiredSchema: desiredSchemaBy(metadata, driver, options),
      openDatabase: async () => {
        const created = await driver.ensureDatabase(options);
        // A database that lives as long as its connection is created by connecting.
        if (kept.isOpen() && !created) return false;
        await kept.close();
        await kept.open();
        return true;
      },
      dropDatabase: async () => {
        await kept.close();
        await driver.dropDatabase(options);
      },
      databaseScript: () => driver.databaseScript(options),
    });
    return {
      schema,
      metadata,
      driver,
      place: driver.placeOf(options),
      migrations: { ...migrations, baseDir, tableName },
      get entityOptions() {
        const defaultSchema = options.schema ?? (kept.isOpen() ? kept.get().defaultSchema : undefined);
        return { namingStrategy: options.namingStrategy, schema: defaultSchema, schemaGenerator };
      },
      isNew,
      connection: kept.get,
      isConnected: kept.isOpen,
      close: kept.close,
    };
  }
}

/** What builds the schema that the entities ask for on a server. */
function desiredSchemaBy(
  metadata: DiscoveredEntities,
  driver: Pick<Driver, keyof SchemaDriver | 'capabilities'>,
  { schema: defaultSchema, schemaGenerator = {} }: EntityReading,
): Surroundings['desiredSchema'] {
  return remember((server, schema) =>
    buildSchema({
      ...metadata,
      driver,
      capabilities: driver.capabilities(server?.serverVersion),
      options: {
        createForeignKeyConstraints: schemaGenerator.createForeignKeyConstraints,
        defaultSchema: defaultSchema ?? server?.defaultSchema,
        schema,
        tableNameCase: server?.tableNameCase,
      },
    }),
  );
}

/** The entities stay as they are, so what they ask for on a server is built once. */
function remember(build: Surroundings['desiredSchema']): Surroundings['desiredSchema'] {
  const built = new Map<string, Schema>();
  return (server, schema) => {
    const key = JSON.stringify([server?.serverVersion, server?.defaultSchema, server?.tableNameCase, schema]);
    const known = built.get(key) ?? build(server, schema);
    built.set(key, known);
    return known;
  };
}
