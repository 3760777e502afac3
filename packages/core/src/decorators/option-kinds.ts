import type { CheckOptions } from './check.js';
import type { DiscriminatorOptions, EmbeddableOptions } from './embeddable.js';
import type { EmbeddedOptions } from './embedded.js';
import type { EntityOptions, PartitionOptions, ViewOptions } from './entity.js';
import type { EnumOptions } from './enum.js';
import type { ExclusionOptions } from './exclusion.js';
import type { IndexColumnOptions, IndexOptions, UniqueOptions } from './indexes.js';
import {
  anyOf,
  anything,
  callable,
  enumItems,
  flag,
  integer,
  listOf,
  number,
  object,
  oneOf,
  type OptionKinds,
  recordOf,
  required,
  sqlText,
  staticSql,
  text,
  textOrFlag,
  textOrFunction,
  textOrNumber,
  textOrTexts,
  texts,
} from './kinds.js';
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

// What is of the run time alone shapes no schema, whatever it holds.
const propertyRuntime: OptionKinds<PropertyRuntimeOptions> = {
  lazy: anything,
  hidden: anything,
  ref: anything,
  hydrate: anything,
  returning: anything,
  getter: anything,
  setter: anything,
  getterName: anything,
  serializer: anything,
  serializedName: anything,
  groups: anything,
  trackChanges: anything,
  concurrencyCheck: anything,
  customOrder: anything,
  onCreate: anything,
  onUpdate: anything,
};

const relationRuntime: OptionKinds<RelationRuntimeOptions> = {
  ...propertyRuntime,
  cascade: anything,
  eager: anything,
  strategy: anything,
  orphanRemoval: anything,
  mapToPk: anything,
  filters: anything,
};

const collectionRuntime: OptionKinds<CollectionRuntimeOptions> = {
  ...relationRuntime,
  orderBy: anything,
  where: anything,
};

const entityRuntime: OptionKinds<EntityRuntimeOptions> = {
  readonly: anything,
  forceConstructor: anything,
  repository: anything,
  constructorParams: anything,
  orderBy: anything,
  hasTriggers: anything,
  filters: anything,
};

const discriminator: OptionKinds<DiscriminatorOptions> = {
  discriminatorColumn: text,
  discriminator: text,
  discriminatorMap: object,
  discriminatorValue: textOrNumber,
};

const entity: OptionKinds<EntityOptions> = {
  ...entityRuntime,
  ...discriminator,
  tableName: text,
  collection: text,
  previousName: text,
  schema: text,
  keyless: flag,
  comment: text,
  abstract: flag,
  inheritance: oneOf('tpt'),
  expression: sqlText,
  virtual: flag,
  view: anyOf(flag, object),
  partitionBy: anyOf(text, object),
  triggers: listOf(anything, 'objects'),
  strict: flag,
  withoutRowid: flag,
  engine: text,
  charset: text,
  collation: text,
  rowFormat: text,
  autoincrementStart: number,
  unlogged: flag,
  tablespace: text,
};

const view: OptionKinds<ViewOptions> = { materialized: flag, withData: flag };

const partition: OptionKinds<PartitionOptions> = {
  type: required(oneOf('hash', 'list', 'range')),
  expression: required(sqlText),
  partitions: anything,
};

const triggerEvent = anyOf(oneOf('insert', 'update', 'delete', 'truncate'), {
  words: "`{ update: ['name'] }`",
  accepts: (value) => isUpdate(value) && texts.accepts(value.update),
});

function isUpdate(value: unknown): value is { readonly update: unknown } {
  return typeof value === 'object' && value !== null && 'update' in value;
}

const trigger: OptionKinds<TriggerOptions> = {
  name: text,
  timing: required(oneOf('before', 'after', 'instead of')),
  events: required(listOf(triggerEvent, 'events')),
  forEach: oneOf('row', 'statement'),
  when: sqlText,
  body: required(sqlText),
};

const embeddable: OptionKinds<EmbeddableOptions> = { ...discriminator, abstract: flag };

const column: OptionKinds<ColumnOptions> = {
  name: text,
  fieldName: text,
  columnType: text,
  nullable: flag,
  index: textOrFlag,
  unique: textOrFlag,
  primary: flag,
  persist: flag,
  previousName: text,
  comment: text,
  length: integer,
  precision: integer,
  scale: integer,
  unsigned: flag,
  collation: text,
  charset: text,
  extra: text,
  invisible: flag,
  ignoreSchemaChanges: listOf(oneOf('type', 'extra', 'default', 'collation'), 'attributes'),
  check: sqlText,
  default: anything,
  defaultRaw: staticSql,
  backfill: sqlText,
};

