import './symbol-metadata.js';
import type { EntityClass } from '../metadata/entity-class.js';
import type { CheckOptions } from './check.js';
import type { EmbeddableOptions } from './embeddable.js';
import type { EmbeddedOptions } from './embedded.js';
import type { EntityOptions } from './entity.js';
import type { EnumOptions } from './enum.js';
import type { ExclusionOptions } from './exclusion.js';
import type { IndexOptions, UniqueOptions } from './indexes.js';
import type { ManyToManyOptions } from './many-to-many.js';
import type { ManyToOneOptions } from './many-to-one.js';
import type { OneToManyOptions } from './one-to-many.js';
import type { OneToOneOptions } from './one-to-one.js';
import type { PropertyOptions } from './property.js';
import type { TriggerOptions } from './trigger.js';

/** What the decorators of one class say, as they say it. Discovery makes sense of it. */
export interface ClassDeclarations {
  entity?: EntityOptions | undefined;
  embeddable?: EmbeddableOptions | undefined;
  readonly properties: PropertyDeclaration[];
  readonly indexes: Declared<IndexOptions>[];
  readonly uniques: Declared<UniqueOptions>[];
  readonly checks: Declared<CheckOptions>[];
  readonly exclusions: Declared<ExclusionOptions>[];
  readonly triggers: Declared<TriggerOptions>[];
  /** Decorators on members that can't be properties of an entity. */
  readonly misplaced: MisplacedDecorator[];
}

/** Something declared on the class, or on one of its properties. */
export interface Declared<Options> {
  readonly property?: string | undefined;
  readonly options: Options;
}

export type PropertyDeclaration = { readonly name: string } & (
  | { readonly kind: 'scalar'; readonly options: PropertyOptions }
  | { readonly kind: 'enum'; readonly options: EnumOptions }
  | { readonly kind: 'many-to-one'; readonly options: ManyToOneOptions }
  | { readonly kind: 'one-to-one'; readonly options: OneToOneOptions }
  | { readonly kind: 'one-to-many'; readonly options: OneToManyOptions }
  | { readonly kind: 'many-to-many'; readonly options: ManyToManyOptions }
  | { readonly kind: 'embedded'; readonly options: EmbeddedOptions }
  | { readonly kind: 'not-persisted' }
);

export interface MisplacedDecorator {
  readonly member: string;
  readonly what: string;
}

// Registered, so that two copies of this package share what is declared; on the class, so that no registry is needed.
const key = Symbol.for('@dovetail/declarations');

/** The declarations in a class's metadata object, made on first use. Those of its base classes are not among them. */
export function declarationsIn(metadata: object): ClassDeclarations {
  const known = ownDeclarations(metadata);
  if (known !== undefined) return known;

  const declarations: ClassDeclarations = {
    properties: [],
    indexes: [],
    uniques: [],
    checks: [],
    exclusions: [],
    triggers: [],
    misplaced: [],
  };
  Object.defineProperty(metadata, key, { value: declarations });
  return declarations;
}

/** The declarations to add to, of a class that is not decorated by the standard's rules. */
export function declarationsOn(target: EntityClass): ClassDeclarations {
  const metadata = ownMetadata(target);
  if (metadata !== undefined) return declarationsIn(metadata);

  const base: unknown = Reflect.get(target, Symbol.metadata);
  const created = {};
  Object.setPrototypeOf(created, typeof base === 'object' ? base : null);
  Object.defineProperty(target, Symbol.metadata, { value: created, configurable: true, writable: true });
  return declarationsIn(created);
}

/** What was declared on the class itself, if anything was. */
export function findDeclarations(target: EntityClass): ClassDeclarations | undefined {
  const metadata = ownMetadata(target);
  return metadata && ownDeclarations(metadata);
}

function ownMetadata(target: EntityClass): object | undefined {
  const metadata: unknown = Object.getOwnPropertyDescriptor(target, Symbol.metadata)?.value;
  return typeof metadata === 'object' && metadata !== null ? metadata : undefined;
}

function ownDeclarations(metadata: object): ClassDeclarations | undefined {
  const descriptor: TypedPropertyDescriptor<ClassDeclarations> | undefined = Object.getOwnPropertyDescriptor(
    metadata,
    key,
  );
  return descriptor?.value;
}
