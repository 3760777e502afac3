import { DovetailError } from '../errors.js';
import { displayName, objectKey, type TableNames } from '../model/names.js';
import type { Schema } from '../model/schema.js';

/** @throws DovetailError `already-exists` when the database has tables of the entities, or views of their names. */
export function rejectExisting(desired: Schema, actual: Schema, names: TableNames): void {
  const existing = new Set([...actual.tables, ...actual.views].map((object) => objectKey(object, names)));
  const clashes = desired.tables.filter((table) => existing.has(objectKey(table, names)));
  if (clashes.length === 0) return;
  throw new DovetailError(
    'already-exists',
    'Tables of the entities exist already. Nothing has been changed.',
    clashes.map((table) => ({
      where: displayName(table),
      what: 'exists',
      remedy: 'call updateSchema, which changes what differs; or refreshDatabase, which starts anew and loses all rows',
    })),
  );
}
