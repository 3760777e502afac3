import type { Capabilities, ChangeGroup, DdlContext, Driver, Statement } from '../driver.js';
import { applyChanges } from '../model/apply-changes.js';
import type { Change, RenameChange } from '../model/change.js';
import { displayName, type FoldName } from '../model/names.js';
import type { Refusal, Step } from '../model/plan.js';
import type { Schema, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { hazardsOf } from './hazards.js';
import { orderGroups } from './order.js';
import { splitChanges } from './split-changes.js';
import { splitCycles } from './split-cycles.js';

export interface PlanInput {
  readonly driver: Pick<Driver, 'ddl' | 'comparison'>;
  readonly capabilities: Capabilities;
  /** The schema as it is. */
  readonly before: Schema;
  /** The schema as it is once the renames are carried out. */
  readonly actual: Schema;
  readonly renames: readonly RenameChange[];
  readonly changes: readonly Change[];
}

/** Turns changes into ordered steps: renames first, then what the dependencies between the changes ask for. */
export function makeSteps(input: PlanInput): Step[] {
  const { driver, capabilities, before, actual, renames, changes } = input;
  const { foldName: fold } = driver.comparison;
  const context: DdlContext = { before, actual, renames, target: applyChanges(actual, changes, fold) };
  const groups = [...renames.map((rename): ChangeGroup => ({ changes: [rename] })), ...orderedGroups(input, context)];
  return groups.flatMap((group) => stepsOf(group, context, driver.ddl, capabilities, fold));
}

function orderedGroups(
  { driver, capabilities, renames, changes }: PlanInput,
  context: DdlContext,
): readonly ChangeGroup[] {
  const { foldName: fold } = driver.comparison;
  const { foreignKeysNeedTarget, renamesIndexes } = capabilities;
  const split = splitCycles(splitChanges(changes, { fold, renames, renamesIndexes }), { fold, foreignKeysNeedTarget });
  return orderGroups(driver.ddl.group(split.changes, context), {
    fold,
    foreignKeysNeedTarget,
    unordered: split.unordered,
  });
}

function stepsOf(
  group: ChangeGroup,
  context: DdlContext,
  ddl: Driver['ddl'],
  { transactionalDdl }: Capabilities,
  fold: FoldName,
): Step[] {
  const prechecks = group.changes.flatMap((change) => ddl.prechecks(change, context));
  const hazards = group.changes.flatMap(hazardsOf);
  const refusal = refusalOf(group, context, fold);
  return ddl.statements(group, context).map((statement, index): Step => ({
    sql: statement.sql,
    description: statement.description,
    changes: group.changes,
    hazards: [...(index === 0 ? hazards : []), ...(statement.hazards ?? [])],
    prechecks: index === 0 ? prechecks : [],
    transactional: transactionalDdl && (statement.transactional ?? true),
    ...(index === 0 && refusal && { refusal }),
    ...optional(statement),
  }));
}

function optional({ undo, suspendsForeignKeys }: Statement): Partial<Step> {
  return { ...(undo && { undo }), ...(suspendsForeignKeys === true && { suspendsForeignKeys }) };
}

/** What the model cannot express would be lost when its table is made anew, or dropped. */
function refusalOf({ changes, rebuilds }: ChangeGroup, { actual }: DdlContext, fold: FoldName): Refusal | undefined {
  const rebuilt = rebuilds && findTable(actual, rebuilds, fold);
  if (rebuilt !== undefined) return refuse(rebuilt, 'the table would have to be made anew, which would lose');
  const dropped = changes.find((change) => change.kind === 'drop-table');
  return dropped && refuse(dropped.table, 'the table would be dropped, and with it');
}

function refuse(table: Table, reason: string): Refusal | undefined {
  const { unmodelled } = table;
  return unmodelled.length === 0
    ? undefined
    : { object: displayName(table), message: `${reason}: ${unmodelled.join('; ')}` };
}
