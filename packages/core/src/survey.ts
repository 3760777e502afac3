import type { EnumType, ObjectName, TableOptions } from './model/schema.js';

/** What is in a database and not in its schema. */
export interface Survey {
  /** The columns of the views. */
  readonly viewColumns: readonly ViewColumn[];
  /** The options that a new table has which states none. */
  readonly tableDefaults: TableOptions;
  /** What no table or view can say, one phrase each, in the order of the alphabet: `function film_in_stock`. */
  readonly unmodelled: readonly string[];
}

/** What tables stand on. */
export interface Supports {
  readonly enums: readonly EnumType[];
  readonly namespaces: readonly string[];
}

/** A column of a view, in the order of the view. */
export interface ViewColumn {
  readonly view: ObjectName;
  readonly name: string;
  /** The column type as the database writes it; an empty text where it has none. */
  readonly type: string;
}
