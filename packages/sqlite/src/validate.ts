import type { Column, ObjectName, Problem, Table, Trigger } from '@dovetail/core/driver';
import { foldAscii } from './lexer.js';
import { rowidAlias } from './rowid.js';

const strictTypes = ['int', 'integer', 'real', 'text', 'blob', 'any'];

/** What SQLite refuses in a table, each rule with its source. */
export function validate(table: Table): readonly Problem[] {
  return [
    ...reservedNames(table),
    ...onlyGenerated(table),
    ...withoutRowid(table),
    ...table.columns.flatMap((column) => columnProblems(column, table)),
    ...table.triggers.flatMap((trigger) => triggerProblems(trigger, table)),
  ];
}

function columnProblems(column: Column, table: Table): Problem[] {
  return [
    ...autoincrement(column, table),
    ...generatedKey(column, table),
    ...nullableKey(column, table),
    ...strictType(column, table),
  ];
}

/** A rowid is never null, nor is a key that takes its place (sqlite.org/withoutrowid.html). */
function nullableKey(column: Column, table: Table): Problem[] {
  const isKey = table.primaryKey?.columns.includes(column.name) === true;
  if (!column.nullable || !isKey) return [];
  if (table.options.withoutRowid !== true && table.options.strict !== true && rowidAlias(table) !== column) return [];
  return [
    { where: placeOf(column, table), what: 'a primary key of this kind is never null', remedy: 'Remove `nullable`.' },
  ];
}

/** Names that start with `sqlite_` are SQLite's own (sqlite.org/lang_createtable.html). */
function reservedNames(table: Table): Problem[] {
  const objects: readonly ObjectName[] = [table, ...table.indexes, ...table.triggers];
  return objects
    .filter(({ name }) => foldAscii(name).startsWith('sqlite_'))
    .map(({ name }) => ({
      where: name,
      what: 'SQLite keeps the names that start with "sqlite_" for itself',
      remedy: 'Choose another name.',
    }));
}

/** Every table needs a column that is not generated (sqlite.org/gencol.html). */
function onlyGenerated({ name, columns }: Table): Problem[] {
  if (columns.length === 0 || columns.some(({ generated }) => generated === undefined)) return [];
  return [{ where: name, what: 'all its columns are generated', remedy: 'Add a column that is not.' }];
}

/** sqlite.org/withoutrowid.html: the primary key takes the place of the rowid. */
function withoutRowid({ name, options, primaryKey }: Table): Problem[] {
  if (!options.withoutRowid || primaryKey !== undefined) return [];
  return [
    {
      where: name,
      what: 'a table without rowid needs a primary key',
      remedy: 'Add a `@PrimaryKey`, or remove `withoutRowid`.',
    },
  ];
}

/** AUTOINCREMENT works on the rowid, so its column has to be one (sqlite.org/autoinc.html). */
function autoincrement(column: Column, table: Table): Problem[] {
  if (!column.autoincrement) return [];
  const problem = (what: string): Problem[] => [
    { where: placeOf(column, table), what, remedy: 'Write `autoincrement: false`.' },
  ];
  const key = table.primaryKey?.columns ?? [];
  if (key.length !== 1 || key[0] !== column.name) {
    return problem('SQLite numbers the rows of a table by its primary key alone, of this one column');
  }
  if (foldAscii(column.type) !== 'integer') {
    return problem(`SQLite numbers rows in a column of the type integer alone, not ${column.type}`);
  }
  return table.options.withoutRowid ? problem('SQLite numbers no rows of a table without rowid') : [];
}

/** sqlite.org/gencol.html: generated columns may not be used as part of the primary key. */
function generatedKey(column: Column, table: Table): Problem[] {
  if (column.generated === undefined || !table.primaryKey?.columns.includes(column.name)) return [];
  return [
    {
      where: placeOf(column, table),
      what: 'SQLite takes no generated column into a primary key',
      remedy: 'Make it `@Unique`, and another property the primary key.',
    },
  ];
}

/** sqlite.org/stricttables.html */
function strictType(column: Column, table: Table): Problem[] {
  if (!table.options.strict || strictTypes.includes(foldAscii(column.type))) return [];
  return [
    {
      where: placeOf(column, table),
      what: `a strict table has no columns of the type "${column.type}"`,
      remedy: `Write one of these as \`columnType\`: ${strictTypes.join(', ')}.`,
    },
  ];
}

/** sqlite.org/lang_createtrigger.html: triggers run for each row; instead of a statement on views alone. */
function triggerProblems(trigger: Trigger, table: Table): Problem[] {
  const problem = (what: string, remedy: string): Problem[] => [
    { where: `${table.name}.${trigger.name}`, what, remedy },
  ];
  return [
    ...(trigger.forEach === 'statement'
      ? problem('SQLite runs triggers for each row, not for a statement', "Write `forEach: 'row'`.")
      : []),
    ...(trigger.timing === 'instead of'
      ? problem('SQLite has `instead of` triggers on views alone', 'Write `before` or `after`.')
      : []),
    ...(trigger.events.some(({ kind }) => kind === 'truncate')
      ? problem('SQLite has no truncate, and no trigger for it', 'Write `delete`.')
      : []),
  ];
}

function placeOf(column: Column, table: Table): string {
  return `${table.name}.${column.name}`;
}
