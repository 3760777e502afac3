import type { EntityMetadata } from '@dovetail/core';
import { insertRows } from './insert.js';
import type { SeedModel } from './model.js';
import { invalidRow } from './problem.js';
import { equalities, givenColumns, quoteName, runStatement } from './statement.js';
import { isList } from './values.js';

/** Inserts the rows of many-to-many relations: one for each row and each of those that it is given. */
export async function insertPivots(
  entity: EntityMetadata,
  rows: readonly object[],
  keys: readonly object[],
  model: SeedModel,
): Promise<void> {
  const isFilled = (place: Pick<Relation, 'name' | 'origin'>): boolean =>
    rows.some((row) => itemsOf(row, place).length > 0);
  for (const relation of relationsOf(entity, model, isFilled)) {
    const { pivot, here, there } = relation;
    const pivotRows = rows.flatMap((row, index) =>
      itemsOf(row, relation).map((item) => ({ [here]: { ...row, ...keys[index] }, [there]: item })),
    );
    await insertRows(pivot, pivotRows, model);
  }
}

/** Lets a row that exists have those at the other end that it is given, and no others. */
export async function replacePivots(entity: EntityMetadata, row: object, key: object, model: SeedModel): Promise<void> {
  const isGiven = ({ name }: Pick<Relation, 'name'>): boolean => isList(Reflect.get(row, name));
  for (const { pivot, here } of relationsOf(entity, model, isGiven)) {
    const { columns, write } = model.writerOf(pivot);
    const condition = givenColumns(columns, write({ [here]: { ...row, ...key } }));
    const where = equalities(condition, 1, model).join(' and ');
    await runStatement(pivot, `delete from ${quoteName(model.tableOf(pivot), model)} where ${where}`, condition, model);
  }
  await insertPivots(entity, [row], [key], model);
}

/** A many-to-many relation as one end of it sees it. */
interface Relation {
  readonly name: string;
  readonly origin: string;
  readonly pivot: EntityMetadata;
  /** The properties of the pivot table that reference this end, and the other one. */
  readonly here: string;
  readonly there: string;
}

/** The many-to-many relations of which that is so. */
function relationsOf(
  { className, properties }: EntityMetadata,
  model: SeedModel,
  isConcerned: (place: Pick<Relation, 'name' | 'origin'>) => boolean,
): readonly Relation[] {
  return properties.flatMap((property): Relation[] => {
    if (property.kind !== 'collection' || property.pivot === undefined) return [];
    const { name } = property;
    const place = { name, origin: `${className}.${name}` };
    if (!isConcerned(place)) return [];
    const { entity, owner, inverse } = pivotOf(property.pivot, place.origin, model);
    const isOwner = property.pivot.endsWith(`.${name}`);
    return [{ ...place, pivot: entity, here: isOwner ? owner : inverse, there: isOwner ? inverse : owner }];
  });
}

function itemsOf(row: object, { name, origin }: Pick<Relation, 'name' | 'origin'>): readonly unknown[] {
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
