import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  displayName,
  findTable,
  isKeyword,
  type ObjectName,
  originalColumn,
  type Precheck,
  type PrecheckDialect,
  precheckPresent,
  rowsThat,
  standardPrechecks,
} from '@dovetail/core/driver';
import { baseType, isNumber, isText } from '../column-type.js';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { tokenize } from '../lexer.js';
import { inheritingColumns } from './alter-table.js';
import { brokenReaders } from './broken-readers.js';
import { computedValues } from './computed-values.js';
import { charsetProblem, conversionProblems, isMoment, type Problem } from './conversions.js';
import { keptKeys } from './kept-keys.js';
import { goesOverText } from './over-text.js';
import { parenthesised, quoteIdentifier, quoteTable } from './quote.js';
import { refusedForeignKeys } from './refused-foreign-keys.js';
import { varyingDefaults } from './varying-defaults.js';

const dialect: PrecheckDialect = {
  stored: (value, to, from) => stored(value, to, from, inCollation),
  mentions: comparison.mentions,
  names: comparison,
  quote: quoteIdentifier,
  table: quoteTable,
  indexKey: (part) => {
    const key = 'column' in part ? quoteIdentifier(part.column) : parenthesised(part.expression);
    return part.length === undefined ? key : `left(${key}, ${part.length})`;
  },
};

/** For an expression that states a collation itself, to which a column gives way. */
const dialectOfCollations: PrecheckDialect = {
  ...dialect,
  stored: (value, to, from) => stored(value, to, from, asColumnOf),
};

/**
 * What is unique by one collation may be double by another. A literal is of the connection's collation, and gives way to
 * a value of the column's (refman/9.7/en/charset-collation-coercibility.html).
 */
function stored(value: string, to: Column, from: Column | undefined, convert: typeof inCollation): string {
  const { charset = 'utf8mb4', collation } = to;
  if (from === undefined && isDateOrTime(to.type))
    return `cast(${value} as ${to.type.replace('timestamp', 'datetime')})`;
  if (from === undefined) return isText(to.type) ? convert(value, charset, collation) : value;
  if (isText(to.type) && isPrinted(from.type)) return convert(`cast(${value} as char)`, charset, collation);
  if (goesOverText(from.type, to.type)) return `cast(${value} as char)`;
  return to.charset === undefined || collation === undefined || collation === from.collation
    ? value
    : convert(value, charset, collation);
}

/** What is written as a text is compared as a moment. */
function isDateOrTime(type: string): boolean {
  return isMoment(type) && baseType(type) !== 'year';
}

/** What becomes a text is compared as one. */
function isPrinted(type: string): boolean {
  return isNumber(type) || isMoment(type);
}

function inCollation(value: string, charset: string, collation: string | undefined): string {
  return `convert(${value} using ${charset})${collation === undefined ? '' : ` collate ${collation}`}`;
}

/** A value behind `collate` gives way to nothing, so this makes a column of it. */
function asColumnOf(value: string, charset: string, collation: string | undefined): string {
  const converted = inCollation(value, charset, undefined);
  if (collation === undefined) return converted;
  const column = `value longtext character set ${charset} collate ${collation} path '$'`;
  return `(select value from json_table(json_array(${converted}), '$[0]' columns (${column})) as collated)`;
}

function dialectFor(change: Change): PrecheckDialect {
  const statesCollation =
    change.kind === 'add-check' && tokenize(change.check.expression).some((token) => isKeyword(token, 'collate'));
  return statesCollation ? dialectOfCollations : dialect;
}

/** What the change would fail on or lose: the server is strict here, and refuses most of it in the middle of an update. */
export function prechecks(change: Change, context: DdlContext, syntax: Syntax): Precheck[] {
  return [
    ...standardPrechecks(change, context, dialectFor(change)),
    ...ownPrechecks(change, context),
    ...computedValues(change, context, dialect, syntax),
    ...brokenReaders(change, context),
    ...(syntax.addsVaryingDefaults ? [] : varyingDefaults(change)),
  ];
}

function ownPrechecks(change: Change, context: DdlContext): Precheck[] {
  switch (change.kind) {
    case 'alter-column':
      return [
        ...alterPrechecks(change, context),
        ...keptKeys(change, context).flatMap((kept) => standardPrechecks(kept, context, dialect)),
      ];
    case 'add-foreign-key':
      return refusedForeignKeys(change, context);
    case 'set-table-options': {
      const table = findTable(context.target, change.table, comparison);
      return inheritingColumns(change, table, []).flatMap((column) =>
        problemPrechecks(change.table, column, context, (name) => charsetProblem(name, column.type, change.to)),
      );
    }
    default:
      return [];
  }
}

function alterPrechecks({ table, from, to, attributes }: AlterColumn, context: DdlContext): Precheck[] {
  if (to.generated !== undefined) return [];
  return problemPrechecks(table, from, context, (name) => [
    ...(attributes.includes('type') ? conversionProblems(name, from.type, to) : []),
    ...(attributes.includes('charset') ? charsetProblem(name, from.type, to) : []),
  ]);
}

/** The values are looked at as they are now, under the names that they have now. */
function problemPrechecks(
  table: ObjectName,
  { name }: Column,
  context: DdlContext,
  problemsOf: (column: string) => readonly Problem[],
): Precheck[] {
  const column = quoteIdentifier(originalColumn(table, name, context, comparison));
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
