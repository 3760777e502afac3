import { type LogicalType, logicalTypes } from '../driver.js';
import type { EntityClass } from '../metadata/entity-class.js';
import type { ColumnTypeMetadata } from '../metadata/entity-metadata.js';
import type { CustomTypes } from './custom-types.js';
import type { PropertyType } from './property-type.js';
import { isType, type Type } from './type.js';

/** TypeScript's names, and those of the reference, for the logical types. */
const aliases: ReadonlyMap<string, LogicalType> = new Map<string, LogicalType>([
  ['String', 'string'],
  ['number', 'integer'],
  ['Number', 'integer'],
  ['BigInt', 'bigint'],
  ['Boolean', 'boolean'],
  ['Date', 'datetime'],
  ['timestamp', 'datetime'],
  ['Buffer', 'blob'],
  ['Uint8Array', 'blob'],
  ['uint8array', 'blob'],
  ['object', 'json'],
  ['string[]', 'array'],
  ['String[]', 'array'],
  ['Array', 'array'],
]);

const constructors: ReadonlyMap<unknown, LogicalType> = new Map<unknown, LogicalType>([
  [String, 'string'],
  [Number, 'integer'],
  [BigInt, 'bigint'],
  [Boolean, 'boolean'],
  [Date, 'datetime'],
  [Buffer, 'blob'],
  [Uint8Array, 'blob'],
  [Array, 'array'],
]);

/** Arrays of these are columns of that element type; an array of strings is the logical type `array`. */
const elementTypes: ReadonlySet<string> = new Set(['number', 'bigint', 'boolean', 'Date']);

/** What a compiler writes for a type that does not exist at run time: an interface, a union, `any`. */
const unknownTypes: ReadonlySet<unknown> = new Set([Object, Function, 'Object', 'any', 'unknown', 'never']);

/** The column type that the `type` option, or a reflected type, stands for; `undefined` where it stands for none. */
export function resolveType(type: PropertyType, customTypes: CustomTypes): ColumnTypeMetadata | undefined {
  if (unknownTypes.has(type)) return undefined;
  if (typeof type === 'string') return resolveTypeName(type);
  if (isType(type)) return { kind: 'custom', key: customTypes.keyOf(type) };

  const logical = constructors.get(type);
  if (logical !== undefined) return { kind: 'logical', type: logical };
  return isTypeClass(type) ? { kind: 'custom', key: customTypes.keyOf(customTypes.instanceOf(type)) } : undefined;
}

function resolveTypeName(name: string): ColumnTypeMetadata {
  const logical = logicalTypes.find((type) => type === name) ?? aliases.get(name);
  if (logical !== undefined) return { kind: 'logical', type: logical };

  const element = name.endsWith('[]') ? name.slice(0, -2) : '';
  if (elementTypes.has(element)) return { kind: 'array', element: resolveTypeName(element) };
  return { kind: 'type-name', name };
}

function isTypeClass(value: EntityClass | BigIntConstructor): value is new () => Type {
  return typeof value === 'function' && isType(value.prototype);
}
