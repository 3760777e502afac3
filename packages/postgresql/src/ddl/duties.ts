import {
  type Change,
  displayName,
  type Hazard,
  type Index,
  type IndexDuty,
  makeHazard,
  type ObjectName,
  type PrimaryKey,
  sameObject,
  type Schema,
  type Statement,
  type UniqueConstraint,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { dynamicSql } from './dynamic-sql.js';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';
import { tableOf } from './touched-columns.js';

type Indexed = Index | UniqueConstraint | PrimaryKey;

interface OfTable {
  readonly table: ObjectName;
  readonly indexed: Indexed;
}

const actions: Readonly<Record<IndexDuty, string>> = {
  cluster: 'cluster on',
  'replica identity': 'replica identity using index',
};

/** The statements by which the table goes by an index again, as by the one in whose place it is. */
export function dutyStatements(table: ObjectName, { name, duties = [] }: Indexed): Statement[] {
  const owner = quoteName(table);
  return duties.map((duty) => ({
    sql:
      name === undefined
        ? dynamicSql(`format('alter table %s ${actions[duty]} %I', ${quoteString(owner)}, (${keyName(owner)}))`)
        : `alter table ${owner} ${actions[duty]} ${quoteIdentifier(name)}`,
    description: `Lets "${table.name}" go by the index for its ${duty} again.`,
  }));
}

/** PostgreSQL has named the key itself, and the name is known to the catalog alone. */
function keyName(table: string): string {
  return `select conname from pg_constraint where conrelid = ${quoteString(table)}::regclass and contype = 'p'`;
}

/** What a table does by an index goes to the index that takes its place. */
export function completeDuties(changes: readonly Change[], target: Schema): readonly Change[] {
  const heirs = new Map<Change, readonly IndexDuty[]>();
  const relieved = new Set<Change>();
  for (const change of changes) {
    const dropped = droppedBy(change);
    if (dropped?.indexed.duties === undefined) continue;
    const heir = changes.find((other) => isHeir(addedBy(other), dropped, target));
    if (heir === undefined) continue;
    heirs.set(heir, [...(heirs.get(heir) ?? []), ...dropped.indexed.duties]);
    relieved.add(change);
  }
  return heirs.size === 0 ? changes : changes.map((change) => withDuties(change, heirs.get(change), relieved));
}

function withDuties(change: Change, duties: readonly IndexDuty[] | undefined, relieved: ReadonlySet<Change>): Change {
  switch (change.kind) {
    case 'add-index':
      return duties === undefined ? change : { ...change, index: { ...change.index, duties } };
    case 'add-unique':
      return duties === undefined ? change : { ...change, unique: { ...change.unique, duties } };
    case 'drop-index':
      return relieved.has(change) ? { ...change, index: { ...change.index, duties: undefined } } : change;
    case 'drop-unique':
      return relieved.has(change) ? { ...change, unique: { ...change.unique, duties: undefined } } : change;
    case 'set-primary-key': {
      const { from, to, ...rest } = change;
      return {
        ...rest,
        ...(from && { from: relieved.has(change) ? { ...from, duties: undefined } : from }),
        ...(to && { to: duties === undefined ? to : { ...to, duties } }),
      };
    }
    default:
      return change;
  }
}

/** What the table does no longer once an index is gone. */
export function dutyHazards(change: Change): Hazard[] {
  const { table, indexed } = droppedBy(change) ?? {};
  if (table === undefined) return [];
  const name = displayName(table);
  return (indexed?.duties ?? []).map((duty) =>
    makeHazard(
      'drops-dependants',
      name,
      `"${name}" loses its ${duty}, which went by an index that is dropped.`,
      `name another index after the update: alter table ${quoteName(table)} ${actions[duty]} ...`,
    ),
  );
}

function droppedBy(change: Change): OfTable | undefined {
  switch (change.kind) {
    case 'drop-index':
      return { table: change.table, indexed: change.index };
    case 'drop-unique':
      return { table: change.table, indexed: change.unique };
    case 'set-primary-key':
      return change.from && { table: change.table, indexed: change.from };
    default:
      return undefined;
  }
}

function addedBy(change: Change): OfTable | undefined {
  switch (change.kind) {
    case 'add-index':
      return { table: change.table, indexed: change.index };
    case 'add-unique':
      return { table: change.table, indexed: change.unique };
    case 'set-primary-key':
      return change.to && { table: change.table, indexed: change.to };
    default:
      return undefined;
  }
}

/** Whether a new index bears the name of one that goes, or has all of its columns, and can do what that did. */
function isHeir(added: OfTable | undefined, dropped: OfTable, target: Schema): boolean {
  if (added === undefined || !sameObject(added.table, dropped.table, comparison)) return false;
  const [columns, former] = [columnsOf(added.indexed), columnsOf(dropped.indexed)];
  const isInPlace =
    added.indexed.name === dropped.indexed.name ||
    (former.length > 0 && former.every((column) => columns.includes(column)));
  return isInPlace && (dropped.indexed.duties ?? []).every((duty) => can(duty, added, target));
}

/** What PostgreSQL asks of the index (postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY). */
function can(duty: IndexDuty, { table, indexed }: OfTable, target: Schema): boolean {
  if ('parts' in indexed && indexed.where !== undefined) return false;
  if (duty === 'cluster') return true;
  const isUnique = 'parts' in indexed ? indexed.unique : !('deferrable' in indexed) || indexed.deferrable === undefined;
  const names = columnsOf(indexed);
  const columns = tableOf(target, table)?.columns.filter(({ name }) => names.includes(name)) ?? [];
  return isUnique && columns.length > 0 && columns.every(({ nullable }) => !nullable);
}

/** The columns by which rows are found; none where there are expressions besides. */
function columnsOf(indexed: Indexed): readonly string[] {
  if ('columns' in indexed) return indexed.columns;
  const columns = indexed.parts.flatMap((part) => ('column' in part ? [part.column] : []));
  return columns.length === indexed.parts.length ? columns : [];
}
