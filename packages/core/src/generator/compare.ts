import { diffSchemas } from '../diff/diff.js';
import { resolveRenames } from '../diff/renames.js';
import type { Connection, Driver } from '../driver.js';
import { becomesGenerated, type Change, type RenameChange } from '../model/change.js';
import type { PlanOptions } from '../model/plan.js';
import type { Schema } from '../model/schema.js';
import { inScope, type Scope } from './scope.js';

export interface Comparison {
  /** The schema as it is. */
  readonly before: Schema;
  /** The schema as it is once the renames are carried out. */
  readonly actual: Schema;
  readonly renames: readonly RenameChange[];
  readonly changes: readonly Change[];
}

/** Reads the database and says in what it differs from the desired schema. */
export async function compareWithDatabase(
  driver: Driver,
  connection: Connection,
  desired: Schema,
  scope: Scope,
  options: PlanOptions,
): Promise<Comparison> {
  const { comparison } = driver;
  const focus = (schema: Schema): Schema => inScope(schema, { ...scope, schema: options.schema }, comparison);

  const before = await driver.introspect(connection, { namespaces: desired.namespaces });
  const canonical = focus(await driver.canonicalise(connection, desired, before));
  const { assumeRenames, safe } = options;
  const dropTables = options.dropTables && !safe;
  const renames = resolveRenames(focus(before), canonical, comparison, { assumeRenames, dropTables });
  const actual = renames.length === 0 ? before : await driver.applyRenames(connection, before, renames);
  const changes = diffSchemas(focus(actual), canonical, comparison).filter((change) => isWanted(change, options));
  return { before, actual, renames, changes };
}

function isWanted(change: Change, { safe, dropTables }: PlanOptions): boolean {
  switch (change.kind) {
    case 'drop-table':
      return dropTables && !safe;
    case 'drop-column':
    case 'drop-enum':
    case 'drop-namespace':
      return !safe;
    case 'alter-column':
      return !safe || !becomesGenerated(change);
    default:
      return true;
  }
}
