import {
  alterColumn as alteredColumn,
  type AlterColumn,
  type AlterTableChange,
  type Column,
  type DdlContext,
  type ObjectName,
  sameObject,
  type Table,
  type TableOptions,
} from '@dovetail/core/driver';
import { isText } from '../column-type.js';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { isStated, wayOf } from './alter-column.js';
import { add, type Clause, column, drop, modify, option, phases } from './clause.js';
import { columnSql } from './column.js';
import { type Move, movedColumns } from './column-order.js';
import { checkSql, dropCheckSql, foreignKeySql, indexSql, primaryKeySql, visibilitySql } from './constraint.js';
import { commentSql, optionsSql } from './create-table.js';
import { overlookedIn } from './overlooked-index.js';
import { quoteIdentifier, quoteTable } from './quote.js';
import { aroundRecreated } from './recreated-columns.js';
import { replacementClauses } from './replaced-columns.js';

/** One statement for all the changes: the server finds one order for them, and goes through the table once. */
export function alterTableSql(
  name: ObjectName,
  changes: readonly AlterTableChange[],
  context: DdlContext,
  syntax: Syntax,
): string {
  const table = context.target.tables.find((candidate) => sameObject(candidate, name, comparison));
  const clauses = [
    ...changes.flatMap((change) => clausesOf(change, changes, table, syntax)),
    ...replacementClauses(name, changes, context, syntax),
    ...aroundRecreated(changes, table, syntax),
  ];
  const moved = movedColumns(name, changes, context, syntax);
  const placed = withMoves(clauses, moved, syntax);
  const ordered = phases.flatMap((phase) => placed.filter((clause) => clause.phase === phase));
  return `alter table ${quoteTable(name)}\n  ${ordered.map(({ sql }) => sql).join(',\n  ')}`;
}

/** A column that moves comes last, after the one that it reads. */
function withMoves(clauses: readonly Clause[], moves: readonly Move[], syntax: Syntax): readonly Clause[] {
  const moving = new Set(moves.map((move) => move.column.name));
  const movements = moves.map((move): Clause => {
    const stated =
      clauses.find((clause) => clause.column === move.column.name) ?? modify(move.column, move.column, syntax);
    return { ...stated, sql: `${stated.sql} after ${quoteIdentifier(move.after)}` };
  });
  return [...clauses.filter((clause) => clause.column === undefined || !moving.has(clause.column)), ...movements];
}

function clausesOf(
  change: AlterTableChange,
  siblings: readonly AlterTableChange[],
  table: Table | undefined,
  syntax: Syntax,
): Clause[] {
  switch (change.kind) {
    case 'add-column':
      return [column(change.column, `add column ${columnSql(change.column, syntax)}`)];
    case 'drop-column':
      return [drop(`drop column ${quoteIdentifier(change.column.name)}`)];
    case 'alter-column':
      return alterColumn(change, syntax);
    case 'set-primary-key':
      return [
        ...(change.from === undefined ? [] : [drop('drop primary key')]),
        ...(change.to === undefined ? [] : [add(`add ${primaryKeySql(change.to)}`)]),
      ];
    case 'add-index':
      return overlookedIn(change, siblings) === 'visibility'
        ? [add(`alter index ${quoteIdentifier(change.index.name)} ${visibilitySql(change.index, syntax)}`)]
        : [add(`add ${indexSql(change.index, syntax)}`)];
    case 'drop-index':
      return overlookedIn(change, siblings) === 'visibility'
        ? []
        : [drop(`drop key ${quoteIdentifier(change.index.name)}`)];
    case 'rename-index':
      return [add(`rename key ${quoteIdentifier(change.from.name)} to ${quoteIdentifier(change.to.name)}`)];
    case 'add-foreign-key':
      return [add(`add ${foreignKeySql(change.foreignKey, syntax)}`)];
    case 'drop-foreign-key':
      return [drop(`drop foreign key ${quoteIdentifier(change.foreignKey.name ?? '')}`)];
    case 'add-check':
      return [add(`add ${checkSql(change.check)}`)];
    case 'drop-check':
      return [drop(dropCheckSql(change.check.name, syntax))];
    case 'set-table-comment':
      return [option(commentSql(change.to ?? ''))];
    case 'set-table-options':
      return [
        ...optionsSql(change.to).map(option),
        ...(isNoLonger('rowFormat', change) ? [option('row_format = default')] : []),
        // The server takes the lowest number that is free above all rows (refman/9.7/en/alter-table.html).
        ...(isNoLonger('autoincrementStart', change) ? [option('auto_increment = 1')] : []),
        ...(isNoLonger('partitionBy', change) ? [option('remove partitioning')] : []),
        ...(change.to.partitionBy === undefined ? [] : [option(`partition by ${change.to.partitionBy}`)]),
        ...inheritingColumns(change, table, siblings).map((inheriting) => modify(inheriting, inheriting, syntax)),
      ];
    case 'fill-column':
    case 'rename-constraint':
    case 'add-unique':
    case 'drop-unique':
    case 'add-exclusion':
    case 'drop-exclusion':
    case 'create-trigger':
    case 'drop-trigger':
      throw new Error(`No clause of alter table carries out ${change.kind}.`);
  }
}

/** The column as it is going to be: an attribute that the property wants ignored stays what it is. */
function alterColumn(change: AlterColumn, syntax: Syntax): Clause[] {
  const { from } = change;
  const to = alteredColumn(from, change);
  const way = wayOf(change);
  switch (way) {
    case 'modified':
      return [modify(to, from, syntax)];
    case 'recreated':
      return [drop(`drop column ${quoteIdentifier(from.name)}`), column(to, `add column ${columnSql(to, syntax)}`)];
    case 'replaced':
      return [];
  }
}

function isNoLonger(
  name: keyof TableOptions,
  { from, to }: Extract<AlterTableChange, { kind: 'set-table-options' }>,
): boolean {
  return from[name] !== undefined && to[name] === undefined;
}

/** The columns that have the table's character set follow it; the statement alone would leave them as they are. */
export function inheritingColumns(
  { to }: Extract<AlterTableChange, { kind: 'set-table-options' }>,
  table: Table | undefined,
  siblings: readonly AlterTableChange[],
): readonly Column[] {
  if (to.charset === undefined && to.collation === undefined) return [];
  return (table?.columns ?? []).filter(
    (candidate) =>
      isText(candidate.type) &&
      candidate.charset === undefined &&
      candidate.collation === undefined &&
      !isStated(candidate, siblings),
  );
}
