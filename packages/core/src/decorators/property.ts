import type { IgnorableAttribute } from '../model/schema.js';
import type { CurrentTime, RawSql } from '../types/raw.js';
import type { PropertyType } from '../types/property-type.js';
import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import type { PropertyRuntimeOptions } from './runtime-options.js';
import type { SqlText } from './sql-text.js';

/** What every column takes, whether it holds a value or references another entity. */
export interface ColumnOptions {
  /** The column's name. By default the naming strategy makes it of the property's. */
  readonly name?: string;
  /** The same as `name`. */
  readonly fieldName?: string;
  /** The column's type in the database's words, as it stands: `varchar(64)`. */
  readonly columnType?: string;
  /** The column takes null. The default is false, or what an initializer or the metadata provider shows. */
  readonly nullable?: boolean;
  /** An index on the column; a text is its name. False for none, where the column of a relation would have one. */
  readonly index?: boolean | string;
  /** A unique constraint on the column; a text is its name. */
  readonly unique?: boolean | string;
  /** The column is (part of) the primary key. */
  readonly primary?: boolean;
  /** False for a property without a column. */
  readonly persist?: boolean;
  /** The column's name before it was renamed, so that its values are kept. */
  readonly previousName?: string;
  /** A comment on the column. */
  readonly comment?: string;
  /** The length of a text, or the precision of a time, where the type has one. */
  readonly length?: number;
  /** The number of digits of a decimal. */
  readonly precision?: number;
  /** How many of these digits are behind the point. */
  readonly scale?: number;
  /** The column takes no negative numbers. */
  readonly unsigned?: boolean;
  /** How texts in the column are compared and sorted. */
  readonly collation?: string;
  /** The character set of the column. */
  readonly charset?: string;
  /** Further attributes in the database's words: `on update current_timestamp`. */
  readonly extra?: string;
  /** The column is left out of `select *`. */
  readonly invisible?: boolean;
  /** Differences in these attributes are not planned. */
  readonly ignoreSchemaChanges?: readonly IgnorableAttribute[];
  /** A check constraint of the column. */
  readonly check?: SqlText;
  /** The default, as a value; `raw()` and `sql.now()` for SQL. */
  readonly default?: DefaultOption;
  /** The default, as SQL. */
  readonly defaultRaw?: string | RawSql;
  /**
   * SQL that gives the rows that exist their value when the column is new, or when it no longer takes null and they hold
   * null. It can use the columns that the table has before the update, under their new names: `lower(name)`.
   */
  readonly backfill?: SqlText;
}

/** What a default can be. */
export type DefaultOption =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | RawSql
  | CurrentTime
  | readonly unknown[]
  | Readonly<Record<string, unknown>>;

/** What `@Property` and `@PrimaryKey` take. */
export interface PropertyOptions extends ColumnOptions, PropertyRuntimeOptions {
  /** `name`, as a list of one. */
  readonly fieldNames?: readonly string[];
  /** By default the type that the metadata provider or the initializer shows. */
  readonly type?: PropertyType;
  /** The TypeScript type where it can't be reflected: `string` of `string | null`. */
  readonly runtimeType?: string;
  /** `columnType`, as a list of one. */
  readonly columnTypes?: readonly string[];
  /** The database numbers new rows itself. The default for a primary key of one integer. */
  readonly autoincrement?: boolean;
  /** The expression that the database computes the column with, and how it is kept: `(price * quantity) stored`. */
  readonly generated?: SqlText;
  /** The property counts or dates the changes of a row: a default of 1, or of the current time. */
  readonly version?: boolean;
  /** Numbers are shown with leading zeros. */
  readonly zerofill?: boolean;
  /** The spatial reference system of a geometry. */
  readonly srid?: number;
  /** An array of the type, in a column of that array type. */
  readonly array?: boolean;
  /** SQL that a query computes the property with; there is no column. */
  readonly formula?: SqlText | ((alias: string) => string);
  /** The property that programs see instead of this one; the column is named after it. */
  readonly accessor?: boolean | string;
}

/**
 * A property with a column. On a method, the property is computed by the class and has none.
 *
 * @example
 * @Property({ type: t.string, length: 100, unique: true })
 * email!: string;
 */
export function Property(options: PropertyOptions = {}): PropertyDecorator {
  return propertyDecorator((declarations, { name, isMethod }) => {
    declarations.properties.push(
      isMethod || options.formula !== undefined ? { kind: 'not-persisted', name } : { kind: 'scalar', name, options },
    );
  });
}
