import {
  type Column,
  type Connection,
  displayName,
  DovetailError,
  type EnumType,
  type Index,
  inOrderOfReading,
  messageOf,
  objectKey,
  type ObjectName,
  readsByNameAmong,
  type Schema,
  type Table,
  type View,
} from '@dovetail/core/driver';
import { readEnums } from './catalog/enums.js';
import { text } from './catalog/row.js';
import { readNamespaces, readRelations, readTemporaryRelations } from './catalog/relations.js';
import { comparison } from './comparison.js';
import { codeOf } from './connection.js';
import { createIndexSql } from './ddl/create-index.js';
import { createTableSql } from './ddl/create-table.js';
import { createTriggerSql } from './ddl/create-trigger.js';
import { createEnumSql } from './ddl/enums.js';
import { quoteIdentifier, quoteName } from './ddl/quote.js';
import { readContents } from './introspect.js';
import { withoutTrace } from './session.js';

/** What is copied: some tables and views of the desired schema, and the enums that they need. */
export interface ScratchInput {
  readonly desired: Schema;
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  /** The columns of the copy of a table: at least those that the table has. */
  columnsOf(table: Table): readonly Column[];
}

/** The tables and views as the catalog prints their copies. */
export interface Scratch {
  readonly tables: ReadonlyMap<Table, Table>;
  readonly views: ReadonlyMap<View, View>;
}

/**
 * Creates temporary copies, reads them back, and leaves no trace. Temporary objects come before all others where a name
 * is looked up, so a copy under the table's own name is what a view of the desired schema reads.
 *
 * @throws DovetailError `invalid-metadata` where PostgreSQL refuses a table, with what it says.
 */
export async function readScratch(connection: Connection, input: ScratchInput): Promise<Scratch> {
  const types = await readTypeNames(connection, [...input.tables, ...input.views]);
  const copies = input.tables.map((desired, number): Copy => ({
    desired,
    name: nameOfCopy(desired, number, types),
    columns: input.columnsOf(desired),
  }));
  return withoutTrace(connection, async () => {
    const enums = await enumStatements(connection, input.desired.enums);
    const standIns = input.views.length === 0 ? [] : await missingTables(connection, copies);
    const namespaces = await missingNamespaces(connection, [
      ...input.desired.enums,
      ...standIns.map(({ desired }) => desired),
    ]);
    await create(connection, [
      ...namespaces,
      ...enums,
      ...copies.flatMap(statementsOf),
      ...standIns.map(standInStatement),
    ]);
    const triggers = copies.flatMap((copy) => triggerStatements(copy));
    for (const trigger of triggers) await tryExecute(connection, trigger);
    const carriers = await createViews(connection, inOrderOfReading(input.views, comparison.mentions), types);

    const readsByName = readsByNameAmong(input.desired.views, comparison.mentions);
    const relations = await readTemporaryRelations(connection);
    const { tables, views } = await readContents(connection, relations);
    const table = (name: string): Table | undefined => tables.find((candidate) => candidate.name === name);
    const view = (name: string): View | undefined => views.find((candidate) => candidate.name === name);
    return {
      tables: new Map(copies.map((copy) => [copy.desired, mergeTable(copy, table(copy.name))])),
      views: new Map(
        input.views.map((desired) => {
          const carrier = carriers.find((candidate) => candidate.desired === desired);
          if (carrier === undefined) return [desired, { ...desired, reads: readsByName(desired) }];
          return [desired, mergeView(desired, view(carrier.name), table(carrier.indexed))];
        }),
      ),
    };
  });
}

/** A statement, and the object of the desired schema that it copies. */
interface ScratchStatement {
  readonly sql: string;
  readonly where: string;
}

interface Copy {
  readonly name: string;
  readonly desired: Table;
  readonly columns: readonly Column[];
}

/**
 * Tables of other namespaces are never meant by their bare name, and may share it with another. A table is a type as well:
 * a temporary one called `text` would be what all others mean by it.
 */
function nameOfCopy({ schema, name }: ObjectName, number: number | string, types: ReadonlySet<string>): string {
  return schema === undefined && !types.has(name) ? name : `dovetail_scratch_${number}`;
}

/** Those of the names that are names of PostgreSQL's own types. */
async function readTypeNames(connection: Connection, objects: readonly ObjectName[]): Promise<ReadonlySet<string>> {
  const types = await connection.query(
    `select typname::text as name from pg_catalog.pg_type
     where typnamespace = 'pg_catalog'::regnamespace and typname = any ($1::name[])`,
    [objects.map(({ name }) => name)],
  );
  return new Set(types.map((row) => text(row, 'name')));
}

