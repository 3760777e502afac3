import { SchemaGenerator } from '@dovetail/core';
import type { Connection, Row, Schema, Table } from '@dovetail/core/driver';
import Database from 'better-sqlite3';
import { connect } from './connection.js';
import { sqliteDriver } from './driver.js';
import { introspect } from './introspect.js';

type GeneratorOptions = ConstructorParameters<typeof SchemaGenerator>[0]['options'];

/** A database, and the generator that makes it fit a schema. */
export interface Evolution {
  readonly connection: Connection;
  /** Runs a script of its own. */
  run(script: string): Promise<void>;
  rows(query: string): Promise<readonly Row[]>;
  /** The texts of the catalog, by the names of their objects. */
  catalog(): Promise<Readonly<Record<string, string>>>;
  /** The generator for the schema that the script creates. */
  towards(desired: string | Schema, options?: GeneratorOptions): Promise<SchemaGenerator>;
}

export async function evolution(script: string, dbName = ':memory:'): Promise<Evolution> {
  const connection = await connect({ dbName });
  const rows = (query: string): Promise<readonly Row[]> => connection.query(query);
  const run = async (text: string): Promise<void> => {
    for (const statement of splitScript(text)) await connection.execute(statement);
  };
  await run(script);
  return {
    connection,
    run,
    rows,
    async catalog() {
      const objects = await rows('select name, sql from sqlite_schema where sql is not null order by name');
      return Object.fromEntries(objects.map(({ name, sql }) => [String(name), String(sql)]));
    },
    async towards(desired, options = {}) {
      const schema = typeof desired === 'string' ? await schemaOf(desired) : desired;
      return new SchemaGenerator({
        driver: sqliteDriver,
        options,
        connection: () => connection,
        isConnected: () => true,
        desiredSchema: () => schema,
        openDatabase: async () => false,
        dropDatabase: async () => undefined,
        databaseScript: () => ({ drop: '', create: '' }),
      });
    },
  };
}

/** The schema that a script creates. */
export async function schemaOf(script: string): Promise<Schema> {
  const connection = await connect({ dbName: ':memory:' });
  try {
    for (const statement of splitScript(script)) await connection.execute(statement);
    return await introspect(connection, { namespaces: [] });
  } finally {
    await connection.close();
  }
}

/** The same schema with hints: `{ customer: 'person', 'customer.email': 'mail' }`, new names to previous ones. */
export function withHints(schema: Schema, hints: Readonly<Record<string, string>>): Schema {
  const hinted = (table: Table): Table => ({
    ...table,
    previousName: hints[table.name],
    columns: table.columns.map((column) => ({ ...column, previousName: hints[`${table.name}.${column.name}`] })),
  });
  return { ...schema, tables: schema.tables.map(hinted) };
}

/** SQLite itself says where a statement ends. */
function splitScript(script: string): readonly string[] {
  const statements: string[] = [];
  let statement = '';
  for (const part of script.split(/(?<=;)/)) {
    statement += part;
    if (!isComplete(statement)) continue;
    statements.push(statement);
    statement = '';
  }
  return [...statements, statement].filter((text) => text.trim() !== '');
}

function isComplete(statement: string): boolean {
  if (!/;\s*$/.test(statement)) return false;
  return !/^\s*create\s+trigger/i.test(statement) || /\bend\s*;\s*$/i.test(statement);
}

/** What `better-sqlite3` runs as one script, as the `sqlite3` shell does. */
export function runScript(script: string, ...scripts: readonly string[]): Database.Database {
  const database = new Database(':memory:');
  for (const text of [script, ...scripts]) database.exec(text);
  return database;
}
