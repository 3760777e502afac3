import {
  type Column,
  type ForeignKey,
  type Problem,
  sameObject,
  type Table,
  type Trigger,
  withoutParentheses,
} from '@dovetail/core/driver';
import { baseType, isInteger, isText, itemsOf, takesNoLiteralDefault } from './column-type.js';
import { comparison } from './comparison.js';
import type { Syntax } from './flavour.js';
import { tokenize } from './lexer.js';

/** What MySQL and MariaDB refuse in a table or would keep otherwise than it is stated, each rule with its source. */
export function validate(table: Table, tables: readonly Table[], syntax: Syntax): readonly Problem[] {
  return [
    ...names(table),
    ...wideTexts(table, syntax),
    ...items(table),
    ...expressionProblems(table),
    ...autoincrement(table),
    ...autoincrementStart(table),
    ...checkedActions(table),
    ...table.columns.flatMap((column) => generatedProblems(column, table)),
    ...table.triggers.flatMap((trigger) => triggerProblems(trigger, table)),
    ...(syntax.cascadesNull ? [] : table.foreignKeys.flatMap((foreignKey) => nullCascades(foreignKey, table, tables))),
  ];
}

/** An update of a null that is referenced would write null where none can be; MariaDB refuses it, which 10.11 does. */
function nullCascades(
  { columns, references, onUpdate }: ForeignKey,
  table: Table,
  tables: readonly Table[],
): Problem[] {
  if (onUpdate !== 'cascade') return [];
  const target = tables.find((candidate) => sameObject(candidate, references.table, comparison));
  const takesNull = (of: Table | undefined, name = ''): boolean | undefined =>
    of?.columns.find((column) => comparison.foldName(column.name) === comparison.foldName(name))?.nullable;
  return columns
    .filter((name, index) => takesNull(table, name) === false && takesNull(target, references.columns[index]) === true)
    .map((name) => ({
      where: `${table.name}.${name}`,
      what: 'a foreign key that takes no null does not follow the updates of a column that takes null',
      remedy: "Write `updateRule: 'no action'`, or let both columns take null or neither.",
    }));
}

/** Names are of the basic multilingual plane, and end with no space (refman/9.7/en/identifiers.html). */
function names(table: Table): Problem[] {
  const { columns, indexes, foreignKeys, checks, triggers } = table;
  const parts = [...columns, ...indexes, ...foreignKeys, ...checks, ...triggers].flatMap(({ name }) => name ?? []);
  const problems = (name: string, where: string): Problem[] => [
    ...(isWide(name) || name.includes('\0')
      ? [{ where, what: 'a name takes no emoji and no other character beyond U+FFFF', remedy: 'Choose another name.' }]
      : []),
    ...(name.endsWith(' ') ? [{ where, what: 'a name does not end with a space', remedy: 'Remove the space.' }] : []),
  ];
  return [...problems(table.name, table.name), ...parts.flatMap((name) => problems(name, `${table.name}.${name}`))];
}

function isWide(text: string | undefined): boolean {
  return text !== undefined && /[\u{10000}-\u{10ffff}]/u.test(text);
}

/** The catalog keeps what is no expression in three bytes a character, and a question mark for the others. */
function wideTexts({ name, columns, indexes, comment }: Table, { showsWideDefaults }: Syntax): Problem[] {
  const problem = (where: string, what: string): Problem => ({
    where,
    what: `${what} takes no emoji and no other character beyond U+FFFF, for the catalog would not show it`,
    remedy: 'Use other characters.',
  });
  const isLossy = ({ type, default: text }: Column): boolean =>
    !showsWideDefaults && isWide(text) && isText(type) && !takesNoLiteralDefault(type) && isLiteral(text);
  return [
    ...(isWide(comment) ? [problem(name, 'a comment')] : []),
    ...indexes.filter((index) => isWide(index.comment)).map((index) => problem(`${name}.${index.name}`, 'a comment')),
    ...columns.flatMap((column) => [
      ...(isWide(column.comment) ? [problem(`${name}.${column.name}`, 'a comment')] : []),
      ...(isWide(column.type) ? [problem(`${name}.${column.name}`, 'an item of an enum or set')] : []),
      ...(isLossy(column) ? [problem(`${name}.${column.name}`, 'a default')] : []),
    ]),
  ];
}

/** Whether the text is one string, in parentheses or without. */
function isLiteral(text = ''): boolean {
  const [literal, ...others] = withoutParentheses(tokenize(text));
  return literal?.kind === 'string' && others.length === 0;
}

/** Spaces at the end of an item are lost (refman/9.7/en/enum.html). */
function items({ name, columns }: Table): Problem[] {
  return columns
    .filter(({ type }) => ['enum', 'set'].includes(baseType(type)) && itemsOf(type).some((item) => item.endsWith(' ')))
    .map((column) => ({
      where: `${name}.${column.name}`,
      what: 'an item of an enum or set does not end with a space',
      remedy: 'Remove the space.',
    }));
}

