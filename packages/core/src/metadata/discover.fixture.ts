import { DovetailError, type Problem } from '../errors.js';
import { discoverEntities, type DiscoverEntitiesOptions } from './discover-entities.js';
import type { EntityClass } from './entity-class.js';
import type { ColumnMetadata, EntityMetadata } from './entity-metadata.js';

type Options = Omit<DiscoverEntitiesOptions, 'entities'>;

/** The metadata of classes, by class name. */
export async function discover(
  entities: DiscoverEntitiesOptions['entities'],
  options: Options = {},
): Promise<(className: string) => EntityMetadata> {
  const discovered = await discoverEntities({ entities, ...options });
  return (className) => {
    const found = discovered.entities.find((entity) => entity.className === className);
    if (found === undefined) throw new Error(`there is no metadata of ${className}`);
    return found;
  };
}

/** The metadata of one class. */
export async function discoverOne(entity: EntityClass, options: Options = {}): Promise<EntityMetadata> {
  const metadata = await discover([entity], options);
  return metadata(entity.name);
}

export function column(entity: EntityMetadata, name: string): ColumnMetadata {
  const found = entity.columns.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`${entity.className} has no column ${name}`);
  return found;
}

export function columnNames(entity: EntityMetadata): readonly string[] {
  return entity.columns.map(({ name }) => name);
}

/** Where and what the mistakes are; each must have a remedy. */
export async function mistakes(...entities: (EntityClass | string)[]): Promise<string[]> {
  const problems = await problemsOf(entities);
  const helpless = problems.filter(({ remedy }) => remedy === '');
  if (helpless.length > 0) throw new Error(`no remedy for ${JSON.stringify(helpless)}`);
  return problems.map(({ where, what }) => `${where}: ${what}`);
}

/** A function that gives what its type does not allow, as one in JavaScript may. */
export function giving(value: unknown): () => EntityClass {
  const untyped = { give: (): EntityClass => Object };
  Reflect.set(untyped, 'give', () => value);
  return untyped.give;
}

/** The mistakes that discovery finds. */
export async function problemsOf(
  entities: DiscoverEntitiesOptions['entities'],
  options: Options = {},
): Promise<readonly Problem[]> {
  try {
    await discoverEntities({ entities, ...options });
    return [];
  } catch (error) {
    if (error instanceof DovetailError && error.code === 'invalid-metadata') return error.problems;
    throw error;
  }
}
