import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  displayName,
  findTable,
  type ObjectName,
  originalColumn,
  type Precheck,
  type PrecheckDialect,
  precheckPresent,
  rowsThat,
  standardPrechecks,
} from '@dovetail/core/driver';
import { isNumber, isText } from '../column-type.js';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { inheritingColumns } from './alter-table.js';
import { brokenReaders } from './broken-readers.js';
import { charsetProblem, conversionProblems, isMoment, type Problem } from './conversions.js';
import { goesOverText } from './over-text.js';
import { parenthesised, quoteIdentifier, quoteTable } from './quote.js';
import { varyingDefaults } from './varying-defaults.js';

const dialect: PrecheckDialect = {
  stored,
  mentions: comparison.mentions,
  fold: comparison.foldName,
  quote: quoteIdentifier,
  table: quoteTable,
  indexKey: (part) => {
    const key = 'column' in part ? quoteIdentifier(part.column) : parenthesised(part.expression);
    return part.length === undefined ? key : `left(${key}, ${part.length})`;
  },
};

/**
 * What is unique by one collation may be double by another. A literal is of the connection's collation, and gives way to
 * a value of the column's (refman/9.7/en/charset-collation-coercibility.html).
 */
function stored(value: string, to: Column, from?: Column): string {
  const { charset, collation } = to;
  if (from !== undefined && isText(to.type) && isPrinted(from.type))
    return inCollation(`cast(${value} as char)`, charset ?? 'utf8mb4', collation);
  if (from !== undefined && goesOverText(from.type, to.type)) return `cast(${value} as char)`;
  if (from === undefined && isText(to.type)) return inCollation(value, charset ?? 'utf8mb4', collation);
  if (from === undefined || charset === undefined || collation === undefined || collation === from.collation)
    return value;
  return inCollation(value, charset, collation);
}

/** What becomes a text is compared as one. */
function isPrinted(type: string): boolean {
  return isNumber(type) || isMoment(type);
}

function inCollation(value: string, charset: string, collation: string | undefined): string {
  return `convert(${value} using ${charset})${collation === undefined ? '' : ` collate ${collation}`}`;
}

/** What the change would fail on or lose: the server is strict here, and refuses most of it in the middle of an update. */
export function prechecks(change: Change, context: DdlContext, syntax: Syntax): Precheck[] {
  return [
    ...standardPrechecks(change, context, dialect),
    ...ownPrechecks(change, context),
    ...brokenReaders(change, context),
    ...(syntax.addsVaryingDefaults ? [] : varyingDefaults(change)),
  ];
}

function ownPrechecks(change: Change, context: DdlContext): Precheck[] {
  switch (change.kind) {
    case 'alter-column':
      return alterPrechecks(change, context);
    case 'set-table-options': {
      const table = findTable(context.target, change.table, dialect.fold);
      return inheritingColumns(change, table, []).flatMap((column) =>
        problemPrechecks(change.table, column, context, (name) => charsetProblem(name, change.to)),
      );
    }
    default:
      return [];
  }
}

function alterPrechecks({ table, from, to, attributes }: AlterColumn, context: DdlContext): Precheck[] {
  if (from.generated !== undefined || to.generated !== undefined) return [];
  return problemPrechecks(table, from, context, (name) => [
    ...(attributes.includes('type') ? conversionProblems(name, from.type, to.type) : []),
    ...(attributes.includes('charset') ? charsetProblem(name, to) : []),
  ]);
}

/** The values are looked at as they are now, under the names that they have now. */
function problemPrechecks(
  table: ObjectName,
  { name }: Column,
  context: DdlContext,
  problemsOf: (column: string) => readonly Problem[],
): Precheck[] {
  const column = quoteIdentifier(originalColumn(table, name, context, dialect.fold));
  return problemsOf(column).map(({ kind, condition, what }) =>
    precheckPresent(
      {
        kind,
        object: `${displayName(table)}.${name}`,
        table,
        condition,
        message: rowsThat('hold', what),
        remedy: kind === 'may-fail' ? 'correct them first' : "correct them first, or allow it: allow: ['data-loss']",
      },
      context,
      dialect,
    ),
  );
}
