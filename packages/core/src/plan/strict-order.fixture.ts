import { applyChanges } from '../model/apply-changes.js';
import type { Change } from '../model/change.js';
import { objectKey, sameNames, sameObject } from '../model/names.js';
import { comparison } from '../model/schema.fixture.js';
import type { Column, ForeignKey, ObjectName, Schema, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';

const { foldName, mentions } = comparison;

/**
 * What a database that minds every order would refuse of changes that are carried out one after the other: the first
 * refusal in words, or nothing.
 */
export function firstRefusal(changes: readonly Change[], start: Schema): string | undefined {
  let current = start;
  for (const change of changes) {
    const reason = refusal(change, current);
    if (reason !== undefined) return reason;
    current = applyChanges(current, [change], comparison);
  }
  return undefined;
}

function refusal(change: Change, current: Schema): string | undefined {
  switch (change.kind) {
    case 'create-table': {
      const { table } = change;
      const names: readonly ObjectName[] = [table, ...table.indexes];
      const taken = names.find(({ name }) => isTaken(name, current));
      if (taken !== undefined) return `the name ${taken.name} of table ${table.name} is taken`;
      return firstOf(table.foreignKeys.map((key) => missingKey(key, applyChanges(current, [change], comparison))));
    }
    case 'drop-table':
      return referencesTo(change.table, current).length > 0 ? `${change.table.name} is still referenced` : undefined;
    case 'add-column':
      return missing(inputsOf(change.column, tableOf(change.table, current)), change.table, current);
    case 'drop-column':
      return holdingOn(change.column, tableOf(change.table, current), current);
    case 'set-primary-key':
      return missing(change.to?.columns ?? [], change.table, current);
    case 'add-unique':
      return missing(change.unique.columns, change.table, current);
    case 'add-index': {
      if (isTaken(change.index.name, current)) return `the name ${change.index.name} is taken`;
      const columns = change.index.parts.flatMap((part) => ('column' in part ? [part.column] : []));
      return missing(columns, change.table, current);
    }
    case 'rename-index':
      return isTaken(change.to.name, current) ? `the name ${change.to.name} is taken` : undefined;
    case 'drop-index':
    case 'drop-unique': {
      const after = applyChanges(current, [change], comparison);
      return firstOf(referencesTo(change.table, current).map((key) => missingKey(key, after)));
    }
    case 'add-foreign-key':
      return missing(change.foreignKey.columns, change.table, current) ?? missingKey(change.foreignKey, current);
    case 'create-view':
    case 'replace-view': {
      const { definition } = change.kind === 'create-view' ? change.view : change.to;
      return current.tables.some(({ name }) => mentions(definition, name)) ? undefined : `the view misses its table`;
    }
    default:
      return undefined;
  }
}

function firstOf(reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((reason) => reason !== undefined);
}

function tableOf(name: ObjectName, current: Schema): Table {
  const table = findTable(current, name, comparison);
  if (table === undefined) throw new Error(`${name.name} does not exist yet, or no longer`);
  return table;
}

function isTaken(name: string, { tables }: Schema): boolean {
  return tables.some((table) => [table, ...table.indexes].some((object) => foldName(object.name) === foldName(name)));
}

function missing(columns: readonly string[], name: ObjectName, current: Schema): string | undefined {
  const existing = new Set(tableOf(name, current).columns.map((column) => foldName(column.name)));
  const column = columns.find((item) => !existing.has(foldName(item)));
  return column === undefined ? undefined : `${name.name}.${column} does not exist`;
}

/** What a generated column computes from, as far as it is known. */
function inputsOf({ generated }: Column, table: Table): readonly string[] {
  if (generated === undefined) return [];
  const words = generated.expression.split(/\W/).filter((word) => /^[a-z]/.test(word));
  return words.filter((word) => !table.columns.some(({ name }) => name === word));
}

function referencesTo(table: ObjectName, { tables }: Schema): readonly ForeignKey[] {
  return tables
    .filter((other) => !sameObject(other, table, comparison))
    .flatMap(({ foreignKeys }) =>
      foreignKeys.filter(({ references }) => sameObject(references.table, table, comparison)),
    );
}

function missingKey({ references }: ForeignKey, current: Schema): string | undefined {
  const target = findTable(current, references.table, comparison);
  if (target === undefined) return `${objectKey(references.table, comparison)} is referenced before it exists`;
  const keys = [
    target.primaryKey?.columns ?? [],
    ...target.uniques.map(({ columns }) => columns),
    ...target.indexes
      .filter(({ unique }) => unique)
      .map(({ parts }) => parts.flatMap((part) => ('column' in part ? part.column : []))),
  ];
  const isKey = keys.some((columns) => sameNames(columns, references.columns, foldName));
  return isKey ? undefined : `${target.name} (${references.columns.join(', ')}) is no key`;
}

function holdingOn({ name }: Column, table: Table, current: Schema): string | undefined {
  const isNamed = (columns: readonly string[]): boolean =>
    columns.some((column) => foldName(column) === foldName(name));
  const holders = [
    table.columns.length === 1 && 'the table',
    isNamed(table.primaryKey?.columns ?? []) && 'the primary key',
    table.uniques.some(({ columns }) => isNamed(columns)) && 'a unique constraint',
    table.indexes.some(({ parts }) => parts.some((part) => 'column' in part && isNamed([part.column]))) && 'an index',
    table.foreignKeys.some(({ columns }) => isNamed(columns)) && 'a foreign key',
    referencesTo(table, current).some(({ references }) => isNamed(references.columns)) && 'a reference',
    table.checks.some(({ expression }) => mentions(expression, name)) && 'a check',
    table.columns.some((column) => mentions(column.generated?.expression ?? '', name)) && 'a generated column',
    current.views.some((view) => mentions(view.definition, table.name) && mentions(view.definition, name)) && 'a view',
  ].filter((holder) => holder !== false);
  return holders.length === 0 ? undefined : `${table.name}.${name} is held by ${holders.join(', ')}`;
}
