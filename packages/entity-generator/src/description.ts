import type {
  CheckOptions,
  EntityOptions,
  EnumOptions,
  ExclusionOptions,
  ManyToManyOptions,
  ManyToOneOptions,
  OneToOneOptions,
  PropertyOptions,
  TriggerOptions,
  UniqueOptions,
} from '@dovetail/core';
import type { ObjectName } from '@dovetail/core/driver';

/** An entity class, before it is source: plain data, with the options that its decorators get. */
export interface EntityDescription {
  readonly className: string;
  /** The table or view that it is made of. */
  readonly source: ObjectName;
  readonly options: EntityOptions;
  readonly indexes: readonly IndexDescription[];
  readonly checks: readonly CheckOptions[];
  readonly exclusions: readonly ExclusionOptions[];
  readonly triggers: readonly TriggerOptions[];
  readonly properties: readonly PropertyDescription[];
}

/** An index or unique constraint of the class. */
export interface IndexDescription {
  readonly unique: boolean;
  readonly options: UniqueOptions;
}

/** A property with its decorator. */
export type PropertyDescription = ValueDescription | RelationDescription;

/** A property that holds a value. */
export type ValueDescription = {
  readonly name: string;
  /** Its type in TypeScript: `string`. */
  readonly type: string;
} & (
  | { readonly decorator: 'PrimaryKey' | 'Property'; readonly options: PropertyOptions }
  | { readonly decorator: 'Enum'; readonly options: EnumOptions }
);

/** A property that is a relation. `target` and the like name classes, and stand for the functions that decorators take. */
export type RelationDescription = { readonly name: string; readonly target: string } & (
  | { readonly decorator: 'ManyToOne'; readonly options: ManyToOneOptions }
  /** With `mappedBy`, the side without columns: the property at the other end. */
  | { readonly decorator: 'OneToOne'; readonly mappedBy?: string; readonly options: OneToOneOptions }
  | { readonly decorator: 'OneToMany'; readonly mappedBy: string }
  | {
      readonly decorator: 'ManyToMany';
      readonly mappedBy?: string;
      /** The class of the pivot table, where it has one. */
      readonly pivotEntity?: string;
      readonly options: ManyToManyOptions;
    }
);
