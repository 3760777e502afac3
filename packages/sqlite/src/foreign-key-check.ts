import { type Connection, DovetailError, messageOf, type Row } from '@dovetail/core/driver';
import { quoteIdentifier } from './ddl/quote.js';

/** A row that references another one which does not exist, or a foreign key that SQLite cannot follow at all. */
export interface Violation {
  readonly table: string;
  readonly reason: string;
}

/** What `pragma foreign_key_check` finds (sqlite.org/pragma.html#pragma_foreign_key_check). */
export async function foreignKeyViolations(connection: Connection): Promise<readonly Violation[]> {
  try {
    return (await connection.query('pragma foreign_key_check')).map(toViolation);
  } catch {
    // A foreign key whose target is no key makes the whole check fail, so each table is asked by itself.
    return violationsByTable(connection);
  }
}

async function violationsByTable(connection: Connection): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const { name } of await connection.query("select name from sqlite_schema where type = 'table'")) {
    const table = String(name);
    try {
      const rows = await connection.query(`pragma foreign_key_check(${quoteIdentifier(table)})`);
      violations.push(...rows.map(toViolation));
    } catch (error) {
      violations.push({ table, reason: messageOf(error) });
    }
  }
  return violations;
}

function toViolation({ table, parent }: Row): Violation {
  return { table: String(table), reason: `rows reference rows of "${String(parent)}" that do not exist` };
}

/**
 * Refuses violations that were not there before. They are counted, for a rebuild may give a row another rowid, and a
 * rename another table's name.
 */
export function rejectNewViolations(before: readonly Violation[], after: readonly Violation[]): void {
  const added = after.length - before.length;
  if (added <= 0) return;
  const known = new Set(before.map(describe));
  const unknown = after.filter((violation) => !known.has(describe(violation)));
  const listed = new Map((unknown.length === 0 ? after : unknown).map((violation) => [describe(violation), violation]));
  throw new DovetailError(
    'not-verified',
    `${added} references between rows would be broken. Everything has been rolled back.`,
    [...listed.values()].map(({ table, reason }) => ({
      where: table,
      what: reason,
      remedy: 'correct or delete them first',
    })),
  );
}

function describe({ table, reason }: Violation): string {
  return JSON.stringify([table, reason]);
}
