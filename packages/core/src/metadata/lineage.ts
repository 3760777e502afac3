import { type ClassDeclarations, findDeclarations } from '../decorators/declarations.js';
import type { EntityClass } from './entity-class.js';

/** A class with decorators of its own. */
export interface DeclaringClass {
  readonly class: EntityClass;
  readonly declarations: ClassDeclarations;
}

/** The class and those that it extends, as far as they have decorators; the base comes first. */
export function lineageOf(target: EntityClass): readonly DeclaringClass[] {
  const lineage: DeclaringClass[] = [];
  for (let current: unknown = target; isClass(current); current = Object.getPrototypeOf(current)) {
    const declarations = findDeclarations(current);
    if (declarations !== undefined) lineage.unshift({ class: current, declarations });
  }
  return lineage;
}

function isClass(value: unknown): value is EntityClass {
  return typeof value === 'function' && value !== Function.prototype;
}
