import type { EntityMetadata } from '@dovetail/core';
import type { Insertion, Row } from '@dovetail/core/driver';
import { keyMaker } from './key.js';
import type { SeedModel } from './model.js';
import { insertPivots } from './pivots.js';
import { refusedByDatabase } from './problem.js';

/** Rows that are laid out at a time: so few that what is made of them is soon gone from memory again. */
const chunkSize = 2_000;

/** Inserts the rows, and those of their pivot tables. Gives the key of each, in their order. */
export async function insertRows(
  entity: EntityMetadata,
  rows: readonly object[],
  model: SeedModel,
): Promise<readonly object[]> {
  const keys: object[] = [];
  const makeKey = keyMaker(entity, model);
  for (let start = 0; start < rows.length; start += chunkSize) {
    const chunk = rows.slice(start, start + chunkSize);
    const returned = await insertChunk(entity, chunk, model);
    chunk.forEach((row, index) => {
      const key = makeKey(row, returned[index]);
      model.remember(key, entity);
      keys.push(key);
    });
  }
  await insertPivots(entity, rows, keys, model);
  return keys;
}

/** Gives what the database made of the key of each row, in their order. */
async function insertChunk(
  entity: EntityMetadata,
  rows: readonly object[],
  model: SeedModel,
): Promise<readonly (Row | undefined)[]> {
  const { write, columns } = model.writerOf(entity);
  const returned: (Row | undefined)[] = [];
  for (const batch of batches(rows.map(write), isSelfReferencing(entity))) {
    const present = columns.filter((_, index) => batch.present[index]);
    const isComplete = present.length === columns.length;
    const missing = entity.primaryKey.filter((name) => !present.includes(name));
    const inserted = await insertBatch(entity, model, {
      table: model.tableOf(entity),
      columns: present,
      rows: isComplete ? batch.rows : batch.rows.map((row) => row.filter((_, index) => batch.present[index])),
      returning: missing.map((name) => ({ name, autoincrement: isNumbered(entity, name) })),
    });
    batch.positions.forEach((position, index) => {
      returned[position] = inserted[index];
    });
  }
  return returned;
}

async function insertBatch(
  entity: EntityMetadata,
  { orm }: SeedModel,
  insertion: Insertion,
): ReturnType<typeof orm.connection.insert> {
  try {
    return await orm.connection.insert(insertion);
  } catch (error) {
    throw refusedByDatabase(entity.className, error);
  }
}

/** Rows that have values for the same columns. */
interface Batch {
  /** Which of the columns they have values for. */
  readonly present: readonly boolean[];
  readonly rows: unknown[][];
  /** Where each of them stands in the whole list. */
  readonly positions: number[];
}

/** In order, a row of a table that references itself may need one before it; else rows of one kind go together. */
function batches(rows: readonly unknown[][], inOrder: boolean): Iterable<Batch> {
  const all: Batch[] = [];
  const byColumns = new Map<string, Batch>();
  let current: Batch | undefined;
  rows.forEach((row, position) => {
    if (current === undefined || !isOfKind(row, current.present)) {
      const present = row.map((value) => value !== undefined);
      const kind = present.map(Number).join('');
      current = inOrder ? undefined : byColumns.get(kind);
      if (current === undefined) {
        current = { present, rows: [], positions: [] };
        byColumns.set(kind, current);
        all.push(current);
      }
    }
    current.rows.push(row);
    current.positions.push(position);
  });
  return all;
}

function isOfKind(row: readonly unknown[], present: readonly boolean[]): boolean {
  return row.every((value, index) => (value !== undefined) === present[index]);
}

function isSelfReferencing({ className, foreignKeys }: EntityMetadata): boolean {
  return foreignKeys.some(({ target }) => target.className === className);
}

function isNumbered({ columns }: EntityMetadata, name: string): boolean {
  return columns.some((column) => column.name === name && column.autoincrement === true);
}
