/** A piece of SQL that goes into the schema as it stands. */
export interface RawSql {
  /** The SQL, as it stands. */
  readonly sql: string;
}

/** The moment at which a row is inserted, in whatever way the database writes it. */
export interface CurrentTime {
  /** The number of digits of a second's fraction. */
  readonly currentTime: { readonly precision?: number | undefined };
}

/**
 * Marks a text as SQL where a plain string would be a value.
 *
 * @example
 * @Property({ default: raw('gen_random_uuid()') })
 */
export function raw(text: string): RawSql {
  return { sql: text };
}

/** Pieces of SQL that every database writes in its own way. */
export const sql = {
  /**
   * The moment at which a row is inserted; `precision` is the number of digits of a second's fraction.
   *
   * @example
   * @Property({ default: sql.now() })
   */
  now(precision?: number): CurrentTime {
    return { currentTime: { precision } };
  },
} as const;

export function isRawSql(value: unknown): value is RawSql {
  return typeof value === 'object' && value !== null && 'sql' in value && typeof value.sql === 'string';
}

export function isCurrentTime(value: unknown): value is CurrentTime {
  return typeof value === 'object' && value !== null && 'currentTime' in value;
}
