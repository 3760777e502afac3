import type { TableOptions } from '../model/schema.js';
import type { RawSql } from '../types/raw.js';
import { classDecorator, type ClassDecorator } from './decorator.js';
import type { DiscriminatorOptions } from './embeddable.js';
import type { EntityRuntimeOptions } from './runtime-options.js';
import type { SqlText } from './sql-text.js';
import type { TriggerOptions } from './trigger.js';

/** What `@Entity` takes. */
export interface EntityOptions extends Omit<TableOptions, 'partitionBy'>, DiscriminatorOptions, EntityRuntimeOptions {
  /** The table's name. By default the naming strategy makes it of the class's. */
  readonly tableName?: string;
  /** The same as `tableName`. */
  readonly collection?: string;
  /** The table's name before it was renamed, so that its rows are kept. */
  readonly previousName?: string;
  /** The namespace of the table, where the database has namespaces; `*` when the caller names one. */
  readonly schema?: string;
  /** The table has no primary key, as some have that existed before their entities. */
  readonly keyless?: boolean;
  /** A comment on the table. */
  readonly comment?: string;
  /** The class has no table of its own; those that extend it have its properties. */
  readonly abstract?: boolean;
  /** `tpt`: each class that extends this one has a table with its own properties, joined by the primary key. */
  readonly inheritance?: 'tpt';
  /** The query of a view or a virtual entity. */
  readonly expression?: string | RawSql | ((...args: never[]) => unknown);
  /** The entity has no object in the database. The default where there is an `expression` and no `view`. */
  readonly virtual?: boolean;
  /** The entity is a view of the database, with `expression` as its query. */
  readonly view?: boolean | ViewOptions;
  /** The text after `partition by`, or its parts. */
  readonly partitionBy?: string | PartitionOptions;
  /** Triggers of the table, as `@Trigger` takes them. */
  readonly triggers?: readonly TriggerOptions[];
}

/** What kind of view it is. */
export interface ViewOptions {
  /** The database keeps the rows of the query. */
  readonly materialized?: boolean;
  /** Whether a materialized view is filled when it is made. */
  readonly withData?: boolean;
}

/** How the rows of a table are spread over partitions. */
export interface PartitionOptions {
  /** By which rule a row finds its partition. */
  readonly type: 'hash' | 'list' | 'range';
  /** What the rule looks at: a column, or an expression. */
  readonly expression: SqlText;
  /** A mistake: the partitions themselves can't be declared, and those that exist are left alone. */
  readonly partitions?: unknown;
}

/**
 * A class whose instances are rows of a table.
 *
 * @example
 * @Entity({ tableName: 'authors' })
 * class Author {
 *   @PrimaryKey()
 *   id!: number;
 * }
 */
export function Entity(options: EntityOptions = {}): ClassDecorator {
  return classDecorator((declarations) => {
    declarations.entity = options;
  });
}
