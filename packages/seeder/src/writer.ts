import type { EntityMetadata, PropertyMetadata } from '@dovetail/core';
import { messageOf } from '@dovetail/core/driver';
import { columnValue, type ColumnValue } from './column-value.js';
import type { SeedModel } from './model.js';
import { invalidRow } from './problem.js';
import { referenceReader } from './reference.js';
import { isRecord } from './values.js';

/** Lays rows out in the columns of their table. */
export interface Writer {
  /** The columns that a row is laid out in. */
  readonly columns: readonly string[];
  /** How the values of each of them travel, in the same order. */
  readonly values: readonly ColumnValue[];
  /** The parameters of a row, in the order of the columns; `undefined` where it leaves the value to the database. */
  write(row: object): unknown[];
  /** The columns of a property; none for one without. Throws a `DovetailError` where the entity has no such property. */
  columnsOf(property: string): readonly string[];
}

type Put = (parameters: unknown[], value: unknown) => void;

export function createWriter(entity: EntityMetadata, model: SeedModel): Writer {
  const columns = entity.columns.map(({ name }) => name);
  const values = columns.map((name) => columnValue(entity, name, model));
  const puts = putsOf(entity.properties, entity.className, { model, columns, values });
  const empty = columns.map((): unknown => undefined);
  return {
    columns,
    values,
    write(row) {
      const parameters = empty.slice();
      putAll(puts, parameters, row, entity.className);
      return parameters;
    },
    columnsOf(name) {
      const property = entity.properties.find((candidate) => candidate.name === name);
      if (property === undefined) throw unknownProperty(entity.className, name, puts);
      return columnsOf(property);
    },
  };
}

interface Target {
  readonly model: SeedModel;
  readonly columns: readonly string[];
  readonly values: readonly ColumnValue[];
}

function putsOf(properties: readonly PropertyMetadata[], origin: string, target: Target): ReadonlyMap<string, Put> {
  return new Map(properties.map((property) => [property.name, putOf(property, `${origin}.${property.name}`, target)]));
}

function putAll(puts: ReadonlyMap<string, Put>, parameters: unknown[], row: object, origin: string): void {
  if (!isRecord(row)) throw invalidRow(origin, 'a row is no object', 'Give an object with its properties.');
  for (const name in row) {
    const value = row[name];
    if (value === undefined) continue;
    const put = puts.get(name);
    if (put === undefined) throw unknownProperty(origin, name, puts);
    put(parameters, value);
  }
}

function putOf(property: PropertyMetadata, origin: string, target: Target): Put {
  switch (property.kind) {
    case 'scalar': {
      const { position, value: column } = slot(property.column, target);
      return (parameters, value) => {
        parameters[position] = converted(value, column, origin);
      };
    }
    case 'reference': {
      const { model } = target;
      const referenced = model.entityNamed(property.target);
      const read = referenceReader(referenced, property.referencedColumns, origin, model);
      return putColumns(property.columns, read, origin, target);
    }
    case 'polymorphic': {
      const { model } = target;
      const readers = new Map(
        property.targets.map(({ target: className, value, referencedColumns }) => {
          const read = referenceReader(model.entityNamed(className), referencedColumns, origin, model);
          return [className, (row: unknown) => [value, ...read(row)]];
        }),
      );
      const read = (row: unknown): readonly unknown[] => {
        const reader = isRecord(row) ? readers.get(model.originOf(row) ?? '') : undefined;
        if (reader === undefined) {
          const names = [...readers.keys()].join(', ');
          throw invalidRow(origin, `it is given what is not known to be one of ${names}`, 'Give what `insert` gave.');
        }
        return reader(row);
      };
      return putColumns([property.discriminatorColumn, ...property.columns], read, origin, target);
    }
    case 'embedded': {
      const puts = putsOf(property.properties, origin, target);
      return (parameters, value) => {
        if (value === null) for (const put of puts.values()) put(parameters, null);
        else if (isRecord(value)) putAll(puts, parameters, value, origin);
        else throw invalidRow(origin, `it is given a ${typeof value}`, 'Give an object with its properties.');
      };
    }
    case 'collection':
      if (property.pivot !== undefined) return () => undefined; // Its rows are written after those of the entity.
      return withoutColumn(origin, `Insert each ${property.target} with its reference to this row.`);
    case 'inverse':
      return withoutColumn(origin, `Insert the ${property.target} with its reference to this row.`);
    case 'not-persisted':
      return withoutColumn(origin, 'Leave it out.');
    default:
      return property satisfies never;
  }
}

function withoutColumn(origin: string, remedy: string): Put {
  return () => {
    throw invalidRow(origin, 'it has no column of its own', remedy);
  };
}

function putColumns(
  columns: readonly string[],
  read: (value: unknown) => readonly unknown[],
  origin: string,
  target: Target,
): Put {
  const slots = columns.map((column) => slot(column, target));
  return (parameters, value) => {
    const keys = value === null ? slots.map(() => null) : read(value);
    slots.forEach(({ position, value: column }, index) => {
      parameters[position] = converted(keys[index], column, origin);
    });
  };
}

function slot(column: string, { columns, values }: Target): { readonly position: number; readonly value: ColumnValue } {
  const position = columns.indexOf(column);
  const value = values[position];
  if (value === undefined) throw new Error(`There is no column ${column}.`);
  return { position, value };
}

function converted(value: unknown, column: ColumnValue, origin: string): unknown {
  try {
    return column.toParameter(value);
  } catch (cause) {
    const what = messageOf(cause);
    throw invalidRow(origin, `its value cannot be converted: ${what}`, 'Give a value of the property’s type.', {
      cause,
    });
  }
}

function unknownProperty(origin: string, name: string, puts: ReadonlyMap<string, Put>): Error {
  return invalidRow(`${origin}.${name}`, 'there is no such property', `Write one of ${[...puts.keys()].join(', ')}.`);
}

function columnsOf(property: PropertyMetadata): readonly string[] {
  switch (property.kind) {
    case 'scalar':
      return [property.column];
    case 'reference':
      return property.columns;
    case 'polymorphic':
      return [property.discriminatorColumn, ...property.columns];
    case 'embedded':
      return property.properties.flatMap(columnsOf);
    case 'collection':
    case 'inverse':
    case 'not-persisted':
      return [];
    default:
      return property satisfies never;
  }
}
