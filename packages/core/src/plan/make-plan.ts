import type { Capabilities, ChangeGroup, DdlContext, Driver } from '../driver.js';
import { applyChanges } from '../model/apply-changes.js';
import { type Change, isAlterTableChange, type RenameChange } from '../model/change.js';
import { displayName, type Names, objectKey, type TableNames } from '../model/names.js';
import type { Refusal, Step } from '../model/plan.js';
import type { Column, ObjectName, Schema, Table, View } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { type HazardContext, hazardContext, hazardsOf, withCommitHazards } from './hazards.js';
import { orderGroups } from './order.js';
import { splitChanges } from './split-changes.js';
import { splitCycles } from './split-cycles.js';

export interface PlanInput {
  readonly driver: Pick<Driver, 'ddl' | 'comparison'>;
  readonly capabilities: Capabilities;
  /** The schema as it is. */
  readonly before: Schema;
  /** Views that are dropped before the renames. */
  readonly cleared?: readonly View[] | undefined;
  /** The schema as it is once the renames are carried out. */
  readonly actual: Schema;
  readonly renames: readonly RenameChange[];
  readonly changes: readonly Change[];
}

/** Turns changes into ordered steps: renames first, and what is out of their way, then what the dependencies between the changes ask for. */
export function makeSteps(input: PlanInput): Step[] {
  const { driver, capabilities, before, cleared = [], actual, renames } = input;
  if (input.changes.length === 0 && renames.length === 0) return [];
  const context: DdlContext = {
    before: { ...before, views: before.views.filter((view) => !cleared.includes(view)) },
    actual,
    renames,
    target: applyChanges(actual, input.changes, driver.comparison),
  };
  const changes = driver.ddl.complete?.(input.changes, context) ?? input.changes;
  const groups = [
    ...cleared.map((view): ChangeGroup => ({ changes: [{ kind: 'drop-view', view }] })),
    ...(renames.length === 0 ? [] : driver.ddl.group(renames, context)),
    ...orderedGroups({ ...input, changes }, context),
  ];
  const hazards = hazardContext(
    input.changes,
    groups.flatMap((group) => group.changes),
  );
  return withCommitHazards(groups.flatMap((group) => stepsOf(group, hazards, context, driver, capabilities)));
}

function orderedGroups(
  { driver, capabilities, renames, changes }: PlanInput,
  context: DdlContext,
): readonly ChangeGroup[] {
  const { comparison: names } = driver;
  const { foreignKeysNeedTarget, constraintNameScope } = capabilities;
  const split = splitCycles(splitChanges(changes, { ...capabilities, names, renames }), { ...capabilities, names });
  return orderGroups(driver.ddl.group(split.changes, context), {
    names,
    foreignKeysNeedTarget,
    constraintNameScope,
    unordered: split.unordered,
    replaced: replacedColumns(split.changes, names),
  });
}

/** The columns that are dropped where another of the same name is added. */
function replacedColumns(changes: readonly Change[], names: Names): ReadonlySet<Column> {
  const keyOf = (table: ObjectName, { name }: Column): string =>
    JSON.stringify([objectKey(table, names), names.foldName(name)]);
  const added = new Set(
    changes.flatMap((change) => (change.kind === 'add-column' ? [keyOf(change.table, change.column)] : [])),
  );
  return new Set(
    changes.flatMap((change) =>
      change.kind === 'drop-column' && added.has(keyOf(change.table, change.column)) ? [change.column] : [],
    ),
  );
}

function stepsOf(
  group: ChangeGroup,
  hazardous: HazardContext,
  context: DdlContext,
  { ddl, comparison }: Pick<Driver, 'ddl' | 'comparison'>,
  { transactionalDdl }: Capabilities,
): Step[] {
  const stakes = group.changes.map((change) => {
    const prechecks = ddl.prechecks(change, context);
    return { prechecks, hazards: hazardsOf(change, prechecks, hazardous) };
  });
  const prechecks = stakes.flatMap((stake) => stake.prechecks);
  const hazards = stakes.flatMap((stake) => stake.hazards);
  const refusal = refusalOf(group, context, ddl, comparison);
  return ddl.statements(group, context).map((statement, index): Step => ({
    sql: statement.sql,
    description: statement.description,
    changes: group.changes,
    hazards: [...(index === 0 ? hazards : []), ...(statement.hazards ?? [])],
    prechecks: index === 0 ? prechecks : [],
    transactional: transactionalDdl && (statement.transactional ?? true),
    ...(index === 0 && refusal && { refusal }),
    ...(statement.batches && { batches: statement.batches }),
    ...(statement.suspendsForeignKeys === true && { suspendsForeignKeys: true }),
  }));
}

function refusalOf(
  group: ChangeGroup,
  context: DdlContext,
  ddl: Driver['ddl'],
  names: TableNames,
): Refusal | undefined {
  const refusals = group.changes.flatMap((change) => ddl.refuses?.(change, context) ?? []);
  return unmodelledLoss(group, context, ddl, names) ?? refusals[0];
}

/** What the model cannot express would be lost when its table is made anew, or dropped. */
function unmodelledLoss(
  { changes, rebuilds }: ChangeGroup,
  { actual }: DdlContext,
  ddl: Driver['ddl'],
  names: TableNames,
): Refusal | undefined {
  const rebuilt = rebuilds && findTable(actual, rebuilds, names);
  if (rebuilt !== undefined) return refuse(rebuilt, 'the table would have to be made anew, which would lose');
  const dropped = changes.find((change) => change.kind === 'drop-table');
  if (dropped !== undefined) return refuse(dropped.table, 'the table would be dropped, and with it');
  return changes
    .filter(isAlterTableChange)
    .map((change) => {
      const table = findTable(actual, change.table, names);
      const unmodelled = (table && ddl.loses?.(change, table)) ?? [];
      return table && refuse({ ...table, unmodelled }, 'the change would lose');
    })
    .find((refusal) => refusal !== undefined);
}

function refuse(table: Table, reason: string): Refusal | undefined {
  const { unmodelled } = table;
  return unmodelled.length === 0
    ? undefined
    : { kind: 'unmodelled', object: displayName(table), message: `${reason}: ${unmodelled.join('; ')}` };
}
