import { DovetailError, type DovetailBase, type DovetailOptions, type Driver } from '@dovetail/core';
import { dovetailOptions, type KnownOptions, type OptionNames, rejectUnknownOptions } from '@dovetail/core/driver';
import { settingsOf } from './environment.js';

/** The `Dovetail` of a database's package. */
export interface DovetailOf<Options> {
  readonly name: string;
  /** Which options it takes besides those of all databases. */
  readonly driver: Pick<Driver, 'connectionOptions'>;
  init(options: Options): Promise<DovetailBase>;
}

/** What the command line takes besides the options of `Dovetail.init`. */
export interface CommandLineOptions {
  /** The name by which `--context` asks for this configuration. The default is `default`. */
  readonly contextName?: string;
  /** Where seeders are. */
  readonly seeder?: SeederOptions;
  /** What `@dovetail/entity-generator` takes. */
  readonly entityGenerator?: Readonly<Record<string, unknown>>;
}

/** Where seeders are, as `@dovetail/seeder` takes it. */
export interface SeederOptions {
  /** What `--seed` runs where it names none: a class, or its name. The default is `DatabaseSeeder`. */
  readonly defaultSeeder?: string | (new () => { run(db: never, context: never): Promise<void> | void });
  /** The folder of the seeders, relative to the configuration's. The default is `./seeders`. */
  readonly path?: string;
  /** Their folder where the configuration is TypeScript. The default is `path`. */
  readonly pathTs?: string;
  /** Which files of the folder are seeders. The default is every script but declarations. */
  readonly glob?: string;
  /** The language that `seed:create` writes. The default is `ts`. */
  readonly emit?: 'ts' | 'js';
  /** The name of a new file, without its ending, for the name of its class. The default is the name of the class. */
  readonly fileName?: (className: string) => string;
}

const seeder: OptionNames<SeederOptions> = {
  defaultSeeder: true,
  path: true,
  pathTs: true,
  glob: true,
  emit: true,
  fileName: true,
};

const commandLineOptions: OptionNames<CommandLineOptions> = { contextName: true, seeder, entityGenerator: true };

/** The options of a configuration: what a `DOVETAIL_*` variable gives may be left out. */
export type ConfigOptions<Options extends DovetailOptions> = Omit<Options, 'dbName'> & {
  /** The name of the database; for SQLite, the path of its file. */
  readonly dbName?: string;
} & CommandLineOptions;

/** A configuration that the command line opens. */
export interface Config {
  readonly contextName: string;
  readonly options: CommandLineOptions & Readonly<Record<string, unknown>>;
  /** Reads the entities and opens the database. */
  open(changes: OpenChanges): Promise<DovetailBase>;
}

/** What a command changes about how the database is opened. */
export interface OpenChanges {
  /** Whether the database is connected to. */
  readonly connect: boolean;
  /** Whether a missing database is created. */
  readonly ensureDatabase: boolean;
  /** Whether no entity is read: for what makes entities. */
  readonly withoutEntities: boolean;
  /** Where relative globs of entities start: the configuration's folder. */
  readonly baseDir: string;
  /** Called with each statement before it is sent. */
  readonly onStatement?: (sql: string) => void;
}

/**
 * The configuration of the `dovetail` command, as the default export of `dovetail.config.ts`; a list of them for several
 * contexts; or a function that gives either, or a promise of it. Takes the `Dovetail` of the database's package and what its `init` takes. Connection settings that are left
 * out come from `DOVETAIL_*` variables.
 *
 * @example
 * export default defineConfig(Dovetail, { dbName: 'library.db', entities: [Author, Book] });
 */
export function defineConfig<Options extends DovetailOptions>(
  Dovetail: DovetailOf<Options>,
  options: ConfigOptions<Options>,
): Config {
  if (!isDovetail(Dovetail)) throw driverlessError();
  if (typeof options === 'function' || options instanceof Promise) throw makerError();
  const { contextName = 'default' } = options;
  const known = { ...dovetailOptions, ...Dovetail.driver.connectionOptions };
  rejectUnknownOptions(options, { ...known, ...commandLineOptions });
  const isComplete = (settings: object): settings is Options => 'dbName' in settings && settings.dbName !== undefined;
  return {
    contextName,
    options: { ...options },
    open(changes) {
      const { connect, ensureDatabase, withoutEntities, ...others } = changes;
      const complete = {
        ...others,
        ...pick(settingsOf(process.env), known),
        ...pick(options, known),
        ...(withoutEntities && { entities: [], discovery: { warnWhenNoEntities: false } }),
        connect,
        ensureDatabase: ensureDatabase && options.ensureDatabase !== false,
      };
      if (!isComplete(complete)) throw namelessError();
      return Dovetail.init(complete);
    },
  };
}

function isDovetail(value: unknown): boolean {
  return typeof value === 'function' && 'driver' in value && 'init' in value;
}

/** Of these options, those that are known: variables set those of several databases. */
function pick(options: object, known: KnownOptions): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(known, name)));
}

function driverlessError(): DovetailError {
  return new DovetailError('invalid-configuration', 'The configuration names no database system.', [
    {
      where: 'defineConfig',
      what: 'got no Dovetail first',
      remedy:
        "Import Dovetail from the package of your database, and write: defineConfig(Dovetail, { dbName: 'library' }).",
    },
  ]);
}

function makerError(): DovetailError {
  return new DovetailError('invalid-configuration', 'The configuration has no options.', [
    {
      where: 'defineConfig',
      what: 'got what makes options, or will be some',
      remedy: "Wait for it outside: export default async () => defineConfig(Dovetail, { dbName: 'library' }).",
    },
  ]);
}

function namelessError(): DovetailError {
  return new DovetailError('invalid-configuration', 'The configuration names no database.', [
    {
      where: 'dbName',
      what: 'is missing',
      remedy: "Write dbName: 'library' in the configuration, or set DOVETAIL_DB_NAME.",
    },
  ]);
}
