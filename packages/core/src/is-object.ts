/** Whether a value has properties that can be looked at: anything may have been thrown, loaded or read. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
