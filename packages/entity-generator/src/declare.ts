import {
  Check,
  Entity,
  type EntityClass,
  Enum,
  Exclusion,
  Index,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryKey,
  Property,
  type PropertyDecorator,
  Trigger,
  Unique,
} from '@dovetail/core';
import type { EntityDescription, PropertyDescription } from './description.js';

/** The classes that the source of the entities makes when it is loaded, by plain calls of the same decorators. */
export function declareClasses(entities: readonly EntityDescription[]): readonly EntityClass[] {
  const classes = new Map(entities.map(({ className }) => [className, makeClass(className)]));
  const classOf = (name: string) => (): EntityClass => {
    const found = classes.get(name);
    if (found === undefined) throw new Error(`There is no entity ${name}.`);
    return found.entity;
  };
  for (const entity of entities) {
    const made = classes.get(entity.className);
    if (made === undefined) continue;
    Entity(entity.options)(made.entity);
    for (const { unique, options } of entity.indexes) (unique ? Unique : Index)(options)(made.entity);
    for (const check of entity.checks) Check(check)(made.entity);
    for (const exclusion of entity.exclusions) Exclusion(exclusion)(made.entity);
    for (const trigger of entity.triggers) Trigger(trigger)(made.entity);
    for (const property of entity.properties) decoratorOf(property, classOf)(made.prototype, property.name);
  }
  return [...classes.values()].map(({ entity }) => entity);
}

function decoratorOf(property: PropertyDescription, classOf: (name: string) => () => EntityClass): PropertyDecorator {
  switch (property.decorator) {
    case 'PrimaryKey':
      return PrimaryKey(property.options);
    case 'Property':
      return Property(property.options);
    case 'Enum':
      return Enum(property.options);
    case 'ManyToOne':
      return ManyToOne(classOf(property.target), property.options);
    case 'OneToOne':
      return property.mappedBy === undefined
        ? OneToOne(classOf(property.target), property.options)
        : OneToOne(classOf(property.target), property.mappedBy, property.options);
    case 'OneToMany':
      return OneToMany(classOf(property.target), property.mappedBy);
    case 'ManyToMany': {
      const { options, pivotEntity, mappedBy } = property;
      const all = pivotEntity === undefined ? options : { ...options, pivotEntity: classOf(pivotEntity) };
      return mappedBy === undefined
        ? ManyToMany(classOf(property.target), all)
        : ManyToMany(classOf(property.target), mappedBy, all);
    }
  }
}

function makeClass(name: string): { readonly entity: EntityClass; readonly prototype: object } {
  class Made {
    readonly entity: unknown;
  }
  Object.defineProperty(Made, 'name', { value: name });
  return { entity: Made, prototype: Made.prototype };
}
