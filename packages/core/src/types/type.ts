import type { LogicalType, TypeAttributes } from '../driver.js';

/** The property that a custom type is asked for. */
export interface TypedProperty {
  /** The class and property: `Invoice.total`. */
  readonly origin: string;
  /** Length, precision and the like, as the decorator states them. */
  readonly attributes: TypeAttributes;
}

/** The database that a custom type is asked for. */
export interface TypeContext {
  /** The database's name: `SQLite`. */
  readonly database: string;
  /** The column type that the database has for a logical type. */
  columnType(type: LogicalType, attributes?: TypeAttributes): string;
}

/**
 * A type of your own: which column it has, and how its values travel.
 *
 * @typeParam JsValue the value in the entity.
 * @typeParam DatabaseValue the value in the row.
 * @example
 * class MoneyType extends Type<Money, string> {
 *   getColumnType(property: TypedProperty, context: TypeContext) {
 *     return context.columnType('decimal', { precision: 19, scale: 4 });
 *   }
 *   override convertToDatabaseValue(value: Money) {
 *     return value.toString();
 *   }
 * }
 */
export abstract class Type<JsValue = unknown, DatabaseValue = unknown> {
  /** The column type, in the database's words. */
  abstract getColumnType(property: TypedProperty, context: TypeContext): string;

  /** The row's value of an entity's value; also used for `default`. The value itself when left out. */
  convertToDatabaseValue?(value: JsValue): DatabaseValue;

  /** The entity's value of a row's value. The value itself when left out. */
  convertToJSValue?(value: DatabaseValue): JsValue;
}

/** Told by its shape, so that a type made with another copy of this package is known too. */
export function isType(value: unknown): value is Type {
  return (
    typeof value === 'object' && value !== null && 'getColumnType' in value && typeof value.getColumnType === 'function'
  );
}
