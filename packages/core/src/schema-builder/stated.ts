/** `base` with what `over` states; a key that is `undefined` states nothing. */
export function withStated<Value extends object>(base: Value, over: Partial<Value>): Value {
  return { ...base, ...Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined)) };
}

/** `undefined` for `false` and the empty text: what says nothing is left out of the schema. */
export function unlessEmpty<Value extends string | boolean>(value: Value | undefined): Value | undefined {
  return value === '' || value === false ? undefined : value;
}