function statementsOf({ desired, name, columns }: Copy, number: number): ScratchStatement[] {
  const where = displayName(desired);
  const copy: Table = {
    name,
    columns: columns.map((column) => ({ ...column, autoincrement: undefined, identity: undefined })),
    checks: desired.checks.map((check, index) => ({ ...check, name: `check_${index}` })),
    exclusions: desired.exclusions.map((exclusion, index) => ({
      ...exclusion,
      name: `dovetail_exclusion_${number}_${index}`,
    })),
    options: { partitionBy: desired.options.partitionBy },
    uniques: [],
    foreignKeys: [],
    indexes: [],
    triggers: [],
    unmodelled: [],
  };
  return [
    { sql: createTableSql(copy, { temporary: true }), where },
    ...desired.indexes.map((index, position) => ({
      sql: createIndexSql({ name }, { ...index, name: scratchIndex(number, position) }),
      where: `${where}.${index.name}`,
    })),
  ];
}

function scratchIndex(owner: number | string, position: number): string {
  return `dovetail_index_${owner}_${position}`;
}

function triggerStatements({ desired, name }: Copy): string[] {
  return desired.triggers.map((trigger) => createTriggerSql({ name }, trigger));
}

/**
 * The enums that the database has not, or not in that form: renames are yet to be carried out, and a snapshot may be ahead
 * of it.
 */
async function enumStatements(connection: Connection, wanted: readonly EnumType[]): Promise<ScratchStatement[]> {
  if (wanted.length === 0) return [];
  const enums = await readEnums(connection, namespacesOf(wanted));
  return wanted.flatMap((type) => copyOfEnum(type, enums));
}

function namespacesOf(objects: readonly ObjectName[]): readonly string[] {
  return [...new Set(objects.flatMap(({ schema }) => schema ?? []))];
}

async function missingNamespaces(
  connection: Connection,
  objects: readonly ObjectName[],
): Promise<readonly ScratchStatement[]> {
  const names = namespacesOf(objects);
  if (names.length === 0) return [];
  const existing = await readNamespaces(connection, names);
  return names
    .filter((name) => !existing.includes(name))
    .map((name) => ({ sql: `create schema ${quoteIdentifier(name)}`, where: name }));
}

/** The tables of other namespaces that the database has not: a view means them by their qualified names. */
async function missingTables(connection: Connection, copies: readonly Copy[]): Promise<readonly Copy[]> {
  const others = copies.filter(({ desired }) => desired.schema !== undefined);
  if (others.length === 0) return [];
  const existing = await readTableKeys(
    connection,
    others.map(({ desired }) => desired),
  );
  return others.filter(({ desired }) => !existing.has(keyOf(desired)));
}

function standInStatement({ desired, name }: Copy): ScratchStatement {
  return { sql: `create table ${quoteName(desired)} (like ${quoteIdentifier(name)})`, where: displayName(desired) };
}

/** What the database has in the namespaces of the tables, as keys. */
export async function readTableKeys(
  connection: Connection,
  tables: readonly ObjectName[],
): Promise<ReadonlySet<string>> {
  const relations = await readRelations(connection, namespacesOf(tables));
  return new Set(relations.map(({ name }) => keyOf(name)));
}

/** One of another namespace is meant by its qualified name, so it has to be there. */
function copyOfEnum(type: EnumType, enums: readonly EnumType[]): ScratchStatement[] {
  const existing = enums.find((candidate) => keyOf(candidate) === keyOf(type));
  if (existing?.items.join('\0') === type.items.join('\0')) return [];
  const where = displayName(type);
  if (type.schema === undefined) return [{ sql: createEnumSql({ ...type, schema: 'pg_temp' }), where }];
  return [
    ...(existing === undefined
      ? []
      : [{ sql: `alter type ${quoteName(existing)} rename to "dovetail_scratch_enum"`, where }]),
    { sql: createEnumSql(type), where },
  ];
}

function keyOf(name: ObjectName): string {
  return objectKey(name, comparison);
}

/** All in one batch; one by one after a failure, to find the one that fails. */
async function create(connection: Connection, statements: readonly ScratchStatement[]): Promise<void> {
  if (statements.length === 0) return;
  await connection.execute('savepoint dovetail_batch');
  try {
    await connection.execute(statements.map(({ sql }) => sql).join(';\n'));
  } catch (error) {
    if (error instanceof DovetailError || isForbidden(error)) throw error;
    await connection.execute('rollback to savepoint dovetail_batch');
    for (const statement of statements) await createOne(connection, statement);
  }
}

function isForbidden(error: unknown): boolean {
  return ['25006', '42501'].includes(codeOf(error) ?? '');
}

