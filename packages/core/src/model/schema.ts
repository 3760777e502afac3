/**
 * The ground floor: what a database looks like, as plain data. Introspection and the schema builder both end here,
 * everything after them starts here. All of it is JSON-serialisable and readonly.
 *
 * SQL texts in the model (types, defaults, expressions) are the database's own language, exactly as its catalog would
 * print them once the driver has put them into canonical form.
 */

/** The name of a table, view or type. `schema` is absent in the connection's default schema. */
export interface ObjectName {
  readonly schema?: string | undefined;
  readonly name: string;
}

/** What a role can own. */
export interface Owned {
  /** The role that it belongs to and that alone may change it, where that is another one. Set by introspection (PostgreSQL). */
  readonly owner?: string | undefined;
}

/** All that is in a database, or that the entities want there. */
export interface Schema {
  /** Namespaces besides the default one (PostgreSQL schemas, MySQL databases), in alphabetical order. */
  readonly namespaces: readonly string[];
  readonly enums: readonly EnumType[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
}

/** A table with all that hangs on it. */
export interface Table extends ObjectName, Owned {
  /** A hint of the entity: the table's name before it was renamed. Never set by introspection. */
  readonly previousName?: string | undefined;
  readonly columns: readonly Column[];
  readonly primaryKey?: PrimaryKey | undefined;
  readonly uniques: readonly UniqueConstraint[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly exclusions: readonly Exclusion[];
  readonly triggers: readonly Trigger[];
  readonly comment?: string | undefined;
  readonly options: TableOptions;
  /** What gives it back the statistics of columns that are made anew. Set by introspection (PostgreSQL). */
  readonly statistics?: readonly ColumnRestoration[] | undefined;
  /**
   * What the catalog holds of this table and the model cannot express, one phrase each (`on conflict replace of the
   * primary key`). A step that would rebuild, recreate or drop the table is refused while this is not empty.
   */
  readonly unmodelled: readonly string[];
}

/** Settings of a whole table. A key that is absent is inherited from the database, and is not compared. */
export interface TableOptions {
  /** A STRICT table: columns take values of their type alone (SQLite). */
  readonly strict?: boolean | undefined;
  /** A WITHOUT ROWID table: the primary key takes the place of the rowid (SQLite). */
  readonly withoutRowid?: boolean | undefined;
  /** The storage engine (MySQL). */
  readonly engine?: string | undefined;
  /** The default character set of its columns (MySQL). */
  readonly charset?: string | undefined;
  /** The default collation of its columns (MySQL). */
  readonly collation?: string | undefined;
  /** How rows are stored: `compressed` (MySQL). */
  readonly rowFormat?: string | undefined;
  /** The number from which rows are numbered; never lowers a numbering that is further. Never set by introspection (MySQL). */
  readonly autoincrementStart?: number | undefined;
  /** The table is not in the write-ahead log, and is empty after a crash (PostgreSQL). */
  readonly unlogged?: boolean | undefined;
  /** Where the table is stored. */
  readonly tablespace?: string | undefined;
  /** The text after `partition by`. */
  readonly partitionBy?: string | undefined;
}

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** A hint of the property: the column's name before it was renamed. Never set by introspection. */
  readonly previousName?: string | undefined;
  /** That of an embedded property without its prefix: it counts where no column has the name with the prefix. */
  readonly previousNameAsStated?: string | undefined;
  /** The column type as the database writes it: `varchar(255)`, `int unsigned`, `enum('a','b')`; `''` for none (SQLite). */
  readonly type: string;
  readonly nullable: boolean;
  /** The SQL text of the default: `'it''s'`, `0`, `current_timestamp`, `(lower('X'))`. */
  readonly default?: string | undefined;
  /**
   * A wish of the property: the SQL that gives rows that exist their value when the column is new or no longer takes null.
   * Never set by introspection.
   */
  readonly backfill?: string | undefined;
  readonly generated?: GeneratedColumn | undefined;
  /** The database numbers new rows itself: AUTOINCREMENT, AUTO_INCREMENT, serial. */
  readonly autoincrement?: boolean | undefined;
  readonly identity?: 'always' | 'by default' | undefined;
  readonly collation?: string | undefined;
  readonly charset?: string | undefined;
  readonly comment?: string | undefined;
  /** Further attributes in the database's words, such as `on update current_timestamp`. */
  readonly extra?: string | undefined;
  readonly invisible?: boolean | undefined;
  /** The statements that give it back its privileges and statistics, when it is made anew. Set by introspection. */
  readonly restoration?: readonly string[] | undefined;
  /** The sequence that numbers its rows, where that is not as the database makes one. Set by introspection (PostgreSQL). */
  readonly sequence?: Sequence | undefined;
  /** A wish of the property: differences in these attributes are not planned. Never set by introspection. */
  readonly ignoreSchemaChanges?: readonly IgnorableAttribute[] | undefined;
}

export interface Sequence {
  readonly name: string;
  /** How it counts, in the words of the database: `increment by 10 cache 5`. */
  readonly options: string;
  /** The statements that give it back its privileges and comment, when it is made anew. */
  readonly restoration: readonly string[];
}

export type IgnorableAttribute = 'type' | 'extra' | 'default' | 'collation';

export interface GeneratedColumn {
  /** The expression without the parentheses that the syntax asks for. */
  readonly expression: string;
  readonly stored: boolean;
}

/** What a table does by one of its indexes: its rows are sorted by it, or told apart by it where they are replicated. */
export type IndexDuty = 'cluster' | 'replica identity';

/** Something that has an index. */
export interface Indexed {
  /** Set by introspection (PostgreSQL). */
  readonly duties?: readonly IndexDuty[] | undefined;
}

export interface PrimaryKey extends Indexed {
  readonly name?: string | undefined;
  readonly columns: readonly string[];
}

export interface UniqueConstraint extends Indexed {
  readonly name?: string | undefined;
  readonly columns: readonly string[];
  readonly deferrable?: Deferrable | undefined;
  readonly nullsNotDistinct?: boolean | undefined;
  readonly include?: readonly string[] | undefined;
}

export type Deferrable = 'initially immediate' | 'initially deferred';

export interface Index extends Indexed {
  readonly name: string;
  readonly unique: boolean;
  readonly parts: readonly IndexPart[];
  /** The predicate of a partial index, without the word `where`. */
  readonly where?: string | undefined;
  readonly include?: readonly string[] | undefined;
  /** The access method or kind: `gin`, `hash`, `fulltext`, `spatial`. Absent for the database's default. */
  readonly type?: string | undefined;
  readonly nullsNotDistinct?: boolean | undefined;
  readonly invisible?: boolean | undefined;
  /** Storage parameters such as `fillfactor`, by name. */
  readonly storage?: Readonly<Record<string, string>> | undefined;
  readonly comment?: string | undefined;
  /** The full-text parser (MySQL). */
  readonly parser?: string | undefined;
}

export type IndexPart = IndexedColumn | IndexedExpression;

export interface IndexedColumn extends IndexPartOptions {
  readonly column: string;
}

export interface IndexedExpression extends IndexPartOptions {
  /** The indexed expression, without enclosing parentheses. */
  readonly expression: string;
}

export interface IndexPartOptions {
  readonly sort?: 'asc' | 'desc' | undefined;
  readonly nulls?: 'first' | 'last' | undefined;
  /** The number of leading characters (bytes for binary types) that are indexed. */
  readonly length?: number | undefined;
  readonly opclass?: string | undefined;
  readonly collation?: string | undefined;
}

export interface ForeignKey {
  readonly name?: string | undefined;
  readonly columns: readonly string[];
  readonly references: ForeignKeyTarget;
  readonly onDelete: ReferentialAction;
  /** The columns that `set null` and `set default` are about, where it is not all of them. Set by introspection. */
  readonly onDeleteColumns?: readonly string[] | undefined;
  readonly onUpdate: ReferentialAction;
  readonly match?: 'full' | 'partial' | undefined;
  readonly deferrable?: Deferrable | undefined;
}

export interface ForeignKeyTarget {
  readonly table: ObjectName;
  readonly columns: readonly string[];
}

export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface Check {
  readonly name?: string | undefined;
  /** The condition without the parentheses that the syntax asks for. */
  readonly expression: string;
  /** False for a constraint that the database keeps but does not enforce (MySQL). Absent means enforced. */
  readonly enforced?: boolean | undefined;
  readonly noInherit?: boolean | undefined;
}

export interface Exclusion {
  readonly name: string;
  /** The text after `exclude`: `using gist (room with =, during with &&)`. */
  readonly definition: string;
}

export interface Trigger {
  readonly name: string;
  readonly timing: 'before' | 'after' | 'instead of';
  readonly events: readonly TriggerEvent[];
  readonly forEach: 'row' | 'statement';
  readonly when?: string | undefined;
  /** What the trigger does: the statements between `begin` and `end`, or the function call, by the database. */
  readonly body: string;
  /** True when an entity declares it. A trigger that none declares is left alone, and survives every change. */
  readonly managed?: boolean | undefined;
  /** The statements that give it back when it fires, and its comment, when it is made anew. Set by introspection. */
  readonly restoration?: readonly string[] | undefined;
}

export type TriggerEvent =
  | { readonly kind: 'insert' | 'delete' | 'truncate' }
  | { readonly kind: 'update'; readonly columns?: readonly string[] | undefined };

/** A view, materialized or not. */
export interface View extends ObjectName, Owned {
  /** The query of the view, from `select` on. */
  readonly definition: string;
  readonly columns?: readonly string[] | undefined;
  readonly materialized?: boolean | undefined;
  readonly withData?: boolean | undefined;
  readonly indexes?: readonly Index[] | undefined;
  /** What is said of the view before its name: its algorithm, definer and security (MySQL). Set by introspection. */
  readonly attributes?: string | undefined;
  /** Triggers of the view (`instead of`), which dropping it drops as well. */
  readonly triggers?: readonly Trigger[] | undefined;
  /** The tables and views that it reads, where the database keeps that. Set by introspection. */
  readonly reads?: readonly ObjectName[] | undefined;
  /** The statements that give it back its owner, privileges and comment, when it is made anew. Set by introspection. */
  readonly restoration?: readonly string[] | undefined;
  /** Those of the privileges, defaults and comments of its columns. Set by introspection. */
  readonly columnRestoration?: readonly ColumnRestoration[] | undefined;
  /** Those of the statistics of its columns, where it is materialized. Set by introspection. */
  readonly statistics?: readonly ColumnRestoration[] | undefined;
  /** The names of its columns, where the database tells. Set by introspection. */
  readonly columnNames?: readonly string[] | undefined;
}

/** A statement that gives back what stands on columns, once all of these are there again. */
export interface ColumnRestoration {
  readonly columns: readonly string[];
  readonly sql: string;
}

export interface EnumType extends ObjectName, Owned {
  /** A hint of the property: the enum's name before it was renamed. Never set by introspection. */
  readonly previousName?: string | undefined;
  readonly items: readonly string[];
  /** A hint of the property: what items were called before, by their new names. Never set by introspection. */
  readonly previousItems?: Readonly<Record<string, string>> | undefined;
}

export const emptySchema: Schema = { namespaces: [], enums: [], tables: [], views: [] };

/** What a table is made of besides its name: nothing. */
export const emptyTable: Omit<Table, 'name'> = {
  columns: [],
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  exclusions: [],
  triggers: [],
  options: {},
  unmodelled: [],
};
