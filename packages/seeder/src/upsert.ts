import type { EntityMetadata } from '@dovetail/core';
import type { ObjectName, Row } from '@dovetail/core/driver';
import { insertRows } from './insert.js';
import { keyMaker } from './key.js';
import type { SeedModel } from './model.js';
import { invalidRow, refusedByDatabase } from './problem.js';

/**
 * Updates the rows that exist, found by the properties `by`, and inserts the others. One by one, so that a row that
 * comes twice is inserted once, and a row that collides with another one elsewhere is an error on every database.
 */
export async function upsertRows(
  entity: EntityMetadata,
  rows: readonly object[],
  by: readonly string[] | undefined,
  model: SeedModel,
): Promise<readonly object[]> {
  const { write, columns, columnsOf } = model.writerOf(entity);
  const makeKey = keyMaker(entity, model);
  const identifying = by?.flatMap(columnsOf) ?? entity.primaryKey;
  const keys: object[] = [];
  for (const row of rows) {
    const given = givenColumns(columns, write(row));
    const condition = identifying.map((name) => ({ name, value: valueFor(name, given, entity) }));
    const existing = await findRow(entity, condition, model);
    if (existing === undefined) {
      keys.push(...(await insertRows(entity, [row], model)));
      continue;
    }
    const changes = given.filter(({ name }) => !identifying.includes(name));
    if (changes.length > 0) await updateRow(entity, changes, condition, model);
    keys.push(makeKey(row, existing));
  }
  return keys;
}

interface Assignment {
  readonly name: string;
  readonly value: unknown;
}

function givenColumns(columns: readonly string[], parameters: readonly unknown[]): Assignment[] {
  return columns.map((name, index) => ({ name, value: parameters[index] })).filter(({ value }) => value !== undefined);
}

function valueFor(name: string, given: readonly Assignment[], { className }: EntityMetadata): unknown {
  const value = given.find((assignment) => assignment.name === name)?.value;
  if (value !== undefined && value !== null) return value;
  throw invalidRow(
    className,
    `a row has no value for ${name}, which tells whether it exists already`,
    'Give it, or say in `by` which properties tell: `{ by: ["email"] }`.',
  );
}

async function findRow(
  entity: EntityMetadata,
  condition: readonly Assignment[],
  model: SeedModel,
): Promise<Row | undefined> {
  const { quoteIdentifier } = model.orm.driver.ddl;
  const columns = entity.primaryKey.map(quoteIdentifier).join(', ');
  const where = equalities(condition, 1, model).join(' and ');
  const rows = await run(
    entity,
    `select ${columns} from ${quoteName(model.tableOf(entity), model)} where ${where}`,
    condition,
    model,
  );
  if (rows.length <= 1) return rows[0];
  const names = condition.map(({ name }) => name).join(', ');
  throw invalidRow(
    entity.className,
    `${rows.length} rows have the same ${names}`,
    'Say in `by` which properties tell one row from all others.',
  );
}

async function updateRow(
  entity: EntityMetadata,
  changes: readonly Assignment[],
  condition: readonly Assignment[],
  model: SeedModel,
): Promise<void> {
  const set = equalities(changes, 1, model).join(', ');
  const where = equalities(condition, changes.length + 1, model).join(' and ');
  const sql = `update ${quoteName(model.tableOf(entity), model)} set ${set} where ${where}`;
  await run(entity, sql, [...changes, ...condition], model);
}

async function run(
  { className }: EntityMetadata,
  sql: string,
  values: readonly Assignment[],
  { orm }: SeedModel,
): Promise<readonly Row[]> {
  try {
    return await orm.connection.query(
      sql,
      values.map(({ value }) => value),
    );
  } catch (error) {
    throw refusedByDatabase(className, error);
  }
}

function equalities(assignments: readonly Assignment[], first: number, { orm }: SeedModel): string[] {
  const { quoteIdentifier } = orm.driver.ddl;
  return assignments.map(
    ({ name }, index) => `${quoteIdentifier(name)} = ${orm.connection.placeholder(first + index)}`,
  );
}

/** The name of a table as a statement writes it. */
export function quoteName({ schema, name }: ObjectName, { orm }: SeedModel): string {
  const { quoteIdentifier } = orm.driver.ddl;
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
