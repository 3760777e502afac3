import { diffSchemas } from '../diff/diff.js';
import { formerNamespaces } from '../diff/rename-namespaces.js';
import { resolveRenames, tellsOfRenames } from '../diff/renames.js';
import { sameView } from '../diff/views.js';
import type { Connection, Driver, ShrinkingTable } from '../driver.js';
import { DovetailError } from '../errors.js';
import type { Change, RenameChange } from '../model/change.js';
import { objectKey } from '../model/names.js';
import type { PlanOptions } from '../model/plan.js';
import { emptySchema, type Schema, type View } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { describeChange } from '../plan/explain.js';
import { withReaders } from '../sql-text/view-order.js';
import { fingerprint } from './fingerprint.js';
import type { KeptSchema } from './kept-schema.js';
import { withoutOthers } from './others.js';
import { inScope, type Scope } from './scope.js';
import { wantedChanges } from './wanted.js';

/** What is compared, and how. */
export interface ComparisonInput {
  readonly driver: Driver;
  readonly connection: Connection;
  readonly desired: Schema;
  readonly scope: Scope;
  readonly options: PlanOptions;
}

export interface Difference {
  /** The schema as it is. */
  readonly before: Schema;
  /** The views that are dropped before the renames, which they would hinder, or for a table takes their name. */
  readonly cleared: readonly View[];
  /** The schema as it is once the renames are carried out. */
  readonly actual: Schema;
  readonly renames: readonly RenameChange[];
  readonly changes: readonly Change[];
}

/** The schema as it is: what a plan starts from. */
export async function readBefore({ driver, connection, desired, options }: ComparisonInput): Promise<Schema> {
  const former = formerNamespaces(desired, options.renames ?? {}).map(([from]) => from);
  const read = (): Promise<Schema> => driver.introspect(connection, { namespaces: [...desired.namespaces, ...former] });
  // Where reading takes several queries, another update may take a table away between two of them.
  return read().catch(read);
}

/**
 * Says in what the database, or the schema that is given in its place, differs from the desired schema.
 *
 * @throws DovetailError `schema-changed` when another update has come in between.
 */
export async function compareWithDatabase(input: ComparisonInput, from?: KeptSchema): Promise<Difference> {
  if (from !== undefined) return compareWithSnapshot(from, input);
  const settled = await compareQuickly(input);
  if (settled !== undefined) return settled;
  const before = await readBefore(input);
  try {
    return await compareFrom(before, input);
  } catch (error) {
    const now = await readBefore(input).catch(() => before);
    throw fingerprint(now) === fingerprint(before) ? error : changedMeanwhile(error);
  }
}

/** Where the driver can tell soon that nothing differs: most updates have nothing to do. */
async function compareQuickly(input: ComparisonInput): Promise<Difference | undefined> {
  const { driver, connection, desired, options } = input;
  if (driver.introspectAgainst === undefined || tellsOfRenames(desired, options)) return undefined;
  const canonical = await driver.canonicalise(connection, desired, emptySchema);
  const actual = await driver.introspectAgainst(connection, canonical);
  const differences = diffSchemas(focus(actual, input), focus(canonical, input), driver.comparison);
  return differences.length === 0 ? unrenamed(actual, differences, input) : undefined;
}

function changedMeanwhile(cause: unknown): DovetailError {
  return new DovetailError(
    'schema-changed',
    'The database has changed while it was compared with the entities. Nothing has been done; try again.',
    [],
    { cause },
  );
}

async function compareFrom(before: Schema, input: ComparisonInput): Promise<Difference> {
  const { driver, connection } = input;
  const { canonical, renames, differences } = await renamesFrom(before, true, input);
  if (renames.length === 0) return unrenamed(before, differences, input);
  const cleared = viewsInTheWay(before, canonical, renames, input);
  const rest = { ...before, views: before.views.filter((view) => !cleared.includes(view)) };
  const actual = await driver.applyRenames(connection, rest, renames, cleared);
  // Under its new name a table is compared with what it is, no longer with nothing. Views read the tables that exist.
  const { tables } = await canonicalFor(actual, false, input);
  const views = canonical.views.map((view) => statedAnew(view, before, actual, input));
  return { before, cleared, actual, renames, changes: changesOf(actual, { ...canonical, tables, views }, input) };
}

/** What the database took for the view as it was means another query where the renames change that view. */
function statedAnew(view: View, before: Schema, actual: Schema, { driver, desired }: ComparisonInput): View {
  const { comparison } = driver;
  const [was, is, stated] = [before, actual, desired].map(({ views }) =>
    views.find((candidate) => objectKey(candidate, comparison) === objectKey(view, comparison)),
  );
  if (was === undefined || is === undefined || stated === undefined) return view;
  const isFollowed = sameView(was, view, comparison) && !sameView(was, is, comparison);
  return isFollowed ? { ...view, definition: stated.definition } : view;
}

/** The database alone knows what else a rename touches, so where there is one it must be as the snapshot is. */
async function compareWithSnapshot(kept: KeptSchema, input: ComparisonInput): Promise<Difference> {
  const snapshot = await shownByDatabase(kept, input);
  const { renames, differences } = await renamesFrom(snapshot, false, input);
  if (renames.length === 0) return unrenamed(snapshot, differences, input);
  const asIs = { ...input.options, assumeRenames: false, renames: {} };
  rejectDiffering(await compareWithDatabase({ ...input, desired: snapshot, options: asIs }));
  return compareWithDatabase(input);
}

