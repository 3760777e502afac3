/**
 * The types that every database has a column type for, as values for the `type` option.
 *
 * @example
 * @Property({ type: t.text })
 */
export const t = {
  string: 'string',
  text: 'text',
  character: 'character',
  integer: 'integer',
  smallint: 'smallint',
  tinyint: 'tinyint',
  mediumint: 'mediumint',
  bigint: 'bigint',
  float: 'float',
  double: 'double',
  decimal: 'decimal',
  boolean: 'boolean',
  uuid: 'uuid',
  date: 'date',
  datetime: 'datetime',
  /** The same as `datetime`. */
  timestamp: 'datetime',
  time: 'time',
  interval: 'interval',
  json: 'json',
  blob: 'blob',
  /** The same as `blob`. */
  uint8array: 'blob',
  array: 'array',
  enum: 'enum',
  enumArray: 'enumArray',
} as const;
