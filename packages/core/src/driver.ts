import type { Capabilities } from './capabilities.js';
import type { Problem } from './errors.js';
import type { AlterTableChange, Change, RenameChange } from './model/change.js';
import type { Names, TableSpelling } from './model/names.js';
import type { Batches, Hazard, Precheck, Refusal } from './model/plan.js';
import type { Column, ObjectName, Schema, Table, View } from './model/schema.js';
import type { Privilege } from './privilege.js';
import type { StatementProgress } from './statement-progress.js';
import type { OptionNames } from './option-names.js';
import type { Supports, Survey } from './survey.js';

export type * from './capabilities.js';

/** SQL about a whole database for a person to read or run, in whole lines; comments where no statement does it. */
export interface DatabaseScript {
  readonly drop: string;
  /** Creates it anew, and goes on inside it. */
  readonly create: string;
}

/**
 * The contract that a driver fulfils, in terms of the model alone. A new database is one package that exports such an
 * object; no file of core changes for it.
 *
 * @typeParam Options what `Dovetail.init` takes to reach the database, besides what all databases take.
 */
export interface Driver<Options extends ConnectionOptions = ConnectionOptions> {
  /** The database's name as its users write it: `SQLite`. */
  readonly name: string;
  /** The names of the options that `connect` takes: others are an error. */
  readonly connectionOptions: OptionNames<Options>;
  /** Column types, and how values are written as SQL. */
  readonly types: TypeTable;
  /** How the database decides that two texts mean the same. */
  readonly comparison: Comparison;
  /** The statements that carry out changes. */
  readonly ddl: Ddl;

  /** What the server of that version can do; without a version, what the newest supported one can do. */
  capabilities(serverVersion?: string): Capabilities;

  /** Which database these are of, for people, without user and password: `music.db`, `localhost:5432/music`. */
  placeOf(options: Options): string;
  /** Opens the database. Throws a `DovetailError` with the code `connection-failed`, without the password in it. */
  connect(options: Options): Promise<Connection>;
  /** Creates the database if it is missing, and says whether it did. */
  ensureDatabase(options: Options): Promise<boolean>;
  /** Removes the whole database if it exists. */
  dropDatabase(options: Options): Promise<void>;
  /** What `dropDatabase` does, and `ensureDatabase` after it. */
  databaseScript(options: Options): DatabaseScript;

  /** Reads the catalog, in a number of queries that does not grow with the number of tables. */
  introspect(connection: Connection, scope: IntrospectionScope): Promise<Schema>;
  /**
   * Reads the catalog to find out whether anything differs from the desired schema, in less time than `introspect`: a
   * table of which the catalog holds, to the letter, what would be written for it is given as that schema has it. Absent
   * where the catalog does not keep what was written.
   */
  introspectAgainst?(connection: Connection, desired: Schema): Promise<Schema>;
  /**
   * What the database has besides its schema, for those who write entities of it. Absent where the driver can't tell.
   */
  survey?(connection: Connection, scope: IntrospectionScope): Promise<Survey>;
  /** What an update may have to do, and whether the user may. Changes nothing. Absent where the driver can't tell. */
  privileges?(connection: Connection, scope: IntrospectionScope): Promise<readonly Privilege[]>;
  /**
   * Of these, what serves nothing else once the tables and views named are dropped, so that it may go with them. Absent
   * where nothing of the kind stays behind.
   */
  unusedWithout?(connection: Connection, supports: Supports, dropped: readonly ObjectName[]): Promise<Supports>;
  /**
   * The actual schema as the database itself would show it after the renames: every expression, trigger, view and
   * foreign key that mentions a renamed object included. The views in `cleared`, which `actual` is without, are dropped
   * before. Changes nothing.
   */
  applyRenames(
    connection: Connection,
    actual: Schema,
    renames: readonly RenameChange[],
    cleared: readonly View[],
  ): Promise<Schema>;
  /**
   * The desired schema with every type and expression as the database itself would store it. Changes nothing.
   *
   * @throws DovetailError `invalid-metadata` where the database refuses a part of it.
   */
  canonicalise(connection: Connection, desired: Schema, actual: Schema, update?: PlannedUpdate): Promise<Schema>;

