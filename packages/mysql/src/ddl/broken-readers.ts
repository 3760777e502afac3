import {
  type Change,
  type DdlContext,
  displayName,
  findTable,
  isKeyword,
  type ObjectName,
  type Precheck,
  sameObject,
  type Schema,
  type Trigger,
  type View,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { tokenize, unquote } from '../lexer.js';
import { readsColumn, readsTable } from '../view-references.js';
import { quoteString } from './quote.js';

const { foldName } = comparison;

/**
 * The views and triggers that would be left behind broken: the server lets a column or table go that they read, and says
 * so to whoever uses them next (refman/9.7/en/create-view.html). Those that the plan changes are left out.
 */
export function brokenReaders(change: Change, context: DdlContext): readonly Precheck[] {
  switch (change.kind) {
    case 'drop-column': {
      const { table, column } = change;
      const object = `${displayName(table)}.${column.name}`;
      const views = keptViews(context).filter((view) => readsColumn(view, table, column.name));
      return [...viewPrechecks(object, views), ...triggerPrechecks(object, table, column.name, context)];
    }
    case 'drop-table': {
      const views = keptViews(context).filter((view) => readsTable(view, change.table));
      return viewPrechecks(displayName(change.table), views);
    }
    case 'rename-column':
      return triggerPrechecks(`${displayName(change.table)}.${change.from}`, change.table, change.from, context);
    default:
      return [];
  }
}

function keptViews({ actual, target }: DdlContext): readonly View[] {
  return actual.views.filter((view) => target.views.includes(view));
}

function viewPrechecks(object: string, views: readonly View[]): readonly Precheck[] {
  return byDatabase(views).map(([schema, names]) => ({
    kind: 'may-fail',
    object,
    ...foundIn('views', 'table', schema, names),
    message: {
      one: `view reads it and would be broken: ${names.join(', ')}`,
      other: `views read it and would be broken: ${names.join(', ')}`,
    },
    remedy: 'drop or change them first',
  }));
}

function triggerPrechecks(object: string, table: ObjectName, column: string, context: DdlContext): readonly Precheck[] {
  const triggers = keptTriggers(table, context).filter(({ body }) => usesColumn(body, column));
  return byDatabase(triggers.map(({ name }) => ({ schema: table.schema, name }))).map(([schema, names]) => ({
    kind: 'may-fail',
    object,
    ...foundIn('triggers', 'trigger', schema, names),
    message: {
      one: `trigger uses it and would fail: ${names.join(', ')}`,
      other: `triggers use it and would fail: ${names.join(', ')}`,
    },
    remedy: 'drop them first, and create them anew for the table as it is then; or describe them with @Trigger',
  }));
}

function keptTriggers(table: ObjectName, { actual, target }: DdlContext): readonly Trigger[] {
  const now = triggersOf(actual, table);
  const then = triggersOf(target, table);
  return now.filter((trigger) => then.includes(trigger));
}

function triggersOf(schema: Schema, table: ObjectName): readonly Trigger[] {
  return findTable(schema, table, comparison)?.triggers ?? [];
}

/** A trigger reads the row before and after as `old` and `new` (refman/9.7/en/trigger-syntax.html). */
function usesColumn(body: string, column: string): boolean {
  const tokens = tokenize(body);
  return tokens.some((token, index) => {
    const row = tokens[index - 2];
    return (
      foldName(unquote(token)) === foldName(column) &&
      isKeyword(tokens[index - 1], '.') &&
      row !== undefined &&
      ['old', 'new'].includes(unquote(row).toLowerCase())
    );
  });
}

function byDatabase(objects: readonly ObjectName[]): readonly (readonly [string | undefined, readonly string[]])[] {
  const schemas = new Set(objects.map(({ schema }) => schema));
  return [...schemas].map((schema) => [
    schema,
    objects.filter((object) => sameObject(object, { schema, name: object.name }, comparison)).map(({ name }) => name),
  ]);
}

/** The message names them, so the query gives no keys. */
function foundIn(
  catalog: 'views' | 'triggers',
  kind: 'table' | 'trigger',
  schema: string | undefined,
  names: readonly string[],
): Pick<Precheck, 'sql' | 'limit' | 'key'> {
  const database = schema === undefined ? 'database()' : quoteString(schema);
  const sql =
    `select 1 from information_schema.${catalog}` +
    ` where ${kind}_schema = ${database} and ${kind}_name in (${names.map(quoteString).join(', ')})`;
  return { sql, limit: names.length, key: [] };
}
