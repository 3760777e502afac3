import type { Precheck } from '@dovetail/core/driver';

/** What a conversion does to some values. */
export interface Problem {
  readonly kind: Precheck['kind'];
  /** The rows that hold such a value. */
  readonly condition: string;
  /** What they hold: `a value that is too long for char(3)`. */
  readonly what: string;
}

export function mayFail(condition: string, what: string): Problem {
  return { kind: 'may-fail', condition, what: `a value that is ${what}` };
}

export function changed(condition: string, type: string): Problem {
  return { kind: 'destroys-values', condition, what: `a value that would not be the same as ${type}` };
}

export function tooLong(condition: string, type: string): Problem {
  return mayFail(condition, `too long for ${type}`);
}

/** For types so unlike that the server refuses every value, or makes something of it that nobody would expect. */
export function noCounterpart(column: string, type: string): Problem {
  return mayFail(`${column} is not null`, `no ${type}`);
}