  /** As much of `canonicalise` as can be told without the database. Absent where nothing can. */
  canonicaliseOffline?(desired: Schema): Schema;

  /**
   * Runs `body` alone: under the lock that keeps other updates out, and in a transaction where the database has
   * transactional DDL, committed when `body` succeeds and rolled back when it throws.
   */
  exclusively<Result>(connection: Connection, options: ExclusiveOptions, body: () => Promise<Result>): Promise<Result>;

  /**
   * Runs `body`, and takes back all that it did to the database and to the session, inside `exclusively` as well.
   * Prechecks that prepare something are run in it. Absent where they prepare nothing.
   */
  withoutTrace?<Result>(connection: Connection, body: () => Promise<Result>): Promise<Result>;
}

/** What is known of an update before its changes are. */
export interface PlannedUpdate {
  /** The tables that it takes columns from. */
  readonly shrinking: readonly ShrinkingTable[];
  /** Whether what it starts from is what the database holds: no snapshot, and not what renames would make of it. */
  readonly isLive: boolean;
}

export interface ShrinkingTable extends ObjectName {
  /** The names of the columns that go. */
  readonly dropped: readonly string[];
}

/** What every database's connection takes. */
export interface ConnectionOptions {
  /** The name of the database; for SQLite the path of its file. */
  readonly dbName: string;
}

/** An open connection to a database. */
export interface Connection extends TableSpelling {
  /** The version of the database's server or library: `3.53.2`. */
  readonly serverVersion: string;
  /** The namespace of what names none, where the database has namespaces and says so. */
  readonly defaultSchema?: string | undefined;
  /** Runs one statement and gives its rows, if it has any. */
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Runs one statement. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<void>;
  /**
   * Asks the database to stop the statement that runs on this connection, which then fails. Absent where a statement
   * keeps the program itself waiting, so that nothing could ask.
   */
  readonly cancel?: (() => Promise<void>) | undefined;
  /**
   * How far the statement is that runs on this connection; `undefined` where the server does not tell. Absent where the
   * server can't be asked.
   */
  readonly progress?: (() => Promise<StatementProgress | undefined>) | undefined;
  /** How a statement writes the place of its nth parameter, counted from 1. */
  placeholder(position: number): string;
  /**
   * Inserts rows, many at once. Gives what the database made of `returning`, one row for each, in their order; no rows
   * where it is empty.
   *
   * @throws DovetailError `unsupported-feature` where the database can't give these values back.
   */
  insert(insertion: Insertion): Promise<readonly Row[]>;
  /** Closes it; what is not committed is rolled back. */
  close(): Promise<void>;
}

export type Row = Readonly<Record<string, unknown>>;

/** Rows for one table, which have values for the same columns. */
export interface Insertion {
  readonly table: ObjectName;
  /** The columns that the rows have values for; the others get their defaults. */
  readonly columns: readonly string[];
  /** Their values, as `TypeTable.toParameter` makes them. */
  readonly rows: readonly (readonly unknown[])[];
  /** The columns whose values the database makes and the caller wants to know. */
  readonly returning: readonly ReturnedColumn[];
}

/** A column whose value the database makes. */
export interface ReturnedColumn {
  readonly name: string;
  /** The database numbers its rows itself. */
  readonly autoincrement: boolean;
}

export interface IntrospectionScope {
  /** The namespaces to read besides the default one. */
  readonly namespaces: readonly string[];
}

export interface ExclusiveOptions {
  /** How long to wait for the lock, and for those that each statement needs, in milliseconds. */
  readonly lockTimeout: number;
  /** Whether some statement needs foreign keys not to be enforced while it runs. */
  readonly suspendForeignKeys: boolean;
  /** False for what no transaction takes. The default is true, where the database has transactional DDL. */
  readonly transaction?: boolean | undefined;
  /** Stops the waiting for the lock; once `body` runs it is the caller who stops. */
  readonly signal?: AbortSignal | undefined;
}

