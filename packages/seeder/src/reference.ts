import type { EntityMetadata, PropertyMetadata } from '@dovetail/core';
import type { SeedModel } from './model.js';
import { invalidRow } from './problem.js';
import { isList, isRecord } from './values.js';

type Read = (row: unknown) => unknown;

/** Gives the values of the referenced columns: of a key, the values of a composite one, or a row that has it. */
export function referenceReader(
  target: EntityMetadata,
  referencedColumns: readonly string[],
  origin: string,
  model: SeedModel,
): (value: unknown) => readonly unknown[] {
  const reads = referencedColumns.map((column) => columnReader(target.properties, column, model));
  return (value) => {
    const keys = isList(value) ? value : isRecord(value) ? reads.map((read) => read(value)) : [value];
    if (keys.length === referencedColumns.length && keys.every((key) => key !== undefined)) return keys;
    throw invalidRow(
      origin,
      `it is given ${isRecord(value) ? `a ${target.className} without` : 'another number of values than'} the key`,
      `Give the key of the ${target.className}, or what \`insert\` gave for it.`,
    );
  };
}

/** Reads from a row what one of its columns would hold. */
function columnReader(properties: readonly PropertyMetadata[], column: string, model: SeedModel): Read {
  for (const property of properties) {
    const { name } = property;
    const read = propertyReader(property, column, model);
    if (read !== undefined) return (row) => (isRecord(row) ? read(row[name]) : undefined);
  }
  return () => undefined;
}

function propertyReader(property: PropertyMetadata, column: string, model: SeedModel): Read | undefined {
  switch (property.kind) {
    case 'scalar':
      return property.column === column ? (value) => value : undefined;
    case 'reference': {
      const index = property.columns.indexOf(column);
      const referenced = property.referencedColumns[index];
      if (referenced === undefined) return undefined;
      const read = columnReader(model.entityNamed(property.target).properties, referenced, model);
      return (value) => {
        if (isList(value)) return value[index];
        return isRecord(value) ? read(value) : value;
      };
    }
    case 'embedded': {
      const inside = property.properties.some((nested) => propertyReader(nested, column, model) !== undefined);
      return inside ? columnReader(property.properties, column, model) : undefined;
    }
    case 'polymorphic':
    case 'collection':
    case 'inverse':
    case 'not-persisted':
      return undefined;
    default:
      return property satisfies never;
  }
}
