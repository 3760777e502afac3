import type { RawSql } from '../types/raw.js';

/**
 * The column of each property, by the property's name, as it is named in the database (not quoted). Asking for a
 * property that does not exist is an error.
 */
export type ColumnNames = Readonly<Record<string, string>>;

/** SQL in the words of the database: a text, or a function that makes it of the columns' names. */
export type SqlText = string | RawSql | ((columns: ColumnNames) => string | RawSql);
