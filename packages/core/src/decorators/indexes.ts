import { classOrPropertyDecorator, type ClassOrPropertyDecorator } from './decorator.js';
import type { DeferMode } from './relation-options.js';
import type { IndexFilter } from './index-filter.js';
import type { SqlText } from './sql-text.js';

/** A column of an index, or an expression, with what else is said of it. */
export interface IndexColumnOptions {
  /** The property or the column; with dots what is inside an embedded object or a JSON column: `address.city`. */
  readonly name?: string;
  /** An expression instead of a column: `lower(email)`. */
  readonly expression?: SqlText;
  /** Ascending unless told otherwise. */
  readonly sort?: 'asc' | 'desc' | 'ASC' | 'DESC';
  /** Where nulls come in the order. */
  readonly nulls?: 'first' | 'last' | 'FIRST' | 'LAST';
  /** The number of leading characters (bytes for binary types) that are indexed. */
  readonly length?: number;
  /** The operator class that the index compares by. */
  readonly opclass?: string;
  /** How the index compares texts. By default as the column does. */
  readonly collation?: string;
}

/** What `@Index` takes. */
export interface IndexOptions {
  /** The name of the index. By default the naming strategy makes it of the table and its columns. */
  readonly name?: string;
  /**
   * The indexed properties; with dots what is inside an embedded object or a JSON column: `address.city`. On a property,
   * that one.
   */
  readonly properties?: string | readonly string[];
  /** The indexed columns with what else is said of them, instead of `properties`. */
  readonly columns?: readonly IndexColumnOptions[];
  /** The indexed expression itself, instead of columns: `lower(email)`. */
  readonly expression?: SqlText;
  /** The condition of a partial index, as SQL or as a filter: `{ deletedAt: null, kind: { $in: ['a', 'b'] } }`. */
  readonly where?: SqlText | IndexFilter;
  /** Properties that are kept in the index without being searched by. */
  readonly include?: string | readonly string[];
  /** The access method or kind of index: `gin`, `fulltext`. */
  readonly type?: string;
  /** The index is kept up to date and not used. */
  readonly invisible?: boolean;
  /** The order of the index is that of the table's rows. */
  readonly clustered?: boolean;
  /** The index is kept without being used or updated. */
  readonly disabled?: boolean;
  /** Settings of other kinds of databases; they shape no SQL schema. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** How full the pages of the index are made, in percent; the same as `storage: { fillfactor }`. */
  readonly fillFactor?: number;
  /** Storage parameters by name. */
  readonly storage?: Readonly<Record<string, string | number | boolean>>;
  /** A comment on the index. */
  readonly comment?: string;
  /** The parser of a full-text index. */
  readonly parser?: string;
}

/** What `@Unique` takes. */
export interface UniqueOptions extends IndexOptions {
  /** When it is checked. By default at once. */
  readonly deferMode?: DeferMode;
  /** Two nulls are the same value. */
  readonly nullsNotDistinct?: boolean;
}

/**
 * An index, on a class with its `properties` or on one property.
 *
 * @example
 * @Index({ columns: [{ name: 'createdAt', sort: 'desc' }], where: 'deleted_at is null' })
 */
export function Index(options: IndexOptions = {}): ClassOrPropertyDecorator {
  return classOrPropertyDecorator((declarations, member) => {
    declarations.indexes.push({ property: member?.name, options });
  });
}

/**
 * A unique constraint, on a class with its `properties` or on one property; a unique index where it has an expression,
 * a condition or anything else that constraints lack.
 *
 * @example
 * @Unique({ properties: ['author', 'title'] })
 */
export function Unique(options: UniqueOptions = {}): ClassOrPropertyDecorator {
  return classOrPropertyDecorator((declarations, member) => {
    declarations.uniques.push({ property: member?.name, options });
  });
}
