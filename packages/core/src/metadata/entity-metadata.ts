import type { DefaultValue, LogicalType, TypeAttributes } from '../driver.js';
import type { Deferrable, IgnorableAttribute, ReferentialAction, TableOptions, Trigger } from '../model/schema.js';

/**
 * What discovery makes of the decorated classes: the object model laid out in tables and columns, all names decided by
 * the naming strategy, all callbacks called, nothing yet of a particular database. Plain, JSON-serialisable data.
 *
 * A table that several classes share (single table inheritance) is one `EntityMetadata`, of the root class. A pivot
 * table without an entity of its own is one too, with `className` made from both ends (`Post.tags`).
 */
export interface EntityMetadata {
  readonly className: string;
  /** `virtual` entities have no object in the database. */
  readonly kind: 'table' | 'view' | 'virtual';
  /** The namespace; `*` for a wildcard entity, which is planned only when the caller names a schema. */
  readonly schema?: string | undefined;
  readonly tableName: string;
  readonly previousName?: string | undefined;
  readonly properties: readonly PropertyMetadata[];
  readonly columns: readonly ColumnMetadata[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKeyMetadata[];
  readonly indexes: readonly IndexMetadata[];
  readonly checks: readonly CheckMetadata[];
  readonly exclusions: readonly ExclusionMetadata[];
  readonly triggers: readonly Trigger[];
  readonly comment?: string | undefined;
  readonly options: TableOptions;
  readonly view?: ViewMetadata | undefined;
}

/** What a view reads, and what kind of view it is. */
export interface ViewMetadata {
  readonly definition: string;
  readonly materialized: boolean;
  readonly withData?: boolean | undefined;
}

/** How a property of a class is laid out in columns: what programs need that read or write rows. */
export type PropertyMetadata =
  | { readonly kind: 'scalar'; readonly name: string; readonly column: string }
  | {
      readonly kind: 'reference';
      readonly name: string;
      readonly target: string;
      /** The columns of the foreign key, in the order of the referenced ones. */
      readonly columns: readonly string[];
      readonly referencedColumns: readonly string[];
    }
  | {
      /** A relation to one of several entities, which no foreign key can express. */
      readonly kind: 'polymorphic';
      readonly name: string;
      /** The column that tells which of the targets it is. */
      readonly discriminatorColumn: string;
      readonly columns: readonly string[];
      readonly targets: readonly PolymorphicTargetMetadata[];
    }
  | {
      /** The other side of a relation: no column here. */
      readonly kind: 'collection' | 'inverse';
      readonly name: string;
      readonly target: string;
      /** The pivot table's `className`, for many-to-many. */
      readonly pivot?: string | undefined;
    }
  | { readonly kind: 'embedded'; readonly name: string; readonly properties: readonly PropertyMetadata[] }
  | { readonly kind: 'not-persisted'; readonly name: string };

/** One of the entities that a polymorphic relation references. */
export interface PolymorphicTargetMetadata {
  /** What the discriminator column holds for it. */
  readonly value: string;
  readonly target: string;
  readonly referencedColumns: readonly string[];
}

/** A column, before any database has given it a type. */
export interface ColumnMetadata {
  /** Where it comes from, for messages: the class and property, `Author.address.street`. */
  readonly origin: string;
  readonly name: string;
  readonly previousName?: string | undefined;
  /** That of an embedded property without the prefix. */
  readonly previousNameAsStated?: string | undefined;
  readonly type: ColumnTypeMetadata;
  readonly attributes: TypeAttributes;
  readonly nullable: boolean;
  readonly autoincrement?: boolean | undefined;
  readonly default?: DefaultMetadata | undefined;
  /** The SQL that gives rows that exist their value. */
  readonly backfill?: string | undefined;
  /** The text of the `generated` option, after the callback was called. */
  readonly generated?: string | undefined;
  readonly collation?: string | undefined;
  readonly charset?: string | undefined;
  readonly comment?: string | undefined;
  readonly extra?: string | undefined;
  readonly invisible?: boolean | undefined;
  readonly ignoreSchemaChanges?: readonly IgnorableAttribute[] | undefined;
}

/** What decides the type of a column. */
export type ColumnTypeMetadata =
  | { readonly kind: 'logical'; readonly type: LogicalType }
  /** A type of the database, as it stands. */
  | { readonly kind: 'column-type'; readonly columnType: string }
  /** What `type` says, where it is none of the other kinds: the name of a column type of the database. */
  | { readonly kind: 'type-name'; readonly name: string }
  /** A custom `Type`; `key` finds it among the discovered ones. */
  | { readonly kind: 'custom'; readonly key: string }
  /** An array of an element type, where the database has such columns. */
  | { readonly kind: 'array'; readonly element: ColumnTypeMetadata }
  /** A native enum type of the database. */
  | {
      readonly kind: 'native-enum';
      readonly schema?: string | undefined;
      readonly name: string;
      readonly items: readonly string[];
      readonly array: boolean;
      readonly previousName?: string | undefined;
      readonly previousItems?: Readonly<Record<string, string>> | undefined;
    }
  /** The column of a foreign key: as the referenced column, without its autoincrement. */
  | { readonly kind: 'same-as'; readonly className: string; readonly column: string };

/** The default of a column: a value, or SQL. */
export type DefaultMetadata =
  { readonly kind: 'value'; readonly value: DefaultValue } | { readonly kind: 'expression'; readonly sql: string };

/** A name, and whether a person chose it: only a derived one may be shortened to the database's limit. */
export interface NameMetadata {
  readonly text: string;
  readonly explicit: boolean;
}

/** A foreign key, and the index of its columns. */
export interface ForeignKeyMetadata {
  readonly origin: string;
  readonly name: NameMetadata;
  readonly columns: readonly string[];
  readonly target: { readonly className: string; readonly columns: readonly string[] };
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly match?: 'full' | 'partial' | undefined;
  readonly deferrable?: Deferrable | undefined;
  /** False when the columns exist without a constraint (`createForeignKeyConstraint: false`). */
  readonly constrained: boolean;
  /** The name of the index that its columns get where the database does not make one. Absent for `index: false`. */
  readonly indexName?: NameMetadata | undefined;
}

/** An index or a unique constraint. */
export interface IndexMetadata {
  readonly origin: string;
  readonly name: NameMetadata;
  readonly unique: boolean;
  readonly parts: readonly IndexPartMetadata[];
  readonly where?: ConditionMetadata | undefined;
  readonly include?: readonly string[] | undefined;
  readonly type?: string | undefined;
  readonly deferrable?: Deferrable | undefined;
  readonly nullsNotDistinct?: boolean | undefined;
  readonly invisible?: boolean | undefined;
  readonly clustered?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly storage?: Readonly<Record<string, string>> | undefined;
  readonly comment?: string | undefined;
  readonly parser?: string | undefined;
}

/** Which rows a partial index holds. */
export type ConditionMetadata =
  | { readonly kind: 'expression'; readonly sql: string }
  | {
      readonly kind: 'comparison';
      readonly column: string;
      readonly operator: '=' | '<>' | '>' | '>=' | '<' | '<=';
      readonly value: DefaultValue;
    }
  | {
      readonly kind: 'in';
      readonly column: string;
      readonly values: readonly DefaultValue[];
      readonly negated: boolean;
    }
  | { readonly kind: 'null'; readonly column: string; readonly negated: boolean }
  | { readonly kind: 'not'; readonly condition: ConditionMetadata }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly ConditionMetadata[] };

/** What an index is searched by: a column, what is inside one, or an expression. */
export type IndexPartMetadata = (
  | { readonly column: string }
  | { readonly expression: string }
  /** What is at a path of keys in a JSON column. */
  | { readonly json: { readonly column: string; readonly path: readonly string[] } }
) & {
  readonly sort?: 'asc' | 'desc' | undefined;
  readonly nulls?: 'first' | 'last' | undefined;
  readonly length?: number | undefined;
  readonly opclass?: string | undefined;
  readonly collation?: string | undefined;
};

/** A check constraint. */
export interface CheckMetadata {
  readonly origin: string;
  readonly name: NameMetadata;
  readonly expression:
    | { readonly kind: 'expression'; readonly sql: string }
    /** The column holds one of the items; each array element does where `array`. */
    | { readonly kind: 'enum'; readonly column: string; readonly items: readonly string[]; readonly array: boolean };
  /** False for a constraint that is not enforced. Absent means enforced. */
  readonly enforced?: boolean | undefined;
}

/** An exclusion constraint. */
export interface ExclusionMetadata {
  readonly origin: string;
  readonly name: NameMetadata;
  /** The text after `exclude`. */
  readonly definition: string;
}
