import type { EntityClass } from './entity-class.js';

/** The values that a class's initializers give its properties. */
export interface InitialValues {
  /** `undefined` where the class can't be made without arguments, or sets nothing. */
  of(target: EntityClass, property: string): InitialValue | undefined;
}

export interface InitialValue {
  readonly value: unknown;
  /** Whether every instance starts with it: not so for a random id or the current time. */
  readonly constant: boolean;
}

/** Sees them by making two instances of each class, once. */
export function observeInitialValues(): InitialValues {
  const instances = new Map<EntityClass, readonly [object, object] | undefined>();
  return {
    of: (target, property) => {
      if (!instances.has(target)) instances.set(target, makeTwo(target));
      const pair = instances.get(target);
      if (pair === undefined) return undefined;
      const [value, other] = pair.map((instance) => ownValue(instance, property));
      return value === undefined ? undefined : { value, constant: Object.is(value, other) && !isClockReading(value) };
    },
  };
}

/** For a program that wants its constructors left alone. */
export const noInitialValues: InitialValues = { of: () => undefined };

/** A constructor that needs arguments, or is not meant for discovery, may throw: then nothing is known. */
function makeTwo(target: EntityClass): readonly [object, object] | undefined {
  try {
    return [makeOne(target), makeOne(target)];
  } catch {
    return undefined;
  }
}

function makeOne(target: EntityClass): object {
  const instance: unknown = Reflect.construct(target, []);
  return typeof instance === 'object' && instance !== null ? instance : {};
}

/** Getters are not called: what they do is unknown. */
function ownValue(instance: object, property: string): unknown {
  return Object.getOwnPropertyDescriptor(instance, property)?.value;
}

const day = 24 * 60 * 60 * 1000;

/** Two instances of one moment read the same clock. So a value close to the current time is taken for the clock's. */
function isClockReading(value: unknown): boolean {
  return moments(value).some((moment) => Math.abs(Date.now() - moment) < day);
}

function moments(value: unknown): number[] {
  if (typeof value === 'number') return [value, value * 1000];
  return typeof value === 'string' ? [Date.parse(value)] : [];
}
