import type { OptionNames } from '../option-names.js';
import type { CheckOptions } from './check.js';
import type { DiscriminatorOptions, EmbeddableOptions } from './embeddable.js';
import type { EmbeddedOptions } from './embedded.js';
import type { EntityOptions, PartitionOptions, ViewOptions } from './entity.js';
import type { EnumOptions } from './enum.js';
import type { ExclusionOptions } from './exclusion.js';
import type { IndexColumnOptions, IndexOptions, UniqueOptions } from './indexes.js';
import type { ManyToManyOptions } from './many-to-many.js';
import type { ManyToOneOptions } from './many-to-one.js';
import type { OneToManyOptions } from './one-to-many.js';
import type { OneToOneOptions } from './one-to-one.js';
import type { ColumnOptions, PropertyOptions } from './property.js';
import type { ForeignKeyRules, ReferenceOptions } from './relation-options.js';
import type {
  CollectionRuntimeOptions,
  EntityRuntimeOptions,
  PropertyRuntimeOptions,
  RelationRuntimeOptions,
} from './runtime-options.js';
import type { TriggerOptions } from './trigger.js';

const propertyRuntime: OptionNames<PropertyRuntimeOptions> = {
  lazy: true,
  hidden: true,
  ref: true,
  hydrate: true,
  returning: true,
  getter: true,
  setter: true,
  getterName: true,
  serializer: true,
  serializedName: true,
  groups: true,
  trackChanges: true,
  concurrencyCheck: true,
  customOrder: true,
  onCreate: true,
  onUpdate: true,
};

const relationRuntime: OptionNames<RelationRuntimeOptions> = {
  ...propertyRuntime,
  cascade: true,
  eager: true,
  strategy: true,
  orphanRemoval: true,
  mapToPk: true,
  filters: true,
};

const collectionRuntime: OptionNames<CollectionRuntimeOptions> = { ...relationRuntime, orderBy: true, where: true };

const entityRuntime: OptionNames<EntityRuntimeOptions> = {
  readonly: true,
  forceConstructor: true,
  repository: true,
  constructorParams: true,
  orderBy: true,
  hasTriggers: true,
  filters: true,
};

const discriminator: OptionNames<DiscriminatorOptions> = {
  discriminatorColumn: true,
  discriminator: true,
  discriminatorMap: true,
  discriminatorValue: true,
};

const entity: OptionNames<EntityOptions> = {
  ...entityRuntime,
  ...discriminator,
  tableName: true,
  collection: true,
  previousName: true,
  schema: true,
  keyless: true,
  comment: true,
  abstract: true,
  inheritance: true,
  expression: true,
  virtual: true,
  view: true,
  partitionBy: true,
  triggers: true,
  strict: true,
  withoutRowid: true,
  engine: true,
  charset: true,
  collation: true,
  rowFormat: true,
  autoincrementStart: true,
  unlogged: true,
  tablespace: true,
};

const view: OptionNames<ViewOptions> = { materialized: true, withData: true };

const partition: OptionNames<PartitionOptions> = { type: true, expression: true, partitions: true };

const trigger: OptionNames<TriggerOptions> = {
  name: true,
  timing: true,
  events: true,
  forEach: true,
  when: true,
  body: true,
};

const embeddable: OptionNames<EmbeddableOptions> = { ...discriminator, abstract: true };

const column: OptionNames<ColumnOptions> = {
  name: true,
  fieldName: true,
  columnType: true,
  nullable: true,
  index: true,
  unique: true,
  primary: true,
  persist: true,
  previousName: true,
  comment: true,
  length: true,
  precision: true,
  scale: true,
  unsigned: true,
  collation: true,
  charset: true,
  extra: true,
  invisible: true,
  ignoreSchemaChanges: true,
  check: true,
  default: true,
  defaultRaw: true,
  backfill: true,
};

