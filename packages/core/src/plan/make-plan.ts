import type { Capabilities, ChangeGroup, DdlContext, Driver, Statement } from '../driver.js';
import type { Change, RenameChange } from '../model/change.js';
import { applyChanges, isRename } from '../model/apply-changes.js';
import { displayName, type FoldName, sameObject } from '../model/names.js';
import type { Refusal, Step } from '../model/plan.js';
import type { Schema } from '../model/schema.js';
import { hazardsOf } from './hazards.js';
import { orderGroups } from './order.js';
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
export function makeSteps({ driver, capabilities, before, actual, renames, changes }: PlanInput): Step[] {
  const { ddl, comparison } = driver;
  const fold = comparison.foldName;
  const context: DdlContext = { before, actual, renames, target: applyChanges(actual, changes, fold) };
  const { foreignKeysNeedTarget } = capabilities;
  const split = splitCycles(capabilities.renamesIndexes ? changes : changes.flatMap(recreateRenamedIndex), {
    foreignKeysNeedTarget,
    fold,
  });
  const groups = orderGroups(ddl.group(split.changes, context), {
    fold,
    foreignKeysNeedTarget,
    unordered: split.unordered,
  });
  return [...renames.map((rename): ChangeGroup => ({ changes: [rename] })), ...groups].flatMap((group) =>
    stepsOf(group, context, ddl, capabilities, fold),
  );
}

function recreateRenamedIndex(change: Change): Change[] {
  if (change.kind !== 'rename-index') return [change];
  const { table, from, to } = change;
  return [
    { kind: 'drop-index', table, index: from },
    { kind: 'add-index', table, index: to },
  ];
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

/** What the model cannot express would be lost when its table is made anew. */
function refusalOf({ rebuilds }: ChangeGroup, { actual }: DdlContext, fold: FoldName): Refusal | undefined {
  const table = rebuilds && actual.tables.find((candidate) => sameObject(candidate, rebuilds, fold));
  if (table === undefined || table.unmodelled.length === 0) return undefined;
  return {
    object: displayName(table),
    message: `the table would have to be made anew, which would lose: ${table.unmodelled.join('; ')}`,
  };
}

/** The renames that a plan carries out. */
export function renamesOf(steps: readonly Step[]): RenameChange[] {
  return [...new Set(steps.flatMap(({ changes }) => changes))].filter(isRename);
}
