import {
  displayName,
  type DdlContext,
  type ForeignKey,
  type ObjectName,
  type RenameChange,
  sameObject,
  type Schema,
  type Statement,
  type Table,
} from '@dovetail/core/driver';
import { renameIn } from '../apply-renames.js';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { columnSql } from './column.js';
import { checkSql, dropCheckSql, foreignKeySql, indexSql } from './constraint.js';
import { evaluatesChecks } from './evaluated-checks.js';
import { effortHazards } from './hazards.js';
import { quoteIdentifier, quoteTable } from './quote.js';
import { mentionsAny, readersOf } from './readers.js';
import { createViewSql } from './view.js';

type Rename<Kind extends RenameChange['kind']> = Extract<RenameChange, { kind: Kind }>;

/** Renames in a ring are carried out together, in one statement, so that it is never seen half-way. */
export function groupRenames(renames: readonly RenameChange[]): (readonly RenameChange[])[] {
  const groups: (readonly RenameChange[])[] = [];
  for (let start = 0; start < renames.length;) {
    const end = Math.max(
      start,
      renames.findIndex((rename, index) => index > start && closes(rename, renames[start])),
    );
    groups.push(renames.slice(start, end + 1));
    start = end + 1;
  }
  return groups;
}

/** Whether a rename takes up the spare name that the first one of a ring gave. */
function closes(rename: RenameChange, first: RenameChange | undefined): boolean {
  if (rename.kind === 'rename-table' && first?.kind === 'rename-table') {
    return sameObject(rename.table, { ...first.table, name: first.to }, comparison);
  }
  if (rename.kind !== 'rename-column' || first?.kind !== 'rename-column') return false;
  return sameObject(rename.table, first.table, comparison) && rename.from === first.to;
}

/** The statements of a group of renames: its own, and those that state the views anew which read what is renamed. */
export function renameStatements(renames: readonly RenameChange[], context: DdlContext, syntax: Syntax): Statement[] {
  return [...statementsOfGroup(renames, context, syntax), ...restatedViews(renames, context)];
}

function restatedViews(renames: readonly RenameChange[], context: DdlContext): Statement[] {
  const [first] = renames;
  if (first === undefined) return [];
  const before = context.renames.slice(0, context.renames.indexOf(first)).reduce(renameIn, context.before);
  const after = renames.reduce(renameIn, before);
  return after.views
    .filter((view, index) => view !== before.views[index])
    .map((view) => ({
      sql: createViewSql(view, 'create or replace'),
      description: `States the view "${displayName(view)}" anew, which reads it.`,
    }));
}

function statementsOfGroup(renames: readonly RenameChange[], context: DdlContext, syntax: Syntax): Statement[] {
  const [first] = renames;
  if (first === undefined) return [];
  switch (first.kind) {
    case 'rename-namespace':
      return moveTables(first, context);
    case 'rename-table':
      return [renameTables(renames.filter((rename) => rename.kind === 'rename-table'))];
    case 'rename-column':
      return renameColumns(
        first,
        renames.filter((rename) => rename.kind === 'rename-column'),
        context,
        syntax,
      );
    case 'rename-enum':
    case 'rename-enum-value':
      throw new Error(`There is nothing that ${first.kind} could change: an enum is the type of its column.`);
  }
}

/** The server renames no database; its tables can move to another (refman/9.7/en/rename-table.html). */
function moveTables({ namespace, to }: Rename<'rename-namespace'>, { before }: DdlContext): Statement[] {
  const tables = before.tables.filter(({ schema }) => schema === namespace);
  return [
    {
      sql: `create database if not exists ${quoteIdentifier(to)}`,
      description: `Creates the database "${to}".`,
    },
    {
      sql: renameTableSql(tables.map((table) => [table, { ...table, schema: to }])),
      description: `Moves the tables of "${namespace}" to "${to}".`,
    },
  ];
}

function renameTables(renames: readonly Rename<'rename-table'>[]): Statement {
  const pairs = renames.map(({ table, to }) => [table, { ...table, name: to }] as const);
  return {
    sql: renameTableSql(pairs),
    description: renames.map(({ table, to }) => `Renames the table "${displayName(table)}" to "${to}".`).join(' '),
  };
}

function renameTableSql(pairs: readonly (readonly [from: ObjectName, to: ObjectName])[]): string {
  return `rename table ${pairs.map(([from, to]) => `${quoteTable(from)} to ${quoteTable(to)}`).join(', ')}`;
}

/**
 * The table is copied where more is stated than the renames, or its checks are evaluated; and the server renames no column
 * of a foreign key then (refman/9.7/en/alter-table.html): so the foreign key goes and comes back.
 */
