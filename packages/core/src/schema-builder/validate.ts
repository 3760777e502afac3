import type { EntityMetadata } from '../metadata/entity-metadata.js';
import { displayName, objectKey, type FoldName } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';
import type { BuildContext } from './context.js';
import { reportTooLong } from './names.js';

export interface NamedEntity {
  readonly entity: EntityMetadata;
  readonly name: ObjectName;
}

/** Two tables or views of one name, as the database reads names. */
export function validateRelationNames(relations: readonly NamedEntity[], context: BuildContext): void {
  const { report, driver } = context;
  const owners = new Map<string, string>();
  for (const { entity, name } of relations) {
    reportTooLong(name.name, entity.className, context);
    const key = objectKey(name, driver.comparison);
    const owner = owners.get(key);
    if (owner === undefined) {
      owners.set(key, entity.className);
      continue;
    }
    report.invalid({
      where: entity.className,
      what: `for ${driver.name}, its table "${displayName(name)}" is the table of ${owner}`,
      remedy: 'Give one of them another `tableName`.',
    });
  }
}

/** What the database would refuse in an entity's table, or would read otherwise than the entity does. */
export function validateEntity(entity: EntityMetadata, context: BuildContext): void {
  if (entity.columns.length === 0) {
    context.report.invalid({
      where: entity.className,
      what: 'a table needs at least one column',
      remedy: 'Add a property, or make the entity abstract.',
    });
  }
  validateColumnNames(entity, context);
  validateTriggerNames(entity, context);
}

function validateColumnNames(entity: EntityMetadata, context: BuildContext): void {
  for (const { name, origin } of entity.columns) reportTooLong(name, origin, context);
  for (const [first, second] of sameNamed(entity.columns, context.driver.comparison.foldName)) {
    context.report.invalid({
      where: second.origin,
      what: `for ${context.driver.name}, its column "${second.name}" is the column "${first.name}" of ${first.origin}`,
      remedy: 'Give one of them another `fieldName`.',
    });
  }
}

function validateTriggerNames(entity: EntityMetadata, context: BuildContext): void {
  for (const { name } of entity.triggers) reportTooLong(name, entity.className, context);
  for (const [, { name }] of sameNamed(entity.triggers, context.driver.comparison.foldName)) {
    context.report.invalid({
      where: entity.className,
      what: `two of its triggers are called "${name}"`,
      remedy: 'Give one of them another name.',
    });
  }
}

function sameNamed<Item extends { readonly name: string }>(
  items: readonly Item[],
  fold: FoldName,
): readonly (readonly [first: Item, second: Item])[] {
  const firsts = new Map<string, Item>();
  const pairs: [Item, Item][] = [];
  for (const item of items) {
    const first = firsts.get(fold(item.name));
    if (first === undefined) firsts.set(fold(item.name), item);
    else pairs.push([first, item]);
  }
  return pairs;
}
