import {
  compareText,
  type Connection,
  type ForeignKey,
  type Index,
  type IntrospectionScope,
  type ObjectName,
  readDefinition,
  type Schema,
  type Table,
  type Trigger,
  UnreadableDefinition,
  type View,
} from '@dovetail/core/driver';
import { disagreements, primaryKeyColumns } from './agreement.js';
import { type Catalog, type CatalogObject, type CatalogTable, readCatalog } from './catalog.js';
import { foldAscii } from './lexer.js';
import { readCreateIndex } from './parse/create-index.js';
import { readCreateTable, spell } from './parse/create-table.js';
import { readCreateTrigger } from './parse/create-trigger.js';
import { readCreateView } from './parse/create-view.js';
import { roundTripFailures } from './round-trip.js';
import { isWritten } from './written.js';

/**
 * Reads the schema of the database file, in two queries, whatever it holds. SQLite's own tables, virtual tables with
 * their shadow tables, temporary objects and attached databases are left out.
 *
 * @param _scope not used: a SQLite database has no namespaces.
 * @throws DovetailError with the code `introspection-failed` where the catalog is damaged.
 */
export async function introspect(connection: Connection, _scope: IntrospectionScope): Promise<Schema> {
  return schemaFromCatalog(await readCatalog(connection));
}

/**
 * Reads the schema for a comparison with the desired one: a table whose texts are, to the letter, those that would be
 * written for it is the desired one, and needs no reading.
 *
 * @throws DovetailError as `introspect` does.
 */
export async function introspectAgainst(connection: Connection, { tables }: Schema): Promise<Schema> {
  const desired = new Map(tables.map((table) => [table.name, table]));
  const settled: Table[] = [];
  const catalog = await readCatalog(connection, (name, objects) => {
    const table = desired.get(name);
    const isSettled = table !== undefined && isWritten(table, objects);
    if (isSettled) settled.push(table);
    return isSettled;
  });
  return schemaFromCatalog(catalog, settled);
}

/**
 * The schema that the catalog describes; what the model cannot express of a table is recorded on it.
 *
 * @param settled the tables that are known, of which the catalog holds the texts alone.
 */
export function schemaFromCatalog({ objects, tables: facts }: Catalog, settled: readonly Table[] = []): Schema {
  const drafts = facts.map((fact) => {
    const texts = objects.get(fact.name) ?? [];
    return { fact, texts, table: readTable(fact, texts) };
  });
  const byName = new Map(
    [...settled, ...drafts.map(({ table }) => table)].map((table) => [foldAscii(table.name), table]),
  );
  const tables = drafts.map(({ fact, texts, table }) => check(resolve(table, byName), fact, texts));
  return {
    namespaces: [],
    enums: [],
    tables: [...settled, ...tables].sort(byObjectName),
    views: [...objects.values()].flatMap(readViews).sort(byObjectName),
  };
}

function readTable(fact: CatalogTable, objects: readonly CatalogObject[]): Table {
  const unmodelled: string[] = [];
  const indexes: Index[] = [];
  const triggers: Trigger[] = [];
  const definition = objects.find(({ type }) => type === 'table')?.sql ?? '';
  const table = attempt(() => readCreateTable(definition), 'its definition', unmodelled) ?? tableOfPragmas(fact);
  for (const { type, name, sql } of objects) {
    if (type === 'index') {
      const index = attempt(() => readCreateIndex(sql, table.columns), `index "${name}"`, unmodelled);
      if (index !== undefined) indexes.push(index);
    } else if (type === 'trigger') {
      const trigger = attempt(() => readCreateTrigger(sql), `trigger "${name}"`, unmodelled);
      if (trigger !== undefined) triggers.push(spellColumns(trigger, table));
    }
  }
  indexes.sort(byObjectName);
  return { ...table, indexes, triggers, unmodelled: [...table.unmodelled, ...unmodelled] };
}

function attempt<Result>(read: () => Result, what: string, unmodelled: string[]): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableDefinition)) throw error;
    unmodelled.push(`${what}, which could not be read: ${error.message}`);
    return undefined;
  }
}

/** As much of a table as the pragmas tell, for one whose text cannot be read. */
function tableOfPragmas(fact: CatalogTable): Table {
  const primaryKey = primaryKeyColumns(fact);
  return {
    name: fact.name,
    columns: fact.columns.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: !column.notNull,
      default: column.default,
    })),
    primaryKey: primaryKey.length === 0 ? undefined : { columns: primaryKey },
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    exclusions: [],
    triggers: [],
    options: { strict: fact.strict, withoutRowid: fact.withoutRowid },
    unmodelled: [],
  };
}

function spellColumns(trigger: Trigger, table: Table): Trigger {
  const events = trigger.events.map((event) =>
    event.kind === 'update' && event.columns !== undefined
      ? { ...event, columns: spell(event.columns, table.columns) }
      : event,
  );
  return { ...trigger, events };
}

/** Foreign keys name what they reference in any letter case, and may leave the columns out. */
function resolve(table: Table, tables: ReadonlyMap<string, Table>): Table {
  if (table.foreignKeys.length === 0) return table;
  return { ...table, foreignKeys: table.foreignKeys.map((foreignKey) => resolveForeignKey(foreignKey, tables)) };
}

function resolveForeignKey(foreignKey: ForeignKey, tables: ReadonlyMap<string, Table>): ForeignKey {
  const { columns, references } = foreignKey;
  const target = tables.get(foldAscii(references.table.name));
  if (target === undefined) return foreignKey;
  // A key that does not fit the other table's is an error of SQLite's only when rows are written: it stays as written.
  const implied = target.primaryKey?.columns.length === columns.length ? target.primaryKey.columns : [];
  const named = references.columns.length === 0 ? implied : spell(references.columns, target.columns);
  return { ...foreignKey, references: { table: { name: target.name }, columns: named } };
}

/** What was read must agree with SQLite's own reading, and come back from the DDL that is rendered of it. */
function check(table: Table, fact: CatalogTable, texts: readonly CatalogObject[]): Table {
  const unmodelled = [...table.unmodelled, ...disagreements(table, fact), ...roundTripFailures(table, texts)];
  return { ...table, unmodelled };
}

function readViews(objects: readonly CatalogObject[]): readonly View[] {
  return objects
    .filter(({ type }) => type === 'view')
    .map((object) => {
      const view = readOrThrow(object, readCreateView);
      const triggers = objects.filter(({ type }) => type === 'trigger');
      return { ...view, triggers: triggers.map((trigger) => readOrThrow(trigger, readCreateTrigger)) };
    });
}

function readOrThrow<Result>({ type, name, sql }: CatalogObject, read: (sql: string) => Result): Result {
  return readDefinition(sql, read, () => ({
    where: `${type} ${name}`,
    remedy: 'Check it with "select sql from sqlite_schema".',
  }));
}

function byObjectName(a: ObjectName, b: ObjectName): number {
  return compareText(a.name, b.name);
}