function renameColumns(
  first: Rename<'rename-column'>,
  renames: readonly Rename<'rename-column'>[],
  context: DdlContext,
  syntax: Syntax,
): Statement[] {
  const { table } = first;
  const before = context.renames.slice(0, context.renames.indexOf(first)).reduce(renameIn, context.before);
  const after = renames.reduce(renameIn, before);
  const pairs = netRenames(renames);
  const clauses = pairs.map(([from, to]) => `rename column ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`);
  const [old, renamed] = [tableOf(before, table), tableOf(after, table)];
  const all = syntax.renamesFollow ? clauses : around(clauses, old, renamed, syntax);
  const described = pairs.map(([from, to]) => `"${from}" to "${to}"`).join(', ');
  const statement = {
    sql: `alter table ${quoteTable(table)} ${all.join(', ')}`,
    description: `Renames ${pairs.length > 1 ? 'columns' : 'the column'} of "${displayName(table)}": ${described}.`,
  };
  const isCopied = all.length > clauses.length || (old !== undefined && evaluatesChecks(old, syntax));
  if (!isCopied) return [statement];
  const dropped = involved(
    before,
    table,
    pairs.map(([from]) => from),
  );
  const added = involved(
    after,
    table,
    pairs.map(([, to]) => to),
  );
  return [
    ...dropped.map(({ child, foreignKey: { name = '' } }) => ({
      sql: `alter table ${quoteTable(child)} drop foreign key ${quoteIdentifier(name)}`,
      description: `Drops the foreign key "${name}" of "${displayName(child)}" for the rename.`,
    })),
    { ...statement, hazards: effortHazards(table, ['copy']) },
    ...added.map(({ child, foreignKey }) => ({
      sql: `alter table ${quoteTable(child)} add ${foreignKeySql(foreignKey, syntax)}`,
      description: `Adds the foreign key "${foreignKey.name ?? ''}" of "${displayName(child)}" again.`,
    })),
  ];
}

/** A foreign key, and the table that has it. */
interface OwnedForeignKey {
  readonly child: Table;
  readonly foreignKey: ForeignKey;
}

function involved({ tables }: Schema, table: ObjectName, columns: readonly string[]): OwnedForeignKey[] {
  return tables.flatMap((child) =>
    child.foreignKeys
      .filter((foreignKey) => columns.some((column) => involves(child, foreignKey, table, column)))
      .map((foreignKey) => ({ child, foreignKey })),
  );
}

function involves(child: Table, { columns, references }: ForeignKey, table: ObjectName, column: string): boolean {
  const isIt = (name: string): boolean => comparison.foldName(name) === comparison.foldName(column);
  return (
    (sameObject(child, table, comparison) && columns.some(isIt)) ||
    (sameObject(references.table, table, comparison) && references.columns.some(isIt))
  );
}

/** From the first name of each column to its last, without the spare ones between: one statement needs none. */
function netRenames(renames: readonly Rename<'rename-column'>[]): readonly (readonly [from: string, to: string])[] {
  const origins = new Map<string, string>();
  for (const { from, to } of renames) {
    origins.set(to, origins.get(from) ?? from);
    origins.delete(from);
  }
  return [...origins].map(([to, from]) => [from, to] as const);
}

/** What names a column in an expression keeps it from being renamed, unless it is stated anew in the same statement. */
function around(
  clauses: readonly string[],
  before: Table | undefined,
  after: Table | undefined,
  syntax: Syntax,
): readonly string[] {
  if (before === undefined || after === undefined) return clauses;

  const checks = after.checks.filter((check, index) => check.expression !== before.checks[index]?.expression);
  const direct = after.columns.filter((column, index) => isRestated(column, before.columns[index]));
  const names = direct.map(({ name }) => name);
  const columns = [...direct, ...readersOf(names, after.columns)];
  const computed = columns.map(({ name }) => name);
  const indexes = after.indexes.filter((index, position) =>
    index.parts.some(
      (part, at) =>
        'expression' in part &&
        (part !== before.indexes[position]?.parts[at] || mentionsAny(part.expression, computed)),
    ),
  );
  return [
    ...checks.map(({ name }) => dropCheckSql(name, syntax)),
    ...indexes.map(({ name }) => `drop key ${quoteIdentifier(name)}`),
    ...clauses,
    ...columns.map((column) => `modify column ${columnSql(column, syntax)}`),
    ...indexes.map((index) => `add ${indexSql(index, syntax)}`),
    ...checks.map((check) => `add ${checkSql(check)}`),
  ];
}

type Column = Table['columns'][number];

function isRestated(after: Column, before: Column | undefined): boolean {
  return after.generated?.expression !== before?.generated?.expression || after.default !== before?.default;
}

function tableOf({ tables }: Schema, name: ObjectName): Table | undefined {
  return tables.find((candidate) => sameObject(candidate, name, comparison));
}
