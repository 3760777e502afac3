export type { ClassDecorator, ClassOrPropertyDecorator, PropertyDecorator } from './decorator.js';
export { Cascade } from './cascade.js';
export { Check, type CheckOptions } from './check.js';
export { type DiscriminatorOptions, Embeddable, type EmbeddableOptions } from './embeddable.js';
export { Embedded, type EmbeddableReference, type EmbeddedOptions } from './embedded.js';
export { Entity, type EntityOptions, type PartitionOptions, type ViewOptions } from './entity.js';
export {
  Collection,
  type Hidden,
  type Opt,
  OptionalProps,
  PrimaryKeyProp,
  type Ref,
  type Rel,
} from './entity-types.js';
export { Enum, type EnumItems, type EnumOptions } from './enum.js';
export { Exclusion, type ExclusionOptions } from './exclusion.js';
export { Formula } from './formula.js';
export type { FilterOperators, FilterValue, IndexFilter } from './index-filter.js';
export { Index, type IndexColumnOptions, type IndexOptions, Unique, type UniqueOptions } from './indexes.js';
export { ManyToMany, type ManyToManyOptions } from './many-to-many.js';
export { ManyToOne, type ManyToOneOptions } from './many-to-one.js';
export { OneToMany, type OneToManyOptions } from './one-to-many.js';
export { OneToOne, type OneToOneOptions } from './one-to-one.js';
export { PrimaryKey, SerializedPrimaryKey } from './primary-key.js';
export { type ColumnOptions, type DefaultOption, Property, type PropertyOptions } from './property.js';
export type {
  DeferMode,
  EntityReference,
  ForeignKeyRules,
  PolymorphicReference,
  PropertyReference,
  ReferenceOptions,
} from './relation-options.js';
export type {
  CollectionRuntimeOptions,
  EntityRuntimeOptions,
  PropertyRuntimeOptions,
  RelationRuntimeOptions,
} from './runtime-options.js';
export type { ColumnNames, SqlText } from './sql-text.js';
export { Trigger, type TriggerEventOption, type TriggerOptions } from './trigger.js';
