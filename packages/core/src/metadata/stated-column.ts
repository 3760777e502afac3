/** The options that name a column. */
export interface ColumnNameOptions {
  readonly name?: string;
  readonly fieldName?: string;
  readonly fieldNames?: readonly string[];
}

/** The name that the options give a column, if they give it one. */
export function statedColumn(options: ColumnNameOptions): string | undefined {
  return options.fieldName ?? options.name ?? options.fieldNames?.[0];
}
