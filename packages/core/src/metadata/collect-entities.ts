import { findDeclarations } from '../decorators/declarations.js';
import type { EntityOptions } from '../decorators/entity.js';
import { groupBy } from '../group-by.js';
import type { CompleteNamingStrategy } from '../naming/complete-naming-strategy.js';
import type { EntityClass } from './entity-class.js';
import type { EntityIndex, EntityModel, Member } from './entity-model.js';
import { type DeclaringClass, lineageOf } from './lineage.js';
import { distinctMembers, membersOf, sourcesOf, withDiscriminator } from './members.js';
import type { Problems } from './problems.js';

/** Lays the classes out in tables: one for each, but for classes that share one or have none. */
export function collectEntities(
  classes: readonly EntityClass[],
  naming: CompleteNamingStrategy,
  problems: Problems,
): EntityIndex {
  const entityClasses = withHierarchyRoots(classes.filter(hasTable));
  reportSharedNames(entityClasses, problems);

  const sharing = groupBy(entityClasses, sharedTableRoot);
  const models = new Map<EntityClass, EntityModel>();
  const modelOf = (target: EntityClass): EntityModel => {
    const known = models.get(target);
    if (known !== undefined) return known;
    const shared = sharedTableRoot(target);
    const made = shared === undefined ? makeModel(target, sharing.get(target) ?? [], naming, modelOf) : modelOf(shared);
    models.set(target, made);
    return made;
  };

  const all = [...new Set(entityClasses.map(modelOf))];
  const byName = new Map(entityClasses.map((target) => [target.name, modelOf(target)]));
  return {
    all,
    byClass: (target) => models.get(target),
    byName: (className) => byName.get(className),
    classNames: new Map([...models].map(([target, { className }]) => [target, className])),
  };
}

function makeModel(
  target: EntityClass,
  sharing: readonly EntityClass[],
  naming: CompleteNamingStrategy,
  modelOf: (target: EntityClass) => EntityModel,
): EntityModel {
  const options = entityOptions(target) ?? {};
  const parent = joinedParent(target);
  const lineage = parent === undefined ? lineageOf(target) : lineageAfter(target, parent);
  const shared = sharing.flatMap((child) => membersOf(lineageAfter(child, target), child, true));

  return {
    class: target,
    className: target.name,
    kind: entityKind(options),
    options,
    tableName: naming.tableName(target.name, options.tableName ?? options.collection),
    members: distinctMembers([...ownMembers(target, lineage, options, naming), ...shared]),
    sources: sourcesOf([...lineage, ...sharing.flatMap((child) => lineageAfter(child, target))], target, hasTable),
    parent: parent && modelOf(parent),
  };
}

function entityKind({ view, virtual, expression }: EntityOptions): EntityModel['kind'] {
  if (view !== undefined && view !== false) return 'view';
  return virtual === true || expression !== undefined ? 'virtual' : 'table';
}

/** A shared table has a column that tells its classes apart, after those of the class it belongs to. */
function ownMembers(
  target: EntityClass,
  lineage: readonly DeclaringClass[],
  options: EntityOptions,
  naming: CompleteNamingStrategy,
): readonly Member[] {
  const members = membersOf(lineage, target, false);
  if (!startsSharedTable(options)) return members;
  const stated = options.discriminator ?? options.discriminatorColumn ?? naming.discriminatorColumnName(target.name);
  const column = options.discriminatorColumn ?? stated;
  return withDiscriminator(members, { name: stated, column, indexed: true }, target);
}

function lineageAfter(target: EntityClass, base: EntityClass): readonly DeclaringClass[] {
  const lineage = lineageOf(target);
  return lineage.slice(lineage.findIndex((declaring) => declaring.class === base) + 1);
}

function entityOptions(target: EntityClass): EntityOptions | undefined {
  return findDeclarations(target)?.entity;
}

function hasTable(target: EntityClass): boolean {
  const options = entityOptions(target);
  return (
    options !== undefined && (options.abstract !== true || startsSharedTable(options) || startsJoinedTables(options))
  );
}

function startsSharedTable({ discriminatorColumn, discriminatorMap, discriminator }: EntityOptions): boolean {
  return discriminatorColumn !== undefined || discriminatorMap !== undefined || discriminator !== undefined;
}

function startsJoinedTables({ inheritance }: EntityOptions): boolean {
  return inheritance === 'tpt';
}

function ancestors(target: EntityClass): EntityClass[] {
  return lineageOf(target)
    .map((declaring) => declaring.class)
    .filter((declaring) => declaring !== target);
}

/** The class whose table this one shares, in single table inheritance. */
function sharedTableRoot(target: EntityClass): EntityClass | undefined {
  return ancestors(target).find((ancestor) => startsSharedTable(entityOptions(ancestor) ?? {}));
}

/** The class whose table this one's rows continue, in joined inheritance: the nearest that has a table. */
function joinedParent(target: EntityClass): EntityClass | undefined {
  const bases = ancestors(target);
  const root = bases.findIndex((ancestor) => startsJoinedTables(entityOptions(ancestor) ?? {}));
  return root === -1 ? undefined : bases.slice(root).findLast(hasTable);
}

/** A class that shares or continues a table needs the classes before it, listed or not. */
function withHierarchyRoots(classes: readonly EntityClass[]): EntityClass[] {
  const found = new Set<EntityClass>();
  const add = (target: EntityClass): void => {
    const before = sharedTableRoot(target) ?? joinedParent(target);
    if (before !== undefined) add(before);
    found.add(target);
  };
  classes.forEach(add);
  return [...found];
}

function reportSharedNames(classes: readonly EntityClass[], problems: Problems): void {
  const names = new Set<string>();
  for (const { name } of classes) {
    if (name === '') {
      problems.report(
        'entities',
        'an entity class has no name',
        'Name the class: relations and tables go by its name.',
      );
    } else if (names.has(name)) {
      problems.report(name, 'two entity classes have this name', 'Rename one of them; `tableName` can keep its table.');
    }
    names.add(name);
  }
}