/** A part that was stated without the database is as the database shows it from now on. */
async function shownByDatabase(
  { schema, isCanonical }: KeptSchema,
  { driver, connection }: ComparisonInput,
): Promise<Schema> {
  return isCanonical ? schema : driver.canonicalise(connection, schema, emptySchema);
}

interface Renames {
  readonly canonical: Schema;
  readonly renames: readonly RenameChange[];
  /** What differs as long as nothing is renamed. */
  readonly differences: readonly Change[];
}

async function renamesFrom(before: Schema, isLive: boolean, input: ComparisonInput): Promise<Renames> {
  const { driver, options } = input;
  const [current, canonical] = [focus(before, input), await canonicalFor(before, isLive, input)];
  const differences = diffSchemas(current, canonical, driver.comparison);
  // Where nothing differs, nothing was renamed; what is told of renames may still be wrong.
  const isSettled = differences.length === 0 && !tellsOfRenames(canonical, options);
  const renames = isSettled ? [] : resolveRenames(current, canonical, driver.comparison, options);
  return { canonical, renames, differences };
}

function unrenamed(before: Schema, differences: readonly Change[], { driver, options }: ComparisonInput): Difference {
  const changes = wantedChanges(differences, before, driver, options);
  return { before, cleared: [], actual: before, renames: [], changes };
}

/** What still differs when an update is done. All that was renamed has its new name then. */
export async function remainingDifferences(input: ComparisonInput): Promise<readonly Change[]> {
  const { driver, connection, desired } = input;
  const actual = await driver.introspect(connection, { namespaces: desired.namespaces });
  return changesOf(actual, await canonicalFor(actual, true, input), input);
}

/** The part of a schema that is compared. */
export function focus(schema: Schema, input: Omit<ComparisonInput, 'connection'>): Schema {
  const { driver, scope, options, desired } = input;
  return inScope(
    withoutOthers(schema, desired, driver.comparison),
    { ...scope, schema: options.schema },
    driver.comparison,
  );
}

async function canonicalFor(actual: Schema, isLive: boolean, input: ComparisonInput): Promise<Schema> {
  const { driver, connection, desired } = input;
  const update = { shrinking: shrinkingTables(actual, input), isLive };
  return focus(await driver.canonicalise(connection, desired, actual, update), input);
}

/** The tables that have columns which nobody wants, where the update may drop them. */
function shrinkingTables(actual: Schema, input: ComparisonInput): readonly ShrinkingTable[] {
  const { driver, desired, options } = input;
  if (options.safe) return [];
  const { foldName: fold } = driver.comparison;
  return focus(actual, input).tables.flatMap(({ schema, name, columns }): readonly ShrinkingTable[] => {
    const wanted = findTable(desired, { schema, name }, driver.comparison)?.columns.map((column) => fold(column.name));
    if (wanted === undefined) return [];
    const dropped = columns.map((column) => column.name).filter((column) => !wanted.includes(fold(column)));
    return dropped.length === 0 ? [] : [{ schema, name, dropped }];
  });
}

function changesOf(actual: Schema, canonical: Schema, input: ComparisonInput): readonly Change[] {
  const { driver, options } = input;
  const changes = diffSchemas(focus(actual, input), canonical, driver.comparison);
  return wantedChanges(changes, actual, driver, options);
}

function viewsInTheWay(
  before: Schema,
  desired: Schema,
  renames: readonly RenameChange[],
  input: ComparisonInput,
): readonly View[] {
  const { comparison } = input.driver;
  const taken = new Set(
    renames.flatMap((rename) =>
      rename.kind === 'rename-table' ? [objectKey({ ...rename.table, name: rename.to }, comparison)] : [],
    ),
  );
  const hindering = hinderingViews(before, desired, input);
  return before.views.filter((view) => taken.has(objectKey(view, comparison)) || hindering.includes(view));
}

/**
 * A view that changes, and those that read it, which would be broken while it is away. A trigger of a view follows a
 * rename only where it stands, so a view that has one stays.
 */
function hinderingViews({ views }: Schema, desired: Schema, { driver, connection }: ComparisonInput): readonly View[] {
  const { comparison } = driver;
  if (driver.capabilities(connection.serverVersion).viewsHinder !== 'changes and renames') return [];
  const wanted = new Map(desired.views.map((view) => [objectKey(view, comparison), view]));
  const own = views.flatMap((view) => {
    const to = wanted.get(objectKey(view, comparison));
    return to === undefined || (view.triggers ?? []).length > 0 ? [] : [{ view, to }];
  });
  const changing = own.filter(({ view, to }) => !sameView(view, to, comparison));
  return withReaders(
    changing.map(({ view }) => view),
    own.map(({ view }) => view),
    [],
    comparison.mentions,
  );
}

function rejectDiffering({ changes }: Difference): void {
  if (changes.length === 0) return;
  throw new DovetailError(
    'snapshot-invalid',
    'A rename cannot be planned from a snapshot that the database differs from. Nothing has been written.',
    changes.map((change) => ({
      ...describeChange(change),
      remedy: 'bring the database to where the snapshot is: run the pending migrations',
    })),
  );
}
