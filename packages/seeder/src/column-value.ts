import type { LogicalType } from '@dovetail/core/driver';
import type { ColumnMetadata, ColumnTypeMetadata, EntityMetadata } from '@dovetail/core';
import type { SeedModel } from './model.js';

/** How the values of a column travel. */
export interface ColumnValue {
  /** What the connection is given for a property's value. */
  toParameter(value: unknown): unknown;
  /** The property's value of what the connection gives. */
  fromRow(value: unknown): unknown;
}

export function columnValue(entity: EntityMetadata, name: string, model: SeedModel): ColumnValue {
  const { types } = model.orm.driver;
  const columnType = model.columnTypeOf(entity, name);
  const type = typeOf(entity, name, model);
  switch (type?.kind) {
    case 'logical': {
      const toParameter = types.toParameter(columnType, type.type);
      return {
        toParameter: integers.has(type.type) ? whole(toParameter) : toParameter,
        fromRow: type.type === 'bigint' ? toBigInt : (value) => value,
      };
    }
    case 'custom': {
      const custom = model.orm.metadata.customTypes.get(type.key);
      const toParameter = types.toParameter(columnType);
      return {
        toParameter: (value) => toParameter(custom?.convertToDatabaseValue?.(value) ?? value),
        fromRow: (value) => custom?.convertToJSValue?.(value) ?? value,
      };
    }
    case 'array':
    case 'column-type':
    case 'type-name':
    case 'native-enum':
    case 'same-as':
    case undefined:
      return { toParameter: types.toParameter(columnType), fromRow: (value) => value };
    default:
      return type satisfies never;
  }
}

const integers: ReadonlySet<LogicalType> = new Set<LogicalType>([
  'integer',
  'bigint',
  'smallint',
  'mediumint',
  'tinyint',
]);

/** MySQL and MariaDB would round a fraction, SQLite would keep it; beyond 2^53 a number is another one than was written. */
function whole(toParameter: ColumnValue['toParameter']): ColumnValue['toParameter'] {
  return (value) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return toParameter(value);
    throw new Error(
      Number.isInteger(value) ? `${value} is too large for a number: write a bigint` : `${value} is not whole`,
    );
  };
}

/** Connections give a bigint as a number, a text or a bigint, as their libraries have it. */
function toBigInt(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'string' ? BigInt(value) : value;
}

/** The type of the column itself; that of the referenced one, where it belongs to a foreign key. */
function typeOf(entity: EntityMetadata, name: string, model: SeedModel): ColumnTypeMetadata | undefined {
  const type = findColumn(entity, name)?.type;
  return type?.kind === 'same-as' ? typeOf(model.entityNamed(type.className), type.column, model) : type;
}

function findColumn({ columns }: EntityMetadata, name: string): ColumnMetadata | undefined {
  return columns.find((column) => column.name === name);
}
