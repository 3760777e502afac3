/**
 * A small model of two tables, `item` and `owner`, as plain data: rich in what rows can violate, and nothing else. A
 * column keeps its `id` through every change of its name.
 */
export interface Model {
  readonly columns: readonly ColumnSpec[];
  readonly reference: ReferenceSpec;
  /** The id of the column that is the primary key of `item`; its own number where it is absent. */
  readonly key?: string | undefined;
  /** Whether there is a third table, `note`. */
  readonly notes: boolean;
}

export interface ColumnSpec {
  readonly id: string;
  readonly name: string;
  readonly type: TypeSpec;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly checked: boolean;
  readonly hasDefault: boolean;
  readonly backfilled: boolean;
}

/** `item.owner_id`: missing, a number, or a foreign key. */
export type ReferenceSpec = 'none' | 'number' | 'foreign-key';

export type TypeSpec =
  | { readonly kind: 'string'; readonly length: number }
  | { readonly kind: 'enum'; readonly items: readonly string[] }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: PlainType };

export type PlainType = 'text' | 'smallint' | 'integer' | 'bigint' | 'double' | 'date' | 'datetime';

/** A database that `before` describes and that holds these rows is to fit `after`. */
export interface Evolution {
  readonly before: Model;
  readonly after: Model;
  /** Which of its possible values each column holds, row by row; counted round and round. */
  readonly rows: readonly (readonly number[])[];
  readonly notes: number;
  /** Whether the loss of data is allowed. */
  readonly consent: boolean;
}