/** No expression is about the column that numbers rows (refman/9.7/en/create-table-check-constraints.html). */
function expressionProblems({ name, columns, checks, indexes }: Table): Problem[] {
  const numbered = columns.find(({ autoincrement }) => autoincrement === true);
  if (numbered === undefined) return [];
  const expressions = [
    ...checks.map((check) => ['a check', check.name, check.expression] as const),
    ...columns.map((column) => ['a generated column', column.name, column.generated?.expression ?? ''] as const),
    ...indexes.flatMap((index) =>
      index.parts.map((part) => ['an index', index.name, 'column' in part ? '' : part.expression] as const),
    ),
  ];
  return expressions
    .filter(([, , expression]) => comparison.mentions(expression, numbered.name))
    .map(([kind, part = '']) => ({
      where: part === '' ? name : `${name}.${part}`,
      what: `${kind} can't be about "${numbered.name}", which numbers rows`,
      remedy: 'Write `autoincrement: false`, or leave the column out of it.',
    }));
}

/** No check is about what a foreign key writes (refman/9.7/en/create-table-check-constraints.html). */
function checkedActions({ name, foreignKeys, checks }: Table): Problem[] {
  return foreignKeys.flatMap((foreignKey) =>
    foreignKey.columns.flatMap((column) =>
      checks
        .filter(({ expression }) => writesColumns(foreignKey) && comparison.mentions(expression, column))
        .map((check) => ({
          where: `${name}.${check.name ?? column}`,
          what: `a check can't be about "${column}", which a foreign key updates or sets to null`,
          remedy: "Write `updateRule: 'no action'` and no `deleteRule: 'set null'`, or leave the column out of it.",
        })),
    ),
  );
}

function writesColumns({ onDelete, onUpdate }: ForeignKey): boolean {
  const writing = ['set null', 'set default'];
  return onUpdate === 'cascade' || writing.includes(onUpdate) || writing.includes(onDelete);
}

/** One column at most numbers new rows, and an index has to start with it (refman/9.7/en/create-table.html). */
function autoincrement(table: Table): Problem[] {
  const [first, second] = table.columns.filter((column) => column.autoincrement === true);
  if (first === undefined) return [];
  const where = `${table.name}.${(second ?? first).name}`;
  const remedy = 'Write `autoincrement: false`.';
  if (second !== undefined) return [{ where, what: 'only one column of a table can number new rows', remedy }];
  if (!isInteger(first.type))
    return [{ where, what: `a column of the type ${first.type} can't number new rows`, remedy }];
  return isFirstOfKey(first, table) ? [] : [{ where, what: 'no key starts with the column that numbers rows', remedy }];
}

function autoincrementStart({ name, columns, options }: Table): Problem[] {
  const { autoincrementStart: start } = options;
  if (start === undefined) return [];
  if (!columns.some(({ autoincrement }) => autoincrement === true))
    return [
      { where: name, what: 'it has an `autoincrementStart`, and no column numbers its rows', remedy: 'Remove it.' },
    ];
  return Number.isSafeInteger(start) && start > 0
    ? []
    : [{ where: name, what: 'its `autoincrementStart` is no whole number from 1', remedy: 'Write one: `1000`.' }];
}

function isFirstOfKey({ name }: Column, { primaryKey, indexes }: Table): boolean {
  if (primaryKey?.columns[0] === name) return true;
  return indexes.some(({ parts: [first] }) => first !== undefined && 'column' in first && first.column === name);
}

/** refman/9.7/en/create-table-generated-columns.html */
function generatedProblems(column: Column, table: Table): Problem[] {
  if (column.generated === undefined || column.default === undefined) return [];
  const where = `${table.name}.${column.name}`;
  return [{ where, what: 'a generated column can have no default', remedy: 'Remove `default`.' }];
}

/** refman/9.7/en/create-trigger.html */
function triggerProblems({ name, events, forEach, timing }: Trigger, table: Table): Problem[] {
  const where = `${table.name}.${name}`;
  const problems: Problem[] = [];
  if (forEach === 'statement') {
    problems.push({ where, what: 'triggers run for each row, not for a statement', remedy: "Write `forEach: 'row'`." });
  }
  if (timing === 'instead of') {
    problems.push({ where, what: 'there are no `instead of` triggers', remedy: 'Write `before` or `after`.' });
  }
  if (events.length > 1) {
    problems.push({ where, what: 'a trigger has one event', remedy: 'Write one trigger for each event.' });
  }
  if (events.some((event) => event.kind === 'truncate')) {
    problems.push({ where, what: 'there is no trigger for truncate', remedy: 'Write `delete`.' });
  }
  return problems;
}
