/** What an embeddable adds before the columns of its properties. */
export type EmbeddedPrefix =
  /** The property that embeds it; the strategy decides how it looks. */
  | { readonly kind: 'property'; readonly name: string }
  /** The `prefix` option, as it stands. */
  | { readonly kind: 'text'; readonly text: string };

/** A column of a pivot table. */
export interface PivotColumn {
  readonly side: 'owner' | 'inverse';
  /** The table that it references, and the column there. */
  readonly table: string;
  readonly referencedColumn: string;
  readonly composite: boolean;
  /** Whether both sides are the same entity, so that their columns need telling apart. */
  readonly selfReferencing: boolean;
}

/** An index or constraint that wants a name. */
export type NamedConstraint = { readonly table: string; readonly columns: readonly string[] } & (
  | { readonly kind: 'index'; readonly where?: string | undefined }
  | { readonly kind: 'unique' }
  | { readonly kind: 'foreign'; readonly referencedTable: string; readonly referencedColumns: readonly string[] }
  | { readonly kind: 'check'; readonly expression: string; readonly isEnum: boolean }
);

/** A strategy that answers every question discovery has, whichever interface it was written against. */
export interface CompleteNamingStrategy {
  tableName(className: string, customName: string | undefined): string;
  /** The column of a property; `customName` is what its decorator states, `prefixes` go from the outermost inwards. */
  columnName(propertyName: string, customName: string | undefined, prefixes: readonly EmbeddedPrefix[]): string;
  joinColumnName(propertyName: string, referencedColumn: string, composite: boolean): string;
  pivotTableName(ownerTable: string, targetTable: string, propertyName: string): string;
  pivotColumnName(column: PivotColumn): string;
  discriminatorColumnName(rootClassName: string): string;
  constraintName(constraint: NamedConstraint): string;
}
