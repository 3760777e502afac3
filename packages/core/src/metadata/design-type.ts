// What compilers emit for `emitDecoratorMetadata` calls `Reflect.metadata`, which must be there before the first decorated
// class is. It is bundled: every program that has an entity loads it, and a file of its own takes long to load.
import 'reflect-metadata/lite';

/** The type that TypeScript has left behind for a property: a class, where `emitDecoratorMetadata` is on. */
export function designTypeOf(prototype: object, property: string): unknown {
  return Reflect.getMetadata('design:type', prototype, property);
}
