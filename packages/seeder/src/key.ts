import type { EntityMetadata, PropertyMetadata } from '@dovetail/core';
import type { Row } from '@dovetail/core/driver';
import type { SeedModel } from './model.js';

/** Makes the key of a row, by property: of what the row was given, and what the database made of it. */
export function keyMaker(entity: EntityMetadata, model: SeedModel): (row: object, returned: Row | undefined) => object {
  const { columns, values } = model.writerOf(entity);
  const parts = entity.properties
    .filter((property) => isOfKey(property, entity))
    .map((property) => {
      const column = property.kind === 'scalar' ? property.column : undefined;
      return { name: property.name, column, value: column === undefined ? undefined : values[columns.indexOf(column)] };
    });
  return (row, returned) => {
    const key: Record<string, unknown> = {};
    for (const { name, column, value } of parts) {
      const made = column === undefined ? undefined : returned?.[column];
      key[name] = made === undefined ? Reflect.get(row, name) : value?.fromRow(made);
    }
    return key;
  };
}

function isOfKey(property: PropertyMetadata, entity: EntityMetadata): boolean {
  switch (property.kind) {
    case 'scalar':
      return entity.primaryKey.includes(property.column);
    case 'reference':
    case 'polymorphic':
      return property.columns.some((column) => entity.primaryKey.includes(column));
    case 'embedded':
      return property.properties.some((nested) => isOfKey(nested, entity));
    case 'collection':
    case 'inverse':
    case 'not-persisted':
      return false;
    default:
      return property satisfies never;
  }
}
