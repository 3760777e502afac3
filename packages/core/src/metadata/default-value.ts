import type { DefaultOption, PropertyOptions } from '../decorators/property.js';
import type { DefaultValue } from '../driver.js';
import { isCurrentTime, isRawSql } from '../types/raw.js';
import type { Type } from '../types/type.js';
import type { DefaultMetadata } from './entity-metadata.js';
import type { InitialValue } from './initial-values.js';

/** The default that the options state, if they state one. Throws an `Error` for a value that no column can hold. */
export function statedDefault(
  options: Pick<PropertyOptions, 'default' | 'defaultRaw'>,
  customType: Type | undefined,
): DefaultMetadata | undefined {
  const { defaultRaw } = options;
  if (defaultRaw !== undefined) {
    return { kind: 'expression', sql: isRawSql(defaultRaw) ? defaultRaw.sql : defaultRaw };
  }
  if (options.default === undefined) return undefined;
  if (isRawSql(options.default)) return { kind: 'expression', sql: options.default.sql };
  return { kind: 'value', value: toDefaultValue(converted(options.default, customType)) };
}

/** The default that an initializer gives, where it is the same simple value for every instance. */
export function initialDefault(
  initial: InitialValue | undefined,
  customType: Type | undefined,
): DefaultMetadata | undefined {
  if (initial?.constant !== true || !isSimple(initial.value)) return undefined;
  return { kind: 'value', value: toDefaultValue(converted(initial.value, customType)) };
}

/** What a version starts with: the current time for a date, else 1. */
export function versionDefault(isDate: boolean, precision: number): DefaultMetadata {
  return { kind: 'value', value: isDate ? { kind: 'now', precision } : { kind: 'number', value: '1' } };
}

function converted(value: DefaultOption, customType: Type | undefined): unknown {
  if (customType?.convertToDatabaseValue === undefined || value === null || isCurrentTime(value)) return value;
  return customType.convertToDatabaseValue(value);
}

function isSimple(value: unknown): value is string | number | bigint | boolean {
  switch (typeof value) {
    case 'string':
    case 'bigint':
    case 'boolean':
      return true;
    default:
      return Number.isFinite(value);
  }
}

/** A value as plain data. Throws an `Error` for one that no column can hold. */
export function toDefaultValue(value: unknown): DefaultValue {
  switch (typeof value) {
    case 'string':
      return { kind: 'string', value };
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`${value} is not a number that a column can hold`);
      return { kind: 'number', value: String(value) };
    case 'bigint':
      return { kind: 'number', value: String(value) };
    case 'boolean':
      return { kind: 'boolean', value };
    case 'object':
      return objectDefault(value);
    default:
      throw new Error(`a ${typeof value} is not a value that a column can hold`);
  }
}

function objectDefault(value: object | null): DefaultValue {
  if (value === null) return { kind: 'null' };
  if (value instanceof Date) return { kind: 'date', value: value.toISOString() };
  if (value instanceof Uint8Array) return { kind: 'bytes', value: Buffer.from(value).toString('hex') };
  if (isCurrentTime(value)) return { kind: 'now', precision: value.currentTime.precision };
  return { kind: 'json', value: JSON.stringify(value) };
}
