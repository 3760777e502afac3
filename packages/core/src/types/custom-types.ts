import type { Type } from './type.js';

/** The custom types that discovery meets, each under a key of its own. */
export interface CustomTypes {
  /** The key of an instance; the same instance has the same key. */
  keyOf(type: Type): string;
  /** The one instance that stands for a class. */
  instanceOf(typeClass: new () => Type): Type;
  readonly byKey: ReadonlyMap<string, Type>;
}

export function collectCustomTypes(): CustomTypes {
  const byKey = new Map<string, Type>();
  const keys = new Map<Type, string>();
  const instances = new Map<new () => Type, Type>();

  return {
    byKey,
    keyOf(type) {
      const known = keys.get(type);
      if (known !== undefined) return known;
      const key = unusedKey(type.constructor.name, byKey);
      keys.set(type, key);
      byKey.set(key, type);
      return key;
    },
    instanceOf(typeClass) {
      const known = instances.get(typeClass);
      if (known !== undefined) return known;
      const instance = new typeClass();
      instances.set(typeClass, instance);
      return instance;
    },
  };
}

function unusedKey(name: string, taken: ReadonlyMap<string, Type>): string {
  let key = name;
  for (let count = 2; taken.has(key); count += 1) key = `${name}#${count}`;
  return key;
}
