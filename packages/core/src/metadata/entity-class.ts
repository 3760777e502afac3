/** A class as a value, whatever its constructor takes. */
export type EntityClass<Entity extends object = object> = abstract new (...args: never[]) => Entity;
