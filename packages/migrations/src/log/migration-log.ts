import type { DovetailBase } from '@dovetail/core';
import {
  emptySchema,
  emptyTable,
  findTable,
  type LogicalType,
  type Row,
  spelled,
  type Table,
  type TypeAttributes,
} from '@dovetail/core/driver';
import type { MigratorContext } from '../migrator-options.js';

/** What the table keeps of a migration. */
export interface MigrationRecord {
  readonly name: string;
  /** The hash of the statements that were run; absent where a function was. */
  readonly checksum?: string | undefined;
  /** When it was finished, in ISO 8601; absent while it is not. */
  readonly appliedAt?: string | undefined;
  /** How long it took, in milliseconds. */
  readonly duration?: number | undefined;
  /** How far it came, where the database commits each statement by itself and it was not finished. */
  readonly progress?: Progress | undefined;
}

/** How far a migration came. */
export interface Progress {
  readonly direction: Direction;
  /** How many statements were carried out. */
  readonly done: number;
  /** A hash of the schema after them: where it is another now, one more was carried out. */
  readonly schema: string;
}

export type Direction = 'up' | 'down';

/** Reads what was run, by name; nothing where the table is not there yet. */
export async function readLog(context: MigratorContext): Promise<ReadonlyMap<string, MigrationRecord>> {
  if (!(await exists(context))) return new Map();
  const { orm, settings } = context;
  const { quoteIdentifier: quote } = orm.driver.ddl;
  const rows = await orm.connection.query(`select * from ${quote(settings.tableName)} order by ${quote('name')}`);
  return new Map(rows.map(recordOf).map((record) => [record.name, record]));
}

/** Makes the table where it is not there yet. */
export async function ensureLog(context: MigratorContext): Promise<void> {
  if (await exists(context)) return;
  const { orm, settings } = context;
  for (const sql of createStatements(orm, settings.tableName)) await orm.connection.execute(sql);
}

/** Keeps what is known of a migration, in one statement, which is carried out whole or not at all. */
export async function saveRecord({ orm, settings }: MigratorContext, record: MigrationRecord): Promise<void> {
  const { quoteIdentifier: quote } = orm.driver.ddl;
  const table = quote(settings.tableName);
  const isRecord = `${quote('name')} = ${literal(orm, record.name)}`;
  const [existing] = await orm.connection.query(`select ${quote('name')} from ${table} where ${isRecord}`);
  const values = [record.name, record.checksum, record.appliedAt, record.duration, serialise(record.progress)];
  const cells = columnsOf(orm).map(({ name }, index) => [quote(name), literal(orm, values[index])] as const);
  await orm.connection.execute(
    existing === undefined
      ? `insert into ${table} (${cells.map(([name]) => name).join(', ')}) values (${cells.map(([, value]) => value).join(', ')})`
      : `update ${table} set ${cells.map((cell) => cell.join(' = ')).join(', ')} where ${isRecord}`,
  );
}

export async function removeRecord({ orm, settings }: MigratorContext, name: string): Promise<void> {
  const { quoteIdentifier: quote } = orm.driver.ddl;
  await orm.connection.execute(
    `delete from ${quote(settings.tableName)} where ${quote('name')} = ${literal(orm, name)}`,
  );
}

async function exists({ orm, settings }: MigratorContext): Promise<boolean> {
  const schema = await orm.schema.introspect();
  const name = spelled(settings.tableName, orm.connection);
  return findTable(schema, { name }, orm.driver.comparison) !== undefined;
}

function createStatements({ driver }: DovetailBase, name: string): readonly string[] {
  const table: Table = {
    ...emptyTable,
    name,
    columns: columnsOf({ driver }),
    primaryKey: { columns: ['name'] },
  };
  const target = { ...emptySchema, tables: [table] };
  const context = { before: emptySchema, actual: emptySchema, target, renames: [] };
  return driver.ddl.statements({ changes: [{ kind: 'create-table', table }] }, context).map(({ sql }) => sql);
}

function columnsOf({ driver }: Pick<DovetailBase, 'driver'>): Table['columns'] {
  const column = (
    name: string,
    type: LogicalType,
    attributes: TypeAttributes = {},
    nullable = true,
  ): Table['columns'][0] => ({
    name,
    type: driver.types.columnType(type, attributes),
    nullable,
  });
  return [
    // The file systems that migrations come from take `a` and `A` for two.
    { ...column('name', 'string', { length: 255 }, false), ...driver.types.exactText },
    column('checksum', 'string', { length: 64 }),
    column('applied_at', 'string', { length: 24 }),
    column('duration', 'integer'),
    column('progress', 'string', { length: 255 }),
  ];
}

function literal({ driver }: Pick<DovetailBase, 'driver'>, value: string | number | undefined): string {
  if (value === undefined) return 'null';
  return typeof value === 'number' ? String(value) : driver.ddl.quoteString(value);
}

function serialise(progress: Progress | undefined): string | undefined {
  return progress && JSON.stringify(progress);
}

function recordOf(row: Row): MigrationRecord {
  const text = (name: string): string | undefined => {
    const value = row[name];
    return typeof value === 'string' ? value : undefined;
  };
  const progress = text('progress');
  return {
    name: text('name') ?? '',
    checksum: text('checksum'),
    appliedAt: text('applied_at'),
    duration: row.duration === null ? undefined : Number(row.duration),
    progress: progress === undefined ? undefined : parseProgress(progress),
  };
}

const parseProgress: (text: string) => Progress = JSON.parse;
