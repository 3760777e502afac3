/**
 * Which rows a partial index holds, by the values of properties: all of the conditions hold. A value is compared as the
 * database keeps it; a list is `$in`, `null` is `is null`, and an embedded object is another filter.
 *
 * @example
 * const active: IndexFilter = { deletedAt: null, age: { $gte: 18 }, $or: [{ kind: 'a' }, { kind: 'b' }] };
 */
export interface IndexFilter {
  readonly [property: string]:
    FilterValue | readonly FilterValue[] | FilterOperators | IndexFilter | readonly IndexFilter[] | undefined;
  readonly $and?: readonly IndexFilter[];
  readonly $or?: readonly IndexFilter[];
  readonly $not?: IndexFilter;
}

/** A value that a column is compared with. */
export type FilterValue = string | number | bigint | boolean | Date | Uint8Array | null;

/** How a column is compared; all of the comparisons hold. */
export interface FilterOperators {
  readonly $eq?: FilterValue;
  readonly $ne?: FilterValue;
  readonly $gt?: FilterValue;
  readonly $gte?: FilterValue;
  readonly $lt?: FilterValue;
  readonly $lte?: FilterValue;
  readonly $in?: readonly FilterValue[];
  readonly $nin?: readonly FilterValue[];
  readonly $not?: FilterOperators;
}
