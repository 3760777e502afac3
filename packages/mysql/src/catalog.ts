import {
  type Connection,
  type IntrospectionScope,
  type ReferentialAction,
  type Row,
  spelled,
} from '@dovetail/core/driver';
import { quoteIdentifier, quoteString, quoteTable } from './ddl/quote.js';
import type { DefinitionContext } from './parse/table-draft.js';

/** What the server's catalog says of the databases in scope. */
export interface Catalog<Read> {
  readonly namespaces: readonly string[];
  readonly schemas: readonly SchemaCatalog<Read>[];
}

/** One database. */
export interface SchemaCatalog<Read> {
  /** What was read of each table and view. */
  readonly objects: readonly Read[];
  readonly triggers: readonly CatalogTrigger[];
}

export interface Definition {
  readonly kind: 'table' | 'view';
  readonly sql: string;
}

export interface CatalogTrigger {
  readonly name: string;
  readonly table: string;
  readonly event: string;
  readonly timing: string;
  readonly statement: string;
}

/** How many definitions are asked for at once, to bound the size of an answer. */
const batchSize = 250;

/** What reads the definitions of one database. */
type ReaderIn<Read> = (context: DefinitionContext) => (definition: Definition) => Read;

/**
 * Reads the catalog in a few queries for each database, and one for each batch of tables and views. What `show create
 * table` prints of those is given to a reader.
 */
export async function readCatalog<Read>(
  connection: Connection,
  { namespaces }: IntrospectionScope,
  unstatedRule: ReferentialAction,
  readerIn: ReaderIn<Read>,
): Promise<Catalog<Read>> {
  const settings = await readSettings(connection, unstatedRule);
  const existing = await existingNamespaces(connection, namespaces);
  const schemas: SchemaCatalog<Read>[] = [];
  for (const schema of [undefined, ...existing]) {
    schemas.push(await readSchema(connection, { ...settings, schema }, readerIn));
  }
  return { namespaces: existing, schemas };
}

/** The connection's database, and the collation of each character set. */
export async function readSettings(
  connection: Connection,
  unstatedRule: ReferentialAction,
): Promise<Omit<DefinitionContext, 'schema'>> {
  const rows = await connection.query(
    'select database() as own, character_set_name as charset, default_collate_name as collation from information_schema.character_sets',
  );
  return {
    ownSchema: spelled(text(rows[0], 'own'), connection),
    tableNameCase: connection.tableNameCase,
    unstatedRule,
    defaultCollations: new Map(rows.map((row) => [text(row, 'charset'), text(row, 'collation')])),
  };
}

async function existingNamespaces(connection: Connection, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const list = names.map((name) => `lower(${quoteString(name)})`).join(', ');
  const rows = await connection.query(
    `select schema_name as name from information_schema.schemata where lower(schema_name) in (${list}) order by schema_name`,
  );
  // MariaDB compares names in its catalog without regard to case, and takes two in a list that differ in it alone for one.
  const wanted = new Set(names.map((name) => spelled(name, connection)));
  return rows.map((row) => spelled(text(row, 'name'), connection)).filter((name) => wanted.has(name));
}

async function readSchema<Read>(
  connection: Connection,
  context: DefinitionContext,
  readerIn: ReaderIn<Read>,
): Promise<SchemaCatalog<Read>> {
  const read = readerIn(context);
  const from = quoteIdentifier(context.schema ?? context.ownSchema);
  const relations = await connection.query(`show full tables from ${from}`);
  const names = relations.filter((row) => row.Table_type !== 'SEQUENCE').map((row) => String(Object.values(row)[0]));
  const statements = names.map((name) => showCreate({ ...context, name }));
  // The connection asks for one batch after the other; what has come is read while the next one is on its way.
  const batches = inBatches(statements).map(async (batch) => {
    const rows = await readUnconverted(connection, batch);
    return rows.flatMap(readDefinition).map(read);
  });
  const [objects, triggers] = await Promise.all([
    Promise.all(batches),
    readUnconverted(connection, [`show triggers from ${from}`]),
  ]);
  return { objects: objects.flat(), triggers: triggers.map((row) => readTrigger(row, context)) };
}

function inBatches(statements: readonly string[]): readonly (readonly string[])[] {
  const starts = Array.from({ length: Math.ceil(statements.length / batchSize) }, (_, index) => index * batchSize);
  return starts.map((start) => statements.slice(start, start + batchSize));
}

/**
 * The rows of all the statements, with every text as it is stored: on its way to the session's character set, the server
 * takes expressions for texts of three bytes a character, and puts question marks for the others.
 */
export async function readUnconverted(connection: Connection, statements: readonly string[]): Promise<readonly Row[]> {
  const [before, after] = ['null', 'utf8mb4'].map((charset) => `set session character_set_results = ${charset}`);
  return connection.query([before, ...statements, after].join(';\n'));
}

function showCreate({ schema, name }: DefinitionContext & { readonly name: string }): string {
  return `show create table ${quoteTable({ schema, name })}`;
}

/** The statement that made a table or view, of the row that `show create table` gives. */
export function readDefinition(row: Row): Definition[] {
  if ('Create Table' in row) return [{ kind: 'table', sql: text(row, 'Create Table') }];
  return 'Create View' in row ? [{ kind: 'view', sql: text(row, 'Create View') }] : [];
}

function readTrigger(row: Row, context: DefinitionContext): CatalogTrigger {
  return {
    name: text(row, 'Trigger'),
    table: spelled(text(row, 'Table'), context),
    event: text(row, 'Event').toLowerCase(),
    timing: text(row, 'Timing').toLowerCase(),
    statement: text(row, 'Statement'),
  };
}

function text(row: Row | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === 'string' ? value : '';
}
