import type { Connection, Driver } from '../driver.js';
import { DovetailError, type Problem } from '../errors.js';
import { displayName, sameObject } from '../model/names.js';
import type { ForeignKey, ObjectName, Table } from '../model/schema.js';
import { partlyEmptied, rolledBack } from '../outcome.js';
import { runStatement } from './apply.js';

export interface ClearContext {
  readonly connection: Connection;
  readonly driver: Driver;
}

/**
 * Removes all rows of the tables that `isCleared` names.
 *
 * @throws DovetailError `precheck-failed` when rows of other tables reference them; nothing has been changed then.
 */
export async function clearTables(
  tables: readonly Table[],
  isCleared: (table: Table) => boolean,
  context: ClearContext,
): Promise<void> {
  const { connection, driver } = context;
  const cleared = tables.filter(isCleared);
  const others = tables.filter((table) => !isCleared(table));
  await rejectReferences(cleared, others, context);
  const outcome = driver.capabilities(connection.serverVersion).transactionalDdl ? rolledBack : partlyEmptied;
  for (const sql of driver.ddl.clear(cleared)) await runStatement(connection, sql, 'Removes all rows.', outcome);
}

async function rejectReferences(
  cleared: readonly Table[],
  others: readonly Table[],
  { connection, driver }: ClearContext,
): Promise<void> {
  const problems: Problem[] = [];
  for (const table of others) {
    for (const foreignKey of table.foreignKeys) {
      const target = cleared.find((candidate) => sameObject(candidate, foreignKey.references.table, driver.comparison));
      if (target === undefined) continue;
      const [found] = await connection.query(referencingRows(table, foreignKey, driver));
      const count = Number(found?.rows_found);
      if (count > 0) problems.push(describe(table, target, count));
    }
  }
  if (problems.length === 0) return;
  throw new DovetailError('precheck-failed', 'The tables are not cleared. Nothing has been changed.', problems);
}

function referencingRows(table: ObjectName, { columns }: ForeignKey, { ddl: { quoteIdentifier } }: Driver): string {
  const name = [...(table.schema === undefined ? [] : [table.schema]), table.name].map(quoteIdentifier).join('.');
  const references = columns.map((column) => `${quoteIdentifier(column)} is not null`).join(' and ');
  return `select count(*) as rows_found from ${name} where ${references}`;
}

function describe(table: Table, target: Table, count: number): Problem {
  return {
    where: displayName(table),
    what: `${count === 1 ? '1 row references' : `${count} rows reference`} rows of "${displayName(target)}"`,
    remedy: 'remove these rows first, or describe the table by an entity',
  };
}
