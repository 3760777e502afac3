import { type DdlContext, type Hazard, type ObjectName, type Statement, type Table } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
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
export function rebuildStatements(actual: Table, target: Table, context: DdlContext): Statement[] {
  const spare = spareName(actual, context);
  const hazard: Hazard = {
    kind: 'table-rebuild',
    object: actual.name,
    message: 'The table is copied; nothing else can write to the database meanwhile.',
  };
  const named = `"${actual.name}"`;
  return [
    {
      sql: createTableSql(target, spare),
      description: `Creates the new form of ${named} under a spare name.`,
      hazards: [hazard],
    },
    {
      sql: copyRowsSql(actual, target, spare),
      description: `Copies all rows of ${named} into it.`,
    },
    ...keepSequence(actual, target, spare),
    { sql: `drop table ${quoteIdentifier(actual.name)}`, description: `Drops the old form of ${named}.` },
    ...renameIntoPlace(spare, target, context),
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
  ].map((statement): Statement => ({ ...statement, suspendsForeignKeys: true }));
}

function spareName(table: ObjectName, { before, actual, target }: DdlContext): string {
  const taken = new Set(
    [before, actual, target].flatMap(({ tables, views }) => [...tables, ...views]).map(({ name }) => foldName(name)),
  );
  const names = [`dovetail_new_${table.name}`];
  while (taken.has(foldName(names.at(-1) ?? ''))) names.push(`dovetail_new_${names.length}_${table.name}`);
  return names.at(-1) ?? '';
}

/** A generated column computes itself; every other column that was there before keeps its values. */
function copyRowsSql(actual: Table, target: Table, spare: string): string {
  const before = new Map(actual.columns.map((column) => [foldName(column.name), column]));
  const copied = target.columns.flatMap((column): Copied[] => {
    const source = before.get(foldName(column.name));
    return column.generated !== undefined || source === undefined
      ? []
      : [{ to: quoteIdentifier(column.name), from: quoteIdentifier(source.name) }];
  });
  const all = [...rowidCopy(actual, target), ...copied];
  const columns = all.map(({ to }) => to).join(', ');
  const values = all.map(({ from }) => from).join(', ');
  return `insert into ${quoteIdentifier(spare)} (${columns})\nselect ${values} from ${quoteIdentifier(actual.name)}`;
}

interface Copied {
  readonly to: string;
  readonly from: string;
}

/**
 * Rows keep their rowid, which full-text indexes and programs may refer to, unless a copied column is the rowid itself
 * (sqlite.org/lang_createtable.html#rowid) or one of the tables has none.
 */
function rowidCopy(actual: Table, target: Table): Copied[] {
  if (actual.options.withoutRowid === true || target.options.withoutRowid === true) return [];
  const alias = rowidAlias(target);
  if (alias !== undefined && actual.columns.some(({ name }) => foldName(name) === foldName(alias))) return [];
  const taken = new Set([...actual.columns, ...target.columns].map(({ name }) => foldName(name)));
  const name = ['rowid', '_rowid_', 'oid'].find((candidate) => !taken.has(candidate));
  return name === undefined ? [] : [{ to: name, from: name }];
}

/** The column that stands for the rowid: the one of type INTEGER that alone is the primary key. */
function rowidAlias({ primaryKey, columns }: Table): string | undefined {
  const [name, ...others] = primaryKey?.columns ?? [];
  if (name === undefined || others.length > 0) return undefined;
  return columns.find((column) => foldName(column.name) === foldName(name) && foldName(column.type) === 'integer')
    ?.name;
}

/** AUTOINCREMENT never reuses a number, even of a deleted row: its high-water mark moves to the new table. */
function keepSequence(actual: Table, target: Table, spare: string): Statement[] {
  if (!isAutoincrement(actual) || !isAutoincrement(target)) return [];
  return [
    {
      sql: `delete from sqlite_sequence where name = ${quoteString(spare)}`,
      description: 'Forgets the high-water mark that copying the rows has set.',
    },
    {
      sql: `insert into sqlite_sequence (name, seq) select ${quoteString(spare)}, seq from sqlite_sequence where name = ${quoteString(actual.name)}`,
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
  const isMentionable = actual.views.length > 0 || actual.tables.some(({ triggers }) => triggers.length > 0);
  if (!isMentionable) return [rename];
  return [
    { sql: 'pragma legacy_alter_table = on', description: 'Leaves views and triggers alone during the renaming.' },
    rename,
    { sql: 'pragma legacy_alter_table = off', description: 'Ends that.' },
  ];
}
