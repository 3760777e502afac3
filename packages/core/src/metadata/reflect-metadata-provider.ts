import type { EntityClass } from './entity-class.js';
import { designTypeOf } from './design-type.js';
import type { MetadataProvider, ReflectedProperty } from './metadata-provider.js';

/** Reads the types that TypeScript leaves behind with `emitDecoratorMetadata`. Without that option it knows nothing. */
export class ReflectMetadataProvider implements MetadataProvider {
  reflect(entity: EntityClass, propertyName: string): ReflectedProperty {
    const prototype: unknown = entity.prototype;
    if (typeof prototype !== 'object' || prototype === null) return {};
    const type: unknown = designTypeOf(prototype, propertyName);
    return isClass(type) ? { type } : {};
  }
}

function isClass(value: unknown): value is EntityClass {
  return typeof value === 'function';
}
