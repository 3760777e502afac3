import {
  type AlterTableChange,
  type Column,
  type DdlContext,
  findTable,
  type ObjectName,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { isPlainDefault } from '../default-text.js';
import type { Syntax } from '../flavour.js';
import { wayOf } from './alter-column.js';

const { foldName, mentions } = comparison;

/**
 * The columns in an order in which none reads a computed one that comes after it, which the servers refuse
 * (refman/9.7/en/create-table-generated-columns.html, refman/9.7/en/data-type-defaults.html). Those that did come last.
 */
export function inOrderOfUse(columns: readonly Column[], syntax: Syntax): readonly Column[] {
  const placed: Column[] = [];
  const late: Column[] = [];
  for (const [index, column] of columns.entries()) {
    const waits = [...late, ...columns.slice(index + 1)].some((other) => readsComputed(column, other, syntax));
    (waits ? late : placed).push(column);
  }
  return late.length === 0 || placed.length === 0 ? columns : [...placed, ...inOrderOfUse(late, syntax)];
}

/** A column that has to stand elsewhere once a statement is done. */
export interface Move {
  readonly column: Column;
  /** The name of the column that it comes after. */
  readonly after: string;
}

/** The columns that would read a computed one after them, of those that the changes are about or are read by. */
export function movedColumns(
  name: ObjectName,
  changes: readonly AlterTableChange[],
  { actual, target }: DdlContext,
  syntax: Syntax,
): readonly Move[] {
  const [before, after] = [findTable(actual, name, comparison), findTable(target, name, comparison)];
  if (before === undefined || after === undefined) return [];
  const columns = columnsAfter(before, after, changes);
  const ordered = inOrderOfUse(columns, syntax);
  if (ordered === columns) return [];
  const changed = changes.flatMap((change) => changedColumn(change) ?? []).map(foldName);
  const isChanged = (column: Column): boolean => changed.includes(foldName(column.name));
  const moves: Move[] = [];
  const isMoved = (column: Column): boolean => moves.some((move) => move.column === column);
  for (const column of ordered) {
    const read = ordered.filter((other) => readsComputed(column, other, syntax));
    const last = read.at(-1);
    const isLate = (other: Column): boolean => isMoved(other) || columns.indexOf(other) > columns.indexOf(column);
    const isConcerned = isChanged(column) || read.some((other) => isChanged(other) || isMoved(other));
    if (last !== undefined && read.some(isLate) && isConcerned) moves.push({ column, after: last.name });
  }
  return moves;
}

/** In the order that they have without a move: those that are added, or made anew, come last. */
function columnsAfter(before: Table, after: Table, changes: readonly AlterTableChange[]): readonly Column[] {
  const places = new Map(before.columns.map(({ name }, index) => [foldName(name), index]));
  for (const change of changes) {
    if (change.kind === 'alter-column' && wayOf(change) === 'recreated') places.delete(foldName(change.to.name));
  }
  const placeOf = ({ name }: Column): number => places.get(foldName(name)) ?? before.columns.length;
  return after.columns.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function changedColumn(change: AlterTableChange): string | undefined {
  if (change.kind === 'add-column') return change.column.name;
  return change.kind === 'alter-column' ? change.to.name : undefined;
}

function readsComputed(column: Column, other: Column, syntax: Syntax): boolean {
  const expression = column.generated?.expression ?? (hasExpression(column) ? column.default : undefined);
  const isComputed = other.generated !== undefined || (!syntax.readsLaterDefaults && hasExpression(other));
  return expression !== undefined && other !== column && isComputed && mentions(expression, other.name);
}

function hasExpression({ default: text, type }: Column): boolean {
  return text !== undefined && (text.startsWith('(') || !isPlainDefault(text, type));
}
