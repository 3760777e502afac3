import type { DiscoveryOptions, DovetailOptions, SchemaGeneratorOptions } from './options.js';
import type { MigrationsOptions } from './migrations-options.js';
import { DovetailError, type Problem } from './errors.js';
import { nearestName } from './metadata/nearest-name.js';

/**
 * The names of all options, for those who write plain JavaScript and have no compiler to tell them of a misspelt one. The
 * compiler tells us when an option is missing here.
 */
export type OptionNames<Options> = Readonly<Record<keyof Options, true | KnownOptions>>;

/** The names that an object of options may have, and those of the options that are objects of options in turn. */
export interface KnownOptions {
  readonly [name: string]: true | KnownOptions;
}

const discovery: OptionNames<DiscoveryOptions> = { inferDefaultValues: true, warnWhenNoEntities: true };

const schemaGenerator: OptionNames<SchemaGeneratorOptions> = {
  disableForeignKeys: true,
  createForeignKeyConstraints: true,
  ignoreSchema: true,
  skipTables: true,
  skipViews: true,
  skipColumns: true,
  lockTimeout: true,
};

const migrations: OptionNames<MigrationsOptions> = {
  path: true,
  pathTs: true,
  glob: true,
  tableName: true,
  snapshot: true,
  snapshotName: true,
  transactional: true,
  allOrNothing: true,
  safe: true,
  dropTables: true,
  emit: true,
  fileName: true,
  template: true,
};

/** What `Dovetail.init` takes on every database. */
export const dovetailOptions: OptionNames<DovetailOptions> = {
  entities: true,
  dbName: true,
  baseDir: true,
  schema: true,
  namingStrategy: true,
  metadataProvider: true,
  discovery,
  schemaGenerator,
  migrations,
  ensureDatabase: true,
  connect: true,
  onStatement: true,
};

/** What other tools, and other drivers, call an option. */
const otherNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['clientUrl', ['connectionString', 'url']],
  ['connectionString', ['url']],
  ['url', ['connectionString']],
  ['database', ['dbName']],
  ['username', ['user']],
  ['entitiesTs', ['entities']],
]);

/**
 * Refuses options that do not exist.
 *
 * @throws DovetailError `invalid-configuration` with the names that were probably meant.
 */
export function rejectUnknownOptions(options: object, known: KnownOptions): void {
  const problems = unknownOptions(options, known, '');
  if (problems.length > 0) {
    throw new DovetailError('invalid-configuration', 'The configuration has options that do not exist.', problems);
  }
}

function unknownOptions(options: object, known: KnownOptions, path: string): readonly Problem[] {
  return Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    const where = `${path}${name}`;
    const expected = Object.hasOwn(known, name) ? known[name] : undefined;
    if (expected === undefined) return [{ where, what: 'is no option', remedy: remedyFor(name, known, path) }];
    if (expected === true || value === undefined) return [];
    if (typeof value === 'object' && value !== null) return unknownOptions(value, expected, `${where}.`);
    return [{ where, what: 'is no object of options', remedy: 'Write an object: { name: value }.' }];
  });
}

function remedyFor(name: string, known: KnownOptions, path: string): string {
  const names = Object.keys(known);
  const meant = nearestName(name, names) ?? otherNames.get(name)?.find((other) => names.includes(other));
  return meant === undefined ? 'Take it off.' : `Write ${path}${meant}.`;
}
