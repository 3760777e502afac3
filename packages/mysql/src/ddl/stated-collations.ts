import { type Column, type DdlContext, objectKey, type Table, tablesByName } from '@dovetail/core/driver';
import { charsetOf } from '../charset.js';
import { isText, splitCharset } from '../column-type.js';
import { comparison } from '../comparison.js';

const known = new WeakMap<DdlContext, DdlContext>();

/** The schemas with the collation of a table in those of its columns that have none of their own. */
export function withStatedCollations(context: DdlContext): DdlContext {
  const found = known.get(context) ?? stateCollations(context);
  known.set(context, found);
  return found;
}

function stateCollations(context: DdlContext): DdlContext {
  const { actual, target } = context;
  const existing = tablesByName(actual, comparison);
  return {
    ...context,
    actual: { ...actual, tables: actual.tables.map((table) => withColumns(table, table.options)) },
    target: {
      ...target,
      tables: target.tables.map((table) =>
        withColumns(table, settingOf(table, existing.get(objectKey(table, comparison)))),
      ),
    },
  };
}

type Setting = Pick<Column, 'charset' | 'collation'>;

/** A table may state one of them alone, and the other is that which belongs to it. */
function settingOf({ options: { charset, collation } }: Table, existing: Table | undefined): Setting {
  if (charset === undefined || collation === undefined || charsetOf(collation) === charset)
    return { charset, collation };
  return collation === existing?.options.collation ? { charset } : { charset: charsetOf(collation), collation };
}

function withColumns(table: Table, setting: Setting): Table {
  return {
    ...table,
    columns: table.columns.map((column) =>
      isText(column.type) && column.charset === undefined && column.collation === undefined
        ? withSetting(column, setting)
        : column,
    ),
  };
}

/** As long as the server has not been asked, what a person wrote stands in the type, and the table has no say then. */
function withSetting(column: Column, setting: Setting): Column {
  const { type, charset, collation } = splitCharset(column.type);
  return charset === undefined && collation === undefined
    ? { ...column, ...setting }
    : { ...column, type, charset, collation };
}