/** How the database decides that two texts mean the same object, type or expression. */
export interface Comparison extends Names {
  /** Whether two canonical column types are the same. */
  sameType(a: string, b: string): boolean;
  /** Whether two canonical expressions or predicates, which name columns, are the same. */
  sameExpression(a: string, b: string): boolean;
  /** Whether two canonical bodies of triggers or views, which name tables as well, are the same. */
  sameBody(a: string, b: string): boolean;
  /** Whether an expression, a column type or the text of a view has the name in it, whatever that is of. */
  mentions(text: string, name: string): boolean;
}

export interface TypeTable {
  /** The database's column type for a logical type: `columnType('string', { length: 50 })` is `varchar(50)`. */
  columnType(type: LogicalType, attributes: TypeAttributes): string;
  /** What a column of texts needs for `a` and `A` to be two. Absent where they are, unless a column asks for less. */
  readonly exactText?: Pick<Column, 'charset' | 'collation'>;
  /**
   * Whether the name is one of a column type, where the database would take any name for one. Absent where it refuses
   * those that it does not know.
   */
  knowsType?(name: string): boolean;
  /**
   * Whether the name, without a namespace, means one of the database's own types, so that an enum type of the default
   * namespace can't have it. Absent where none of these is in the way.
   */
  isBuiltInType?(name: string): boolean;
  /** The SQL text of a default value, for a column of that type; of that logical type, where the column has one. */
  literal(value: DefaultValue, columnType: string, type?: LogicalType): string;
  /**
   * Makes the function that turns the values of a column of that type into what a connection takes as parameters; of
   * that logical type, where the column has one.
   */
  toParameter(columnType: string, type?: LogicalType): (value: unknown) => unknown;
  /** Takes the text of the `generated` option apart: `(a + b) stored`. Throws an `Error` that says what is wrong. */
  parseGenerated(text: string): { readonly expression: string; readonly stored: boolean };
  /**
   * The condition that a column, or each element of an array column, holds one of the items. Absent where the database
   * can't state one.
   */
  enumCheck(column: string, items: readonly string[], array: boolean): string | undefined;
  /**
   * The expression that reads what is at a path of keys in a JSON column. Absent where the database can't index one.
   */
  jsonPath?(column: string, path: readonly string[]): string;
  /**
   * What the database would refuse in a table, of all these, although it has each of its features. Absent where there is
   * nothing.
   */
  validate?(table: Table, tables: readonly Table[]): readonly Problem[];
}

export const logicalTypes = [
  'string',
  'text',
  'character',
  'integer',
  'smallint',
  'tinyint',
  'mediumint',
  'bigint',
  'float',
  'double',
  'decimal',
  'boolean',
  'uuid',
  'date',
  'datetime',
  'time',
  'interval',
  'json',
  'blob',
  'array',
  'enum',
  'enumArray',
] as const;

/** A type that every database has a column type for. */
export type LogicalType = (typeof logicalTypes)[number];

export interface TypeAttributes {
  readonly length?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  readonly unsigned?: boolean | undefined;
  readonly zerofill?: boolean | undefined;
  /** The column numbers new rows itself, or references one that does: its type must be one that can. */
  readonly autoincrement?: boolean | undefined;
  /** The column is in a table of strict types (`strict`), which may take fewer column types. */
  readonly strict?: boolean | undefined;
  /** The column type of an array's elements. */
  readonly element?: string | undefined;
  readonly srid?: number | undefined;
  /** The items of an enum of strings. An enum of numbers is an `integer`, `smallint` or `tinyint`. */
  readonly items?: readonly string[] | undefined;
}

/** A default that is a value, not an SQL text; JSON-serialisable. */
export type DefaultValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'string'; readonly value: string }
  /** A number or bigint in decimal notation. */
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** An ISO 8601 instant in UTC. */
  | { readonly kind: 'date'; readonly value: string }
  /** Bytes in hexadecimal. */
  | { readonly kind: 'bytes'; readonly value: string }
  /** Any other value, as JSON text. */
  | { readonly kind: 'json'; readonly value: string }
  /** The moment at which the row is inserted. */
  | { readonly kind: 'now'; readonly precision?: number | undefined };