const property: OptionNames<PropertyOptions> = {
  ...column,
  ...propertyRuntime,
  fieldNames: true,
  type: true,
  runtimeType: true,
  columnTypes: true,
  autoincrement: true,
  generated: true,
  version: true,
  zerofill: true,
  srid: true,
  array: true,
  formula: true,
  accessor: true,
};

const enumeration: OptionNames<EnumOptions> = {
  ...property,
  items: true,
  array: true,
  nativeEnumName: true,
  previousNativeEnumName: true,
  previousItems: true,
};

const foreignKeyRules: OptionNames<ForeignKeyRules> = {
  deleteRule: true,
  updateRule: true,
  deferMode: true,
  match: true,
  createForeignKeyConstraint: true,
};

const reference: OptionNames<ReferenceOptions> = {
  ...column,
  ...relationRuntime,
  ...foreignKeyRules,
  entity: true,
  discriminator: true,
  discriminatorMap: true,
  fieldNames: true,
  columnTypes: true,
  joinColumn: true,
  joinColumns: true,
  referenceColumnName: true,
  referencedColumnNames: true,
  targetKey: true,
  ownColumns: true,
  foreignKeyName: true,
};

const manyToOne: OptionNames<ManyToOneOptions> = { ...reference, inversedBy: true };

const oneToOne: OptionNames<OneToOneOptions> = { ...reference, mappedBy: true, inversedBy: true, owner: true };

const oneToMany: OptionNames<OneToManyOptions> = { ...collectionRuntime, entity: true, mappedBy: true };

const manyToMany: OptionNames<ManyToManyOptions> = {
  ...collectionRuntime,
  ...foreignKeyRules,
  entity: true,
  mappedBy: true,
  inversedBy: true,
  owner: true,
  pivotTable: true,
  pivotEntity: true,
  persist: true,
  previousName: true,
  fixedOrder: true,
  fixedOrderColumn: true,
  joinColumn: true,
  joinColumns: true,
  inverseJoinColumn: true,
  inverseJoinColumns: true,
};

const embedded: OptionNames<EmbeddedOptions> = {
  ...propertyRuntime,
  name: true,
  fieldName: true,
  columnType: true,
  nullable: true,
  persist: true,
  comment: true,
  previousName: true,
  default: true,
  defaultRaw: true,
  backfill: true,
  check: true,
  index: true,
  unique: true,
  ignoreSchemaChanges: true,
  entity: true,
  prefix: true,
  prefixMode: true,
  object: true,
  array: true,
};

const indexColumn: OptionNames<IndexColumnOptions> = {
  name: true,
  expression: true,
  sort: true,
  nulls: true,
  length: true,
  opclass: true,
  collation: true,
};

const index: OptionNames<IndexOptions> = {
  name: true,
  properties: true,
  columns: true,
  expression: true,
  where: true,
  include: true,
  type: true,
  invisible: true,
  clustered: true,
  disabled: true,
  options: true,
  fillFactor: true,
  storage: true,
  comment: true,
  parser: true,
};

const unique: OptionNames<UniqueOptions> = { ...index, deferMode: true, nullsNotDistinct: true };

const check: OptionNames<CheckOptions> = { name: true, property: true, expression: true, enforced: true };

const exclusion: OptionNames<ExclusionOptions> = { name: true, expression: true };

/** The options of each decorator, and of the options that have options of their own. */
export const optionNames = {
  '@Entity': entity,
  view,
  partitionBy: partition,
  '@Trigger': trigger,
  '@Embeddable': embeddable,
  '@Property': property,
  '@Enum': enumeration,
  '@ManyToOne': manyToOne,
  '@OneToOne': oneToOne,
  '@OneToMany': oneToMany,
  '@ManyToMany': manyToMany,
  '@Embedded': embedded,
  '@Index': index,
  columns: indexColumn,
  '@Unique': unique,
  '@Check': check,
  '@Exclusion': exclusion,
} as const;

export type OptionOwner = keyof typeof optionNames;
