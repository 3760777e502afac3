import type { EntityMetadata, ForeignKeyMetadata } from '@dovetail/core';
import { invalidRow } from './problem.js';

/** What is done to a table so that all rows of all tables can go. */
export type DeletionStep =
  | { readonly kind: 'delete'; readonly entity: EntityMetadata }
  /** The columns become null, where tables reference each other or themselves. */
  | { readonly kind: 'release'; readonly entity: EntityMetadata; readonly foreignKey: ForeignKeyMetadata };

/** Rows go before those that they reference; a circle is opened where its columns take null. */
export function deletionOrder(entities: readonly EntityMetadata[]): readonly DeletionStep[] {
  const steps: DeletionStep[] = [];
  const remaining = new Set(entities);
  const released = new Set<ForeignKeyMetadata>();
  const release = (entity: EntityMetadata, foreignKey: ForeignKeyMetadata): void => {
    released.add(foreignKey);
    steps.push({ kind: 'release', entity, foreignKey });
  };
  const isFree = (entity: EntityMetadata): boolean =>
    ![...remaining].some((other) => other !== entity && referencesTo(entity, other).some((key) => !released.has(key)));

  // Some databases check the rows of one statement one by one.
  for (const entity of entities) {
    for (const key of referencesTo(entity, entity)) if (takesNull(entity, key)) release(entity, key);
  }
  while (remaining.size > 0) {
    const free = [...remaining].find(isFree);
    if (free === undefined) openCircle([...remaining], released, release);
    else {
      remaining.delete(free);
      steps.push({ kind: 'delete', entity: free });
    }
  }
  return steps;
}

function openCircle(
  entities: readonly EntityMetadata[],
  released: ReadonlySet<ForeignKeyMetadata>,
  release: (entity: EntityMetadata, foreignKey: ForeignKeyMetadata) => void,
): void {
  for (const entity of entities) {
    for (const target of entities) {
      const key = referencesTo(target, entity).find((each) => !released.has(each) && takesNull(entity, each));
      if (key !== undefined) {
        release(entity, key);
        return;
      }
    }
  }
  const names = entities.map(({ className }) => className).join(', ');
  throw invalidRow(
    names,
    'their rows reference each other, and no such column takes null',
    'Make one of the relations nullable, or delete the rows with `db.connection`.',
  );
}

function referencesTo(target: EntityMetadata, from: EntityMetadata): readonly ForeignKeyMetadata[] {
  return from.foreignKeys.filter((key) => key.constrained && key.target.className === target.className);
}

function takesNull({ columns }: EntityMetadata, key: ForeignKeyMetadata): boolean {
  return key.columns.every((name) => columns.some((column) => column.name === name && column.nullable));
}
