import { compareText } from '../model/names.js';

/** A key's value as a person reads it. */
export function describeValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return value.toString();
    default:
      return JSON.stringify(value ?? null);
  }
}

/** Numbers by their size, and whatever else by its text. */
export function compareValues(a: unknown, b: unknown): number {
  const [left, right] = [describeValue(a), describeValue(b)];
  const difference = Number(left) - Number(right);
  return Number.isNaN(difference) || difference === 0 ? compareText(left, right) : difference;
}
