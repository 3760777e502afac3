/** Whether a value is an object with properties, such as an inserted row, and not a scalar in the form of an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
