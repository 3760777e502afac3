import {
  type Batches,
  blockingLock,
  type DdlContext,
  type FillColumn,
  makeHazard,
  type Statement,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { rowidAlias, rowidName } from '../rowid.js';
import { createIndexSql } from './create-index.js';
import { createTableSql } from './create-table.js';
import { createTriggerSql } from './create-trigger.js';
import { quoteIdentifier, quoteString } from './quote.js';

const { foldName } = comparison;

/**
 * Makes a table anew with its rows, by the procedure of sqlite.org/lang_altertable.html#otheralter: a new table under
 * a spare name, the rows copied column by column, the old table dropped, the new one renamed, what stood on the old one
 * put back. The old table is never renamed, for references to it would follow.
 */
export function rebuildStatements(
  actual: Table,
  target: Table,
  fills: readonly FillColumn[],
  context: DdlContext,
): Statement[] {
  const spare = spareName(actual, context);
  const named = `"${actual.name}"`;
  const hazards = [
    makeHazard('table-rebuild', actual.name, `All rows of "${actual.name}" are copied into a new table.`),
    // A transaction that writes keeps other writers out of the whole file (sqlite.org/lockingv3.html).
    blockingLock(actual.name, { name: 'RESERVED', blocks: 'writes', lasting: true }),
  ];
  const statements: Statement[] = [
    {
      sql: createTableSql(target, spare),
      description: `Creates the new form of ${named} under a spare name.`,
      hazards,
    },
    copyRows(actual, target, fills, spare),
    ...keepSequence(actual, target, spare),
    { sql: `drop table ${quoteIdentifier(actual.name)}`, description: `Drops the old form of ${named}.` },
    ...renameIntoPlace(spare, target, context),
    ...putBack(actual, target),
  ];
  return statements.map((statement) => ({ ...statement, suspendsForeignKeys: true }));
}

function spareName({ name }: Table, context: DdlContext): string {
  const taken = takenNames(context);
  for (let number = 1; ; number += 1) {
    const spare = `dovetail_new_${number === 1 ? '' : `${number}_`}${name}`;
    if (!taken.has(foldName(spare))) return spare;
  }
}

/** A plan may rebuild many tables, and its context stays the same. */
const takenByContext = new WeakMap<DdlContext, ReadonlySet<string>>();

/** Tables, views and indexes share one set of names (sqlite.org/lang_createindex.html). */
function takenNames(context: DdlContext): ReadonlySet<string> {
  const known = takenByContext.get(context);
  if (known !== undefined) return known;
  const { before, actual, target } = context;
  const objects = [before, actual, target].flatMap(({ tables, views }) => [
    ...tables,
    ...tables.flatMap(({ indexes }) => indexes),
    ...views,
  ]);
  const taken = new Set(objects.map(({ name }) => foldName(name)));
  takenByContext.set(context, taken);
  return taken;
}

interface Copied {
  readonly to: string;
  /** The value in a row of the old table. */
  readonly from: string;
}

function copyRows(actual: Table, target: Table, fills: readonly FillColumn[], spare: string): Statement {
  const sql = copyRowsSql(actual, target, fills, spare);
  const batches = copyBatches(sql, actual, target, spare);
  return { sql, description: `Copies all rows of "${actual.name}" into it.`, ...(batches && { batches }) };
}

/** Rows that keep their rowid can be copied in its order, from the last one that is there already. */
function copyBatches(sql: string, actual: Table, target: Table, spare: string): Batches | undefined {
  const rowid = rowidName([actual, target]);
  if (rowid === undefined || !keepsRowid(actual, target)) return undefined;
  const [from, to] = [quoteIdentifier(actual.name), quoteIdentifier(spare)];
  const next = `coalesce((select max(${rowid}) + 1 from ${to}), (select min(${rowid}) from ${from}))`;
  return {
    count: `select count(*) as "count" from ${from}`,
    sql: `${sql}\nwhere ${rowid} >= ${next} order by ${rowid} limit ?`,
    // The transaction keeps other writers out.
    complete: true,
  };
}

function keepsRowid(actual: Table, target: Table): boolean {
  const [before, after] = [rowidAlias(actual), rowidAlias(target)];
  if (rowidCopy(actual, target).length > 0) return true;
  return before !== undefined && after !== undefined && foldName(before.name) === foldName(after.name);
}

function copyRowsSql(actual: Table, target: Table, fills: readonly FillColumn[], spare: string): string {
  const copied = [...rowidCopy(actual, target), ...columnCopies(actual, target, fills)];
  const all = copied.length === 0 ? newColumn(target) : copied;
  const columns = all.map(({ to }) => to).join(', ');
  const values = all.map(({ from }) => from).join(', ');
  return `insert into ${quoteIdentifier(spare)} (${columns})\nselect ${values} from ${quoteIdentifier(actual.name)}`;
}

/** A generated column computes itself; every other column that was there before keeps its values. */
function columnCopies(actual: Table, target: Table, fills: readonly FillColumn[]): Copied[] {
  const before = new Map(actual.columns.map((column) => [foldName(column.name), column]));
  return target.columns.flatMap((column): Copied[] => {
    const source = before.get(foldName(column.name));
    if (column.generated !== undefined) return [];
    const fill = fills.find((change) => foldName(change.column.name) === foldName(column.name));
    const values = [
      ...(source === undefined ? [] : [quoteIdentifier(source.name)]),
      ...(fill === undefined ? [] : [`(${fill.expression})`]),
    ];
    const [value, ...others] = values;
    if (value === undefined) return [];
    return [{ to: quoteIdentifier(column.name), from: others.length === 0 ? value : `coalesce(${values.join(', ')})` }];
  });
}

/** Where not one column is copied, a row is still a row: one column says what it would hold anyway. */
function newColumn({ columns }: Table): Copied[] {
  return columns
    .filter(({ generated }) => generated === undefined)
    .slice(0, 1)
    .map((column) => ({ to: quoteIdentifier(column.name), from: column.default ?? 'null' }));
}

/**
 * Rows keep their rowid, which full-text indexes and programs may refer to, unless a copied column is the rowid itself
 * (sqlite.org/lang_createtable.html#rowid) or one of the tables has none.
 */
function rowidCopy(actual: Table, target: Table): Copied[] {
  const name = rowidName([actual, target]);
  const alias = rowidAlias(target);
  if (alias !== undefined && actual.columns.some(({ name }) => foldName(name) === foldName(alias.name))) return [];
  return name === undefined ? [] : [{ to: name, from: name }];
}

/** AUTOINCREMENT never reuses a number, even of a deleted row: its high-water mark moves to the new table. */
function keepSequence(actual: Table, target: Table, spare: string): Statement[] {
  if (!isAutoincrement(actual) || !isAutoincrement(target)) return [];
  const [from, to] = [quoteString(actual.name), quoteString(spare)];
  return [
    {
      sql: `delete from sqlite_sequence where name = ${to}`,
      description: 'Forgets the high-water mark that copying the rows has set.',
    },
    {
      sql: `insert into sqlite_sequence (name, seq) select ${to}, seq from sqlite_sequence where name = ${from}`,
      description: `Keeps the AUTOINCREMENT high-water mark of "${actual.name}".`,
    },
  ];
}

function isAutoincrement({ columns }: Table): boolean {
  return columns.some(({ autoincrement }) => autoincrement === true);
}

/**
 * Views and triggers that mention the table would make the renaming fail while it is missing; with legacy_alter_table
 * they are not looked at (sqlite.org/pragma.html#pragma_legacy_alter_table) and keep their text.
 */
function renameIntoPlace(spare: string, { name }: Table, { actual }: DdlContext): Statement[] {
  const rename: Statement = {
    sql: `alter table ${quoteIdentifier(spare)} rename to ${quoteIdentifier(name)}`,
    description: `Gives the new form of "${name}" its name.`,
  };
  // What could not be read of a table may be a trigger of its.
  const isMentionable =
    actual.views.length > 0 ||
    actual.tables.some(({ triggers, unmodelled }) => triggers.length > 0 || unmodelled.length > 0);
  if (!isMentionable) return [rename];
  return [
    { sql: 'pragma legacy_alter_table = on', description: 'Leaves views and triggers alone during the renaming.' },
    rename,
    { sql: 'pragma legacy_alter_table = off', description: 'Ends that.' },
  ];
}

/** Dropping the old table has dropped its indexes and triggers. Those that come or go are steps of their own. */
function putBack(actual: Table, target: Table): Statement[] {
  return [
    ...target.indexes
      .filter((index) => actual.indexes.includes(index))
      .map((index): Statement => ({
        sql: createIndexSql(target, index),
        description: `Puts the index "${index.name}" back.`,
      })),
    ...target.triggers
      .filter((trigger) => actual.triggers.includes(trigger))
      .map((trigger): Statement => ({
        sql: createTriggerSql(target, trigger),
        description: `Puts the trigger "${trigger.name}" back.`,
      })),
  ];
}