const property: OptionKinds<PropertyOptions> = {
  ...column,
  ...propertyRuntime,
  fieldNames: texts,
  type: anyOf(text, callable, object),
  runtimeType: text,
  columnTypes: texts,
  autoincrement: flag,
  generated: sqlText,
  version: flag,
  zerofill: flag,
  srid: integer,
  array: flag,
  formula: sqlText,
  accessor: textOrFlag,
};

const enumeration: OptionKinds<EnumOptions> = {
  ...property,
  items: anyOf(enumItems, callable),
  array: flag,
  nativeEnumName: text,
  previousNativeEnumName: text,
  previousItems: recordOf(text, 'texts'),
};

const action = oneOf('no action', 'restrict', 'cascade', 'set null', 'set default');

const deferMode = oneOf('immediate', 'deferred', 'initially immediate', 'initially deferred');

const foreignKeyRules: OptionKinds<ForeignKeyRules> = {
  deleteRule: action,
  updateRule: action,
  deferMode,
  match: oneOf('full', 'partial', 'simple'),
  createForeignKeyConstraint: flag,
};

const reference: OptionKinds<ReferenceOptions> = {
  ...column,
  ...relationRuntime,
  ...foreignKeyRules,
  entity: anything,
  discriminator: text,
  discriminatorMap: object,
  fieldNames: texts,
  columnTypes: texts,
  joinColumn: text,
  joinColumns: texts,
  referenceColumnName: text,
  referencedColumnNames: texts,
  targetKey: text,
  ownColumns: texts,
  foreignKeyName: text,
};

const manyToOne: OptionKinds<ManyToOneOptions> = { ...reference, inversedBy: textOrFunction };

const oneToOne: OptionKinds<OneToOneOptions> = {
  ...reference,
  mappedBy: textOrFunction,
  inversedBy: textOrFunction,
  owner: flag,
};

const oneToMany: OptionKinds<OneToManyOptions> = { ...collectionRuntime, entity: anything, mappedBy: textOrFunction };

const manyToMany: OptionKinds<ManyToManyOptions> = {
  ...collectionRuntime,
  ...foreignKeyRules,
  entity: anything,
  mappedBy: textOrFunction,
  inversedBy: textOrFunction,
  owner: flag,
  pivotTable: text,
  pivotEntity: textOrFunction,
  persist: flag,
  previousName: text,
  fixedOrder: flag,
  fixedOrderColumn: text,
  joinColumn: text,
  joinColumns: texts,
  inverseJoinColumn: text,
  inverseJoinColumns: texts,
};

const embedded: OptionKinds<EmbeddedOptions> = {
  ...propertyRuntime,
  name: text,
  fieldName: text,
  columnType: text,
  nullable: flag,
  persist: flag,
  comment: text,
  previousName: text,
  default: anything,
  defaultRaw: staticSql,
  backfill: sqlText,
  check: sqlText,
  index: textOrFlag,
  unique: textOrFlag,
  ignoreSchemaChanges: column.ignoreSchemaChanges,
  entity: anything,
  prefix: textOrFlag,
  prefixMode: oneOf('relative', 'absolute'),
  object: flag,
  array: flag,
};

const indexColumn: OptionKinds<IndexColumnOptions> = {
  name: text,
  expression: sqlText,
  sort: oneOf('asc', 'desc', 'ASC', 'DESC'),
  nulls: oneOf('first', 'last', 'FIRST', 'LAST'),
  length: integer,
  opclass: text,
  collation: text,
};

const index: OptionKinds<IndexOptions> = {
  name: text,
  properties: textOrTexts,
  columns: listOf(anything, 'objects'),
  expression: sqlText,
  where: anyOf(sqlText, object),
  include: textOrTexts,
  type: text,
  invisible: flag,
  clustered: flag,
  disabled: flag,
  options: object,
  fillFactor: integer,
  storage: recordOf(anyOf(text, number, flag), 'texts, numbers, true and false'),
  comment: text,
  parser: text,
};

const unique: OptionKinds<UniqueOptions> = { ...index, deferMode, nullsNotDistinct: flag };

const check: OptionKinds<CheckOptions> = { name: text, property: text, expression: required(sqlText), enforced: flag };

const exclusion: OptionKinds<ExclusionOptions> = { name: required(text), expression: required(sqlText) };

/** The options of each decorator, and of the options that have options of their own, with what each takes. */
export const optionKinds = {
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

export type OptionOwner = keyof typeof optionKinds;
