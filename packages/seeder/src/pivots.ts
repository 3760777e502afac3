import type { EntityMetadata } from '@dovetail/core';
import { insertRows } from './insert.js';
import type { SeedModel } from './model.js';
import { invalidRow } from './problem.js';
import { isList } from './values.js';

/** Inserts the rows of many-to-many relations: one for each row and each of those that it is given. */
export async function insertPivots(
  entity: EntityMetadata,
  rows: readonly object[],
  keys: readonly object[],
  model: SeedModel,
): Promise<void> {
  for (const property of entity.properties) {
    if (property.kind !== 'collection' || property.pivot === undefined) continue;
    const { name } = property;
    const origin = `${entity.className}.${name}`;
    const given = rows.map((row) => itemsOf(row, name, origin));
    if (given.every((items) => items.length === 0)) continue;

    const pivot = pivotOf(property.pivot, origin, model);
    const isOwner = property.pivot.endsWith(`.${name}`);
    const [here, there] = isOwner ? [pivot.owner, pivot.inverse] : [pivot.inverse, pivot.owner];
    const pivotRows = given.flatMap((items, index) =>
      items.map((item) => ({ [here]: { ...rows[index], ...keys[index] }, [there]: item })),
    );
    await insertRows(pivot.entity, pivotRows, model);
  }
}

function itemsOf(row: object, name: string, origin: string): readonly unknown[] {
  const items: unknown = Reflect.get(row, name) ?? [];
  if (isList(items)) return items;
  throw invalidRow(origin, 'it is not given a list', 'Give the keys at the other end, or what `insert` gave for them.');
}

interface Pivot {
  readonly entity: EntityMetadata;
  /** The properties of the pivot table that reference either end. */
  readonly owner: string;
  readonly inverse: string;
}

function pivotOf(className: string, origin: string, model: SeedModel): Pivot {
  const entity = model.orm.metadata.entities.find((candidate) => candidate.className === className);
  const [owner, inverse] = entity?.properties.filter(({ kind }) => kind === 'reference') ?? [];
  const isMade = ![...model.orm.metadata.classes.values()].includes(className);
  if (isMade && entity !== undefined && owner !== undefined && inverse !== undefined) {
    return { entity, owner: owner.name, inverse: inverse.name };
  }
  throw invalidRow(origin, `its rows are those of the entity ${className}`, `Insert them into ${className}.`);
}
