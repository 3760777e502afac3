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
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { tokenize } from '../lexer.js';
import { inheritingColumns } from './alter-table.js';
import { brokenReaders } from './broken-readers.js';
import { computedValues } from './computed-values.js';
import { charsetProblem, conversionProblems, type Problem } from './conversions.js';
import { dialect, dialectOfCollations } from './precheck-dialect.js';
import { quoteIdentifier } from './quote.js';
import { refusedForeignKeys } from './refused-foreign-keys.js';
import { withStatedCollations } from './stated-collations.js';
import { varyingDefaults } from './varying-defaults.js';

/** What the change would fail on or lose: the server is strict here, and refuses most of it in the middle of an update. */
export function prechecks(change: Change, context: DdlContext, syntax: Syntax): Precheck[] {
  return [
    ...standardPrechecks(change, withStatedCollations(context), dialectFor(change)),
    ...ownPrechecks(change, context),
    ...computedValues(change, context, dialect, syntax),
    ...brokenReaders(change, context),
    ...(syntax.addsVaryingDefaults ? [] : varyingDefaults(change)),
  ];
}

function dialectFor(change: Change): PrecheckDialect {
  const statesCollation =
    change.kind === 'add-check' && tokenize(change.check.expression).some((token) => isKeyword(token, 'collate'));
  return statesCollation ? dialectOfCollations : dialect;
}

function ownPrechecks(change: Change, context: DdlContext): Precheck[] {
  switch (change.kind) {
    case 'alter-column':
      return alterPrechecks(change, context);
    case 'add-foreign-key':
      return refusedForeignKeys(change, context);
    case 'set-table-options':
      return inheritedPrechecks(change, context);
    default:
      return [];
  }
}

/** The columns that state no collation get that of the table. */
function inheritedPrechecks(change: Extract<Change, { kind: 'set-table-options' }>, context: DdlContext): Precheck[] {
  const { table } = change;
  const stated = withStatedCollations(context);
  const statedTable = findTable(stated.target, table, comparison);
  return inheritingColumns(change, findTable(context.target, table, comparison), []).flatMap((column) => {
    const to = statedTable?.columns.find(({ name }) => name === column.name) ?? column;
    // One that changes besides is looked at with its own change.
    const isItself = findTable(context.actual, table, comparison)?.columns.includes(column) === true;
    const altered: AlterColumn = { kind: 'alter-column', table, from: column, to, attributes: ['collation'] };
    return [
      ...problemPrechecks(table, column, context, (name) => charsetProblem(name, column.type, to)),
      ...(isItself ? standardPrechecks(altered, stated, dialect) : []),
    ];
  });
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