async function createOne(connection: Connection, { sql, where }: ScratchStatement): Promise<void> {
  try {
    await connection.execute(sql);
  } catch (error) {
    if (error instanceof DovetailError) throw error;
    const what = messageOf(error);
    throw new DovetailError(
      'invalid-metadata',
      'PostgreSQL refuses what the entities describe. Nothing has been changed.',
      [{ where, what, remedy: `The statement was: ${sql}` }],
      { cause: error },
    );
  }
}

async function tryExecute(connection: Connection, ...statements: readonly string[]): Promise<boolean> {
  await connection.execute('savepoint dovetail_attempt');
  try {
    for (const statement of statements) await connection.execute(statement);
    return true;
  } catch (error) {
    if (error instanceof DovetailError && !isForbidden(error)) throw error;
    await connection.execute('rollback to savepoint dovetail_attempt');
    return false;
  }
}

interface Carrier {
  readonly desired: View;
  /** The temporary view, and the temporary table that carries the indexes of a materialized one. */
  readonly name: string;
  readonly indexed: string;
}

/**
 * A copy must read a copy, not the view of that name that stands in the database, so what is named comes first; those that
 * fail are tried again while others succeed. One that still fails reads what the update is yet to make in another
 * namespace: it keeps its text, and is compared by that.
 */
async function createViews(
  connection: Connection,
  views: readonly View[],
  types: ReadonlySet<string>,
): Promise<Carrier[]> {
  const created: Carrier[] = [];
  let waiting = views.map((desired, number): Carrier => ({
    desired,
    name: nameOfCopy(desired, `view_${number}`, types),
    indexed: `dovetail_indexed_${number}`,
  }));
  for (let before = -1; waiting.length !== before;) {
    before = waiting.length;
    const failed: Carrier[] = [];
    for (const carrier of waiting) {
      if (await tryExecute(connection, ...carrierStatements(carrier))) created.push(carrier);
      else failed.push(carrier);
    }
    waiting = failed;
  }
  return created;
}

function carrierStatements({ desired, name, indexed }: Carrier): string[] {
  const columns = desired.columns === undefined ? '' : ` (${desired.columns.map(quoteIdentifier).join(', ')})`;
  const indexes = desired.indexes ?? [];
  return [
    `create temporary view ${quoteIdentifier(name)}${columns} as ${desired.definition}`,
    ...(indexes.length === 0
      ? []
      : [`create temporary table ${quoteIdentifier(indexed)} as select * from ${quoteIdentifier(name)} with no data`]),
    ...indexes.map((index, position) =>
      createIndexSql({ name: indexed }, { ...index, name: scratchIndex(indexed, position) }),
    ),
  ];
}

function mergeTable({ desired }: Copy, copy: Table | undefined): Table {
  if (copy === undefined) return desired;
  return {
    ...desired,
    columns: desired.columns.map((column) => {
      const read = copy.columns.find(({ name }) => name === column.name);
      if (read === undefined) return column;
      const { type, default: defaultText, generated, collation } = read;
      return { ...column, type, default: defaultText, generated, collation };
    }),
    checks: desired.checks.map((check, position) => ({
      ...check,
      expression: copy.checks.find(({ name }) => name === `check_${position}`)?.expression ?? check.expression,
    })),
    exclusions: desired.exclusions.map((exclusion, position) => ({
      ...exclusion,
      definition: copy.exclusions.find(({ name }) => name.endsWith(`_${position}`))?.definition ?? exclusion.definition,
    })),
    indexes: mergeIndexes(desired.indexes, copy.indexes),
    triggers: desired.triggers.map((trigger) => {
      const read = copy.triggers.find(({ name }) => name === trigger.name);
      return read === undefined ? trigger : { ...read, managed: trigger.managed };
    }),
    options: { ...desired.options, ...(desired.options.partitionBy && { partitionBy: copy.options.partitionBy }) },
  };
}

function mergeIndexes(desired: readonly Index[], copies: readonly Index[]): Index[] {
  return desired.map((index, position) => {
    const read = copies.find(({ name }) => name.endsWith(`_${position}`));
    return read === undefined ? index : { ...read, name: index.name, comment: index.comment };
  });
}

function mergeView(desired: View, copy: View | undefined, indexed: Table | undefined): View {
  if (copy === undefined) return desired;
  return {
    ...desired,
    definition: copy.definition,
    columnNames: copy.columnNames,
    reads: (copy.reads ?? []).map(({ schema, name }) =>
      schema?.startsWith('pg_temp_') === true ? { name } : { schema, name },
    ),
    ...(desired.indexes && { indexes: mergeIndexes(desired.indexes, indexed?.indexes ?? []) }),
  };
}
