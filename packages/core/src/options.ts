import type { ConnectionOptions } from './driver.js';
import type { EntityClass } from './metadata/entity-class.js';
import type { MetadataProvider } from './metadata/metadata-provider.js';
import type { MigrationsOptions } from './migrations-options.js';
import type { NamingStrategy, TypeOrmNamingStrategy } from './naming/naming-strategy.js';

/** What `Dovetail.init` takes, on every database. */
export interface DovetailOptions extends ConnectionOptions {
  /** Entity classes, or globs of the files that export them (`./entities/*.js`), relative to `baseDir`. */
  readonly entities: readonly (EntityClass | string)[];
  /** Where relative globs start: a folder. The default is the process's working folder. */
  readonly baseDir?: string;
  /** The default namespace of the entities, where the database has namespaces. */
  readonly schema?: string;
  /** How tables, columns and constraints are named: a class or an object, ours or of TypeORM's interface. */
  readonly namingStrategy?: NamingStrategyOption;
  /** Where the types of properties come from when the decorators don't say. The default reads reflect-metadata. */
  readonly metadataProvider?: MetadataProvider;
  /** How the entities are read. */
  readonly discovery?: DiscoveryOptions;
  /** What the schema generator looks at, and how it goes about it. */
  readonly schemaGenerator?: SchemaGeneratorOptions;
  /** Where the files of migrations are, how they are written, and how they are run. */
  readonly migrations?: MigrationsOptions;
  /** Creates the database on `init` if it is missing. The default is true. */
  readonly ensureDatabase?: boolean;
  /**
   * Opens the database on `init`. The default is true. Without a connection, migrations can be written from a snapshot;
   * all else needs `orm.schema.ensureDatabase()` first, which opens it.
   */
  readonly connect?: boolean;
  /** Called with each statement before it is sent, those that read the catalog included. */
  readonly onStatement?: (sql: string) => void;
}

/** A naming strategy, or its class: some or all of our methods, or those of TypeORM's interface. */
export type NamingStrategyOption =
  Partial<NamingStrategy> | TypeOrmNamingStrategy | (new () => Partial<NamingStrategy> | TypeOrmNamingStrategy);

/** How the entities are read. */
export interface DiscoveryOptions {
  /** Makes an instance of each class to see which defaults its initializers give. The default is true. */
  readonly inferDefaultValues?: boolean;
  /** An error when there is no entity at all. The default is true. */
  readonly warnWhenNoEntities?: boolean;
}

/** What the schema generator looks at, and how it goes about it. */
export interface SchemaGeneratorOptions {
  /** Dumped SQL switches foreign keys off first and on again last. The default is true. */
  readonly disableForeignKeys?: boolean;
  /** Foreign keys become constraints of the database. The default is true; false leaves the columns alone. */
  readonly createForeignKeyConstraints?: boolean;
  /** Namespaces that are not looked at. */
  readonly ignoreSchema?: readonly string[];
  /** Tables that are not looked at, by name or pattern; `schema.table` for another namespace. */
  readonly skipTables?: readonly (string | RegExp)[];
  /** Views that are not looked at, by name or pattern. */
  readonly skipViews?: readonly (string | RegExp)[];
  /** Columns that are not looked at, by table: one that exists stays as it is. */
  readonly skipColumns?: Readonly<Record<string, readonly (string | RegExp)[]>>;
  /** How long to wait for another update to finish, in milliseconds. The default is 10,000. */
  readonly lockTimeout?: number;
}
