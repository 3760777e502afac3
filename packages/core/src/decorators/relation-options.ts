import type { EntityClass } from '../metadata/entity-class.js';
import type { ReferentialAction } from '../model/schema.js';
import type { ColumnOptions } from './property.js';
import type { RelationRuntimeOptions } from './runtime-options.js';

/**
 * The entity at the other end: a function that gives the class, called once all files are loaded, or the class's name.
 */
export type EntityReference<Target extends object = object> = string | (() => EntityClass<Target>);

/** One entity at the other end, or a function that gives the several that it is one of. */
export type PolymorphicReference<Target extends object = object> =
  EntityReference<Target> | (() => readonly EntityClass[]);

/** A property of the other end: its name, or a function that reads it. */
export type PropertyReference<Target extends object = object> = string | ReadProperty<Target>['read'];

interface ReadProperty<Target> {
  // A method, so that relations to all kinds of entities fit one list.
  read(target: Target): unknown;
}

/** When a constraint is checked: after each statement unless told otherwise, or at the end of the transaction. */
export type DeferMode = 'immediate' | 'deferred' | 'initially immediate' | 'initially deferred';

/** What a foreign key does when the row that it references is deleted, or its key changes. */
export interface ForeignKeyRules {
  /** By default `cascade` in a primary key or a pivot table, `set null` where nullable, else `no action`. */
  readonly deleteRule?: ReferentialAction;
  /** By default `cascade` in a primary key, a pivot table or to a composite key, else `no action`. */
  readonly updateRule?: ReferentialAction;
  /** When it is checked. By default at once. */
  readonly deferMode?: DeferMode;
  /** How a composite key with some columns null matches. */
  readonly match?: 'full' | 'partial' | 'simple';
  /** False keeps the columns without a constraint. */
  readonly createForeignKeyConstraint?: boolean;
}

/** The relation's own end: the one with the columns of the foreign key. */
export interface ReferenceOptions<Target extends object = object>
  extends ColumnOptions, RelationRuntimeOptions, ForeignKeyRules {
  /**
   * The entity at the other end; by default the property's reflected type. A list means one of several: a column tells
   * which, and there is no foreign key.
   */
  readonly entity?: PolymorphicReference<Target>;
  /** The property that tells which of several entities it is. By default this one's name and `Type`. */
  readonly discriminator?: string;
  /** What that property holds for each of them. By default the name of its table. */
  readonly discriminatorMap?: Readonly<Record<string, string | EntityClass>>;
  /** The same as `joinColumns`. */
  readonly fieldNames?: readonly string[];
  /** The types of these columns. By default those of the referenced ones. */
  readonly columnTypes?: readonly string[];
  /** The column of the foreign key. By default the naming strategy makes it of the property and the referenced column. */
  readonly joinColumn?: string;
  /** The columns of a composite foreign key, in the order of the referenced ones. */
  readonly joinColumns?: readonly string[];
  /** The column that is referenced. By default the primary key. */
  readonly referenceColumnName?: string;
  /** The columns of a composite key that are referenced, in its order. */
  readonly referencedColumnNames?: readonly string[];
  /** The unique property that is referenced instead of the primary key. */
  readonly targetKey?: string;
  /** Of the columns of the foreign key, those that no other property has; the others are shared with it. */
  readonly ownColumns?: readonly string[];
  /** The name of the foreign key. */
  readonly foreignKeyName?: string;
}

/** Relations take their entity as the first argument, or among the options. */
export function withEntity<Reference extends PolymorphicReference, Options extends { readonly entity?: Reference }>(
  entity: Reference | Options,
  options: Options,
): Options {
  return typeof entity === 'object' ? { ...entity, ...options } : { ...options, entity };
}

/** The second argument of a relation is the property at the other end, or the options. */
export function isPropertyReference<Target extends object>(
  value: PropertyReference<Target> | object,
): value is PropertyReference<Target> {
  return typeof value === 'string' || typeof value === 'function';
}
