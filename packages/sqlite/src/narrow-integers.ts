import type { Row } from '@dovetail/core/driver';

/** Integers are read without loss: as numbers, but for those that a number cannot hold, which stay bigints. */
export function narrowIntegers(row: Record<string, unknown>): Row {
  for (const column in row) {
    const value = row[column];
    if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) row[column] = Number(value);
  }
  return row;
}
