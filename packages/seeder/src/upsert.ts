import type { DovetailError, EntityMetadata } from '@dovetail/core';
import type { Row } from '@dovetail/core/driver';
import { insertRows } from './insert.js';
import { keyMaker } from './key.js';
import type { SeedModel } from './model.js';
import { replacePivots } from './pivots.js';
import { invalidRow } from './problem.js';
import { type Assignment, equalities, givenColumns, quoteName, runStatement } from './statement.js';

/**
 * Updates the rows that exist, found by the properties `by`, and inserts the others. One by one, so that a row that
 * comes twice is inserted once, and a row that collides with another one elsewhere is an error on every database. The
 * many-to-many relations that a row gives are then what it gives.
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
  if (identifying.length === 0) throw tellsNothing(entity);
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
    const key = makeKey(row, existing);
    model.remember(key, entity);
    await replacePivots(entity, row, key, model);
    keys.push(key);
  }
  return keys;
}

function tellsNothing({ className }: EntityMetadata): DovetailError {
  return invalidRow(
    className,
    'no column tells whether a row exists already',
    'Say in `by` which properties do: `{ by: ["email"] }`.',
  );
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
  const rows = await runStatement(
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
  await runStatement(entity, sql, [...changes, ...condition], model);
}
