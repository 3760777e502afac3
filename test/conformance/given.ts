import {
  type Column,
  type Connection,
  type DovetailBase,
  DovetailError,
  type DovetailOptions,
  type EntityClass,
  type Plan,
  type Schema,
  type SchemaGeneratorOptions,
  type Table,
  type UpdateOptions,
} from '@dovetail/core';
import type { FoldName } from '@dovetail/core/driver';
import { expect, onTestFinished } from 'vitest';
import type { TestDatabase, TestSite } from '../databases/index.js';

/** How the entities are read, and how the update is planned. */
export type StepOptions = UpdateOptions &
  Pick<DovetailOptions, 'namingStrategy'> & { readonly config?: SchemaGeneratorOptions };

export type Value = string | number | null;
export type Values = Readonly<Record<string, Value>>;

/** A real database, and what tests do with it. It is gone when the test is over. */
export interface Given {
  /** A connection beside Dovetail's own, as another program would have one. */
  readonly connection: Connection;
  /** Dovetail on this database, for these entities. */
  init(entities: readonly EntityClass[], options?: StepOptions): Promise<DovetailBase>;
  /** Updates the database to these entities, and expects that nothing is left to do then. */
  become(entities: readonly EntityClass[], options?: StepOptions): Promise<Plan>;
  /** Expects that the database already is as these entities want it. */
  alreadyIs(entities: readonly EntityClass[], options?: StepOptions): Promise<void>;
  /** Expects that the update is refused, and that it leaves the catalog and all rows as they were. */
  refuses(entities: readonly EntityClass[], options?: StepOptions): Promise<DovetailError>;
  /** Expects that the database itself refuses the statement. */
  rejects(sql: string): Promise<void>;
  execute(...statements: readonly string[]): Promise<void>;
  /** Runs a script of several statements, as the database's own shell would. */
  runScript(script: string): Promise<void>;
  insert(table: string, ...rows: readonly Values[]): Promise<void>;
  /** All rows, ordered by the columns named (the table's first where none is). */
  rows(table: string, ...orderBy: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The values of one column, in the order of the rows' first column. */
  values(table: string, column: string): Promise<readonly unknown[]>;
  count(table: string): Promise<number>;
  schema(): Promise<Schema>;
  hasTable(name: string): Promise<boolean>;
  table(name: string): Promise<Table>;
  column(table: string, name: string): Promise<Column>;
}

/** A database without anything in it. */
export async function givenNothing(database: TestDatabase): Promise<Given> {
  const site = await database.create();
  onTestFinished(() => site.dispose());
  return describeSite(site, database);
}

/** A database that is as these entities want it. */
export async function given(
  database: TestDatabase,
  entities: readonly EntityClass[],
  options?: StepOptions,
): Promise<Given> {
  const site = await givenNothing(database);
  await site.become(entities, options);
  return site;
}

/** Expects an error of Dovetail's own. */
export async function failureOf(action: () => Promise<unknown>): Promise<DovetailError> {
  const outcome: unknown = await action().catch((error: unknown) => error);
  if (outcome instanceof DovetailError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('It was not refused.');
}

function describeSite(site: TestSite, { driver: { ddl, comparison } }: TestDatabase): Given {
  const { connection } = site;
  const quote = ddl.quoteIdentifier;

  const init: Given['init'] = (entities, { namingStrategy, config = {} } = {}) =>
    site.init({ entities, schemaGenerator: config, ...(namingStrategy !== undefined && { namingStrategy }) });

  const hasName =
    (name: string, fold: FoldName) =>
    (object: { readonly name: string }): boolean =>
      fold(object.name) === fold(name);

  const rows: Given['rows'] = (table, ...orderBy) =>
    connection.query(
      `select * from ${quote(table)} order by ${orderBy.length === 0 ? '1' : orderBy.map(quote).join()}`,
    );

  async function contents(): Promise<unknown> {
    const schema = await site.introspect();
    const contentsOfTables: unknown[] = [];
    for (const { name } of schema.tables) contentsOfTables.push(await rows(name));
    return { schema, rows: contentsOfTables };
  }

  async function expectNothingToDo(orm: DovetailBase, options: StepOptions | undefined): Promise<void> {
    expect(await orm.schema.getUpdateSchemaSQL(options)).toBe('');
  }

  const self: Given = {
    connection,
    init,
    async become(entities, options) {
      const orm = await init(entities, options);
      const plan = await orm.schema.updateSchema(options);
      await expectNothingToDo(orm, options);
      return plan;
    },
    async alreadyIs(entities, options) {
      await expectNothingToDo(await init(entities, options), options);
    },
    async refuses(entities, options) {
      const before = await contents();
      const error = await failureOf(async () => (await init(entities, options)).schema.updateSchema(options));
      expect(await contents()).toEqual(before);
      return error;
    },
    async rejects(sql) {
      await expect(connection.execute(sql)).rejects.toThrow();
    },
    async execute(...statements) {
      for (const statement of statements) await connection.execute(statement);
    },
    runScript: site.runScript,
    async insert(table, ...values) {
      for (const row of values) {
        const columns = Object.keys(row).map(quote).join(', ');
        const literals = Object.values(row)
          .map((value) => literal(value, ddl.quoteString))
          .join(', ');
        await connection.execute(`insert into ${quote(table)} (${columns}) values (${literals})`);
      }
    },
    rows,
    values: async (table, column) => (await rows(table)).map((row) => row[column]),
    count: async (table) => (await rows(table)).length,
    schema: () => site.introspect(),
    hasTable: async (name) => (await site.introspect()).tables.some(hasName(name, comparison.foldTableName)),
    async table(name) {
      const table = (await site.introspect()).tables.find(hasName(name, comparison.foldTableName));
      if (table === undefined) throw new Error(`There is no table "${name}".`);
      return table;
    },
    async column(table, name) {
      const column = (await self.table(table)).columns.find(hasName(name, comparison.foldName));
      if (column === undefined) throw new Error(`There is no column "${name}" in "${table}".`);
      return column;
    },
  };
  return self;
}

function literal(value: Value, quoteString: (text: string) => string): string {
  return typeof value === 'string' ? quoteString(value) : String(value);
}