/** The only place in a driver, besides introspection, where SQL text is made. */
export interface Ddl {
  quoteIdentifier(name: string): string;
  quoteString(value: string): string;
  /**
   * The changes, with those that the database asks for besides: what depends on an object that changes, or a foreign key
   * of columns that change, goes before it and comes back after it. Absent where the database, or the way in which
   * statements are made, sees to that.
   */
  complete?(changes: readonly Change[], context: DdlContext): readonly Change[];
  /**
   * Which changes are carried out together, in one statement or one rebuild of their table. Every change given is in
   * exactly one group; the order of the groups is the planner's matter. Renames are given by themselves, and their groups
   * keep their order.
   */
  group(changes: readonly Change[], context: DdlContext): readonly ChangeGroup[];
  /** The statements that carry out one group, in order. */
  statements(group: ChangeGroup, context: DdlContext): readonly Statement[];
  /** The queries that must find nothing before the change may run. They use the names of before the renames. */
  prechecks(change: Change, context: DdlContext): readonly Precheck[];
  /**
   * Why the database would not carry out the change, whatever the rows are. Absent where it refuses nothing but for rows,
   * or takes back all that it has done before.
   */
  refuses?(change: Change, context: DdlContext): Refusal | undefined;
  /**
   * Of what the model can't express of a table (`unmodelled`), what the change would lose, for it states anew what it
   * alters. Absent where changes leave alone what they do not name. What is lost with the whole table is the planner's matter.
   */
  loses?(change: AlterTableChange, table: Table): readonly string[];
  /** The statements that empty the tables and start their numbering anew; foreign keys are suspended meanwhile. */
  clear(tables: readonly Table[]): readonly string[];
  /** Whether a statement begins or ends a transaction. Absent where DDL takes no part in transactions. */
  controlsTransaction?(sql: string): boolean;
  /**
   * Whether a text is several statements, the first of which stay when a later one fails. Absent where the database takes
   * one at a time, or several as one.
   */
  isSeveral?(sql: string): boolean;
  /** Makes a script of statements that a person can run: foreign keys off and on again where that is needed. */
  script(statements: readonly string[], options: ScriptOptions): readonly string[];
}

/** Changes that are carried out together. */
export interface ChangeGroup {
  readonly changes: readonly Change[];
  /** The table that is made anew by them: after all that is dropped from it, before all that is added to it. */
  readonly rebuilds?: ObjectName | undefined;
}

export interface DdlContext {
  /** The schema as it is, under the names of before the plan's renames, without the views that are dropped before them. */
  readonly before: Schema;
  /** The schema as it is once the renames are carried out. */
  readonly actual: Schema;
  /** The schema that the plan leads to: `actual` with the plan's changes applied. */
  readonly target: Schema;
  readonly renames: readonly RenameChange[];
}

export interface Statement {
  /** One statement, without a closing semicolon. */
  readonly sql: string;
  /** One sentence: `Adds column "email" to "customer".` */
  readonly description: string;
  /** Hazards that come from how the driver carries the change out; those of the change itself are the planner's. */
  readonly hazards?: readonly Hazard[] | undefined;
  /** Absent means that it takes part in the transaction where the database has transactional DDL. */
  readonly transactional?: boolean | undefined;
  /** How it is carried out in parts where it concerns many rows. */
  readonly batches?: Batches | undefined;
  /** True when foreign keys must not be enforced while it runs. */
  readonly suspendsForeignKeys?: boolean | undefined;
}

export interface ScriptOptions {
  /** The namespace that bare names mean, where the database has namespaces. */
  readonly defaultSchema?: string | undefined;
  /** The caller asks for foreign keys to be off while the script runs. */
  readonly disableForeignKeys: boolean;
  /** Some statement needs foreign keys to be off, whatever the caller asks. */
  readonly suspendForeignKeys: boolean;
}
