import type { ColumnMetadata } from './entity-metadata.js';
import type { EntityModel } from './entity-model.js';
import type { Problems } from './problems.js';

/**
 * One column of each name. Classes that share a table may each have a property with the same column, as long as both
 * say the same of it; any other two properties on one column are reported.
 */
export function mergeSharedColumns(
  columns: readonly ColumnMetadata[],
  entity: EntityModel,
  problems: Problems,
): readonly ColumnMetadata[] {
  const optional = new Set(
    entity.members
      .filter((member) => member.optional)
      .map(({ className, declaration }) => `${className}.${declaration.name}`),
  );
  const merged = new Map<string, ColumnMetadata>();
  for (const column of columns) {
    const first = merged.get(column.name);
    if (first === undefined) merged.set(column.name, column);
    else if (!optional.has(column.origin) || !optional.has(first.origin)) reportDuplicate(first, column, problems);
    else if (!sayTheSame(first, column)) reportContradiction(first, column, problems);
  }
  return [...merged.values()];
}

function sayTheSame(a: ColumnMetadata, b: ColumnMetadata): boolean {
  return JSON.stringify({ ...a, origin: '' }) === JSON.stringify({ ...b, origin: '' });
}

function reportDuplicate(first: ColumnMetadata, second: ColumnMetadata, problems: Problems): void {
  problems.report(
    second.origin,
    `its column "${second.name}" is the column of ${first.origin} already`,
    'Give one of them another column (`name`), or `persist: false`.',
  );
}

function reportContradiction(first: ColumnMetadata, second: ColumnMetadata, problems: Problems): void {
  problems.report(
    second.origin,
    `it shares the column "${second.name}" with ${first.origin}, and says something else of it`,
    'Write the same options on both, or give one of them another column (`name`).',
  );
}
