import { type Connection, DovetailError, type Row } from '@dovetail/core/driver';

/** The rows that reference others which do not exist, as `pragma foreign_key_check` finds them. */
export async function foreignKeyViolations(connection: Connection): Promise<readonly Row[]> {
  return connection.query('pragma foreign_key_check');
}

export function rejectNewViolations(before: readonly Row[], after: readonly Row[]): void {
  if (after.length <= before.length) return;
  const known = new Set(before.map(describe));
  const added = [...new Set(after.filter((row) => !known.has(describe(row))).map((row) => describePair(row)))];
  throw new DovetailError(
    'not-verified',
    `${after.length - before.length} rows would reference rows that do not exist. Everything has been rolled back.`,
    added.map((pair) => ({ where: pair, what: 'has rows without a partner', remedy: 'correct or delete them first' })),
  );
}

function describe({ table, rowid, parent }: Row): string {
  return JSON.stringify([table, typeof rowid === 'bigint' ? rowid.toString() : rowid, parent]);
}

function describePair({ table, parent }: Row): string {
  return `${String(table)} → ${String(parent)}`;
}
