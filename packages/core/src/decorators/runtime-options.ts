/**
 * Options that concern how entities are loaded, changed and serialised. They are taken so that classes written for
 * MikroORM serve as they stand; none of them shapes the schema.
 */
export interface PropertyRuntimeOptions {
  readonly lazy?: boolean;
  readonly hidden?: boolean;
  readonly ref?: boolean;
  readonly hydrate?: boolean;
  readonly returning?: boolean;
  readonly getter?: boolean;
  readonly setter?: boolean;
  readonly getterName?: string;
  readonly serializer?: (value: never, ...rest: never[]) => unknown;
  readonly serializedName?: string;
  readonly groups?: readonly string[];
  readonly trackChanges?: boolean;
  readonly concurrencyCheck?: boolean;
  readonly customOrder?: readonly (string | number | boolean)[];
  readonly onCreate?: (...args: never[]) => unknown;
  readonly onUpdate?: (...args: never[]) => unknown;
}

/** Options of relations that shape no schema. */
export interface RelationRuntimeOptions extends PropertyRuntimeOptions {
  /** What is persisted and removed along with the entity. Foreign keys follow `deleteRule` and `updateRule` alone. */
  readonly cascade?: readonly string[];
  readonly eager?: boolean;
  readonly strategy?: string;
  readonly orphanRemoval?: boolean;
  readonly mapToPk?: boolean;
  readonly filters?: unknown;
}

/** Options of collections that shape no schema. */
export interface CollectionRuntimeOptions extends RelationRuntimeOptions {
  readonly orderBy?: unknown;
  readonly where?: unknown;
}

/** Options of entities that shape no schema. */
export interface EntityRuntimeOptions {
  readonly readonly?: boolean;
  readonly forceConstructor?: boolean;
  readonly repository?: unknown;
  readonly constructorParams?: readonly string[];
  readonly orderBy?: unknown;
  readonly hasTriggers?: boolean;
  readonly filters?: unknown;
}
