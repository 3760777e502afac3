import type { Decorator } from 'ts-morph';

const relations: ReadonlySet<string> = new Set(['ManyToOne', 'OneToOne', 'OneToMany', 'ManyToMany', 'Embedded']);

/** Whether the property holds other objects of the model, and not a value. */
export function isRelation(decorator: Decorator): boolean {
  return relations.has(decorator.getName());
}
