import type { CheckMetadata, EntityMetadata, ExclusionMetadata } from '../metadata/entity-metadata.js';
import type { Check, Exclusion } from '../model/schema.js';
import { findColumn, type BuildContext } from './context.js';
import { requireFeatures } from './features.js';
import type { Unnamed } from './names.js';

/** A check; `undefined` for the items of an enum where the column's type sees to them, or no check can be stated. */
export function buildCheck(
  { name, origin, expression, enforced }: CheckMetadata,
  entity: EntityMetadata,
  context: BuildContext,
): Unnamed<Omit<Check, 'name'>> | undefined {
  switch (expression.kind) {
    case 'expression':
      requireFeatures({ 'check-not-enforced': enforced === false }, origin, context);
      return { name, origin, item: { expression: expression.sql, ...(enforced === false && { enforced }) } };
    case 'enum': {
      const { column, items, array } = expression;
      if (typeKeepsItems(column, entity, context)) return undefined;
      const condition = context.driver.types.enumCheck(column, items, array);
      return condition === undefined ? undefined : { name, origin, item: { expression: condition } };
    }
    default:
      return expression satisfies never;
  }
}

export function buildExclusion(
  { name, origin, definition }: ExclusionMetadata,
  context: BuildContext,
): Unnamed<Omit<Exclusion, 'name'>> {
  requireFeatures({ exclusion: definition }, origin, context);
  return { name, origin, item: { definition } };
}

function typeKeepsItems(column: string, entity: EntityMetadata, { capabilities }: BuildContext): boolean {
  const type = findColumn(entity, column)?.type;
  if (type?.kind === 'native-enum') return true;
  return capabilities.enumAs === 'column-type' && type?.kind === 'logical' && type.type === 'enum';
}
