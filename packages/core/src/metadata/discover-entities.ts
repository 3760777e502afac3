import { findDeclarations } from '../decorators/declarations.js';
import { resolveNamingStrategy } from '../naming/resolve-naming-strategy.js';
import type { DovetailOptions } from '../options.js';
import { collectCustomTypes } from '../types/custom-types.js';
import type { Type } from '../types/type.js';
import { buildEntity } from './build-entity.js';
import { buildPivots } from './build-pivots.js';
import { collectEntities } from './collect-entities.js';
import type { EntityClass } from './entity-class.js';
import type { EntityMetadata } from './entity-metadata.js';
import type { DiscoveryContext } from './entity-model.js';
import { noInitialValues, observeInitialValues } from './initial-values.js';
import { loadClasses } from './load-classes.js';
import { collectProblems } from './problems.js';
import { ReflectMetadataProvider } from './reflect-metadata-provider.js';
import { validateDeclarations } from './validate-declarations.js';
import { validateDiscriminators } from './validate-discriminators.js';
import { validateEntities } from './validate-entities.js';
import { validateOptions } from './validate-options.js';
import { validateRelations } from './validate-relations.js';

/** The options that discovery goes by. */
export type DiscoverEntitiesOptions = Pick<
  DovetailOptions,
  'entities' | 'baseDir' | 'namingStrategy' | 'metadataProvider' | 'discovery'
>;

/** What discovery makes of the entity classes. */
export interface DiscoveredEntities {
  /** One for each table, view and virtual entity; pivot tables come after the entities. */
  readonly entities: readonly EntityMetadata[];
  /** The `className` of the entity that each class leads to: its own, or that of the class whose table it shares. */
  readonly classes: ReadonlyMap<EntityClass, string>;
  /** The custom types, by the `key` that columns name them with. */
  readonly customTypes: ReadonlyMap<string, Type>;
}

/**
 * Makes metadata of decorated classes: loads the files of globs, resolves types and relations, decides every name and
 * lays everything out in tables and columns.
 *
 * Throws one `DovetailError` with the code `invalid-metadata` that holds all mistakes of all entities.
 *
 * @example
 * const { entities } = await discoverEntities({ entities: [Author, './entities/*.js'] });
 */
export async function discoverEntities(options: DiscoverEntitiesOptions): Promise<DiscoveredEntities> {
  const problems = collectProblems();
  const classes = await loadClasses(options.entities, options.baseDir ?? process.cwd(), problems);
  // What cannot be made sense of at all is told by itself.
  if (!validateOptions(classes, problems)) problems.throwIfAny();
  const naming = resolveNamingStrategy(options.namingStrategy);
  const entities = collectEntities(classes, naming, problems);
  const context: DiscoveryContext = {
    naming,
    provider: options.metadataProvider ?? new ReflectMetadataProvider(),
    problems,
    customTypes: collectCustomTypes(),
    initialValues: options.discovery?.inferDefaultValues === false ? noInitialValues : observeInitialValues(),
    entities,
    embeddables: classes.filter((target) => findDeclarations(target)?.embeddable !== undefined),
    resolvingKeys: new Set(),
  };

  if (entities.all.length === 0 && options.discovery?.warnWhenNoEntities !== false) {
    problems.report('entities', 'there is no entity', 'List entity classes, or globs of the files that export them.');
  }
  validateDeclarations(context);
  validateDiscriminators(context);
  validateRelations(context);
  const built = [
    ...entities.all.map((entity) => buildEntity(entity, context)),
    ...entities.all.flatMap((entity) => buildPivots(entity, context)),
  ];
  validateEntities(built, context);
  problems.throwIfAny();

  return { entities: built, classes: entities.classNames, customTypes: context.customTypes.byKey };
}
