import {
  type Connection,
  diffTables,
  displayName,
  DovetailError,
  messageOf,
  objectKey,
  type ObjectName,
  type Problem,
  type Schema,
  tablesByName,
  type View,
} from '@dovetail/core/driver';
import { comparison } from './comparison.js';
import { codeOf } from './connection.js';
import type { Flavour } from './flavour.js';
import { bareStatement } from './lexer.js';

/** Where a query is looked at: before the update, and as it is to be. */
interface Setting {
  readonly desired: Schema;
  readonly actual: Schema;
}

/**
 * Finds the views whose query the server refuses now and would refuse after the update as well: it commits each statement,
 * and a view comes late. What it says of a name may be over once a table or view is there that the query mentions.
 *
 * @param views those that the update makes.
 */
export async function rejectWrongViews(
  connection: Connection,
  views: readonly View[],
  setting: Setting,
  { name }: Flavour,
): Promise<void> {
  const changing = views.length === 0 ? [] : [...changingTables(setting), ...views];
  const problems: Problem[] = [];
  for (const view of views) {
    const awaits = changing.some((object) => object !== view && comparison.mentions(view.definition, object.name));
    const error = await refusalOf(connection, view);
    if (error === undefined || !isFinal(error, awaits)) continue;
    problems.push({
      where: displayName(view),
      what: messageOf(error),
      remedy: 'Correct the `expression` of the view.',
    });
  }
  if (problems.length > 0) throw new DovetailError('invalid-metadata', `${name} refuses a view.`, problems);
}

/** The tables that are not as they are going to be. */
function changingTables({ desired, actual }: Setting): readonly ObjectName[] {
  const existing = tablesByName(actual, comparison);
  const wanted = tablesByName(desired, comparison);
  return [
    ...desired.tables.filter((table) => {
      const counterpart = existing.get(objectKey(table, comparison));
      return counterpart === undefined || diffTables(counterpart, table, comparison).length > 0;
    }),
    ...actual.tables.filter((table) => !wanted.has(objectKey(table, comparison))),
  ];
}

async function refusalOf(connection: Connection, { definition }: View): Promise<unknown> {
  const query = bareStatement(definition);
  const refused = await errorOf(connection, `explain ${query}`);
  if (refused !== undefined) return refused;
  // The columns of a table, and of a view, have names that differ.
  const asTable = await errorOf(connection, `explain select 1 from (${query}) as dovetail_view`);
  return codeOf(asTable) === 'ER_DUP_FIELDNAME' ? asTable : undefined;
}

async function errorOf(connection: Connection, query: string): Promise<unknown> {
  try {
    await connection.query(query);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What no other table changes, and what is said of the tables where they stay. */
function isFinal(error: unknown, awaits: boolean): boolean {
  const code = codeOf(error) ?? '';
  return code === 'ER_PARSE_ERROR' || (!awaits && ofTables.has(code));
}

/** dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html */
const ofTables: ReadonlySet<string> = new Set([
  ...['ER_NO_SUCH_TABLE', 'ER_BAD_FIELD_ERROR', 'ER_NON_UNIQ_ERROR', 'ER_DUP_FIELDNAME', 'ER_SP_DOES_NOT_EXIST'],
  ...[
    'ER_INVALID_GROUP_FUNC_USE',
    'ER_WRONG_FIELD_WITH_GROUP',
    'ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT',
    'ER_UNKNOWN_TABLE',
  ],
  ...['ER_WRONG_ARGUMENTS', 'ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT', 'ER_OPERAND_COLUMNS', 'ER_SUBQUERY_NO_1_ROW'],
]);
