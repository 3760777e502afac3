import {
  type Change,
  type DdlContext,
  type Index,
  isAlterTableChange,
  nameOf,
  sameObject,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { mentions, type Touched, touchedOf } from './touched-columns.js';

/**
 * What stands on a column that is dropped and added again goes with it. What mentions an enum that is made anew keeps
 * to the old type. Triggers stand in the way of any change of type.
 */
export function completeBindings(changes: readonly Change[], touched: Touched, context: DdlContext): Change[] {
  return [...changes, ...context.actual.tables.flatMap((table) => bindingsOf(table, changes, touched))];
}

function bindingsOf(actual: Table, changes: readonly Change[], touched: Touched): Change[] {
  const table = nameOf(actual);
  const own = changes
    .filter(isAlterTableChange)
    .filter((change) => sameObject(change.table, table, comparison.foldName));
  if (changes.some((change) => change.kind === 'drop-table' && sameObject(change.table, table, comparison.foldName)))
    return [];
  const dropped = new Set(own.flatMap((change) => (change.kind === 'drop-column' ? [change.column.name] : [])));
  const kept = new Set(own.flatMap((change) => (change.kind === 'add-column' ? [change.column.name] : [])));
  const replaced = new Set([...dropped].filter((column) => kept.has(column)));
  const columns = touchedOf(actual, touched);
  const isGone = (kind: Change['kind'], item: object): boolean =>
    own.some((change) => change.kind === kind && Object.values(change).includes(item));
  const isBound = (names: readonly string[]): boolean => names.some((name) => replaced.has(name));
  const speaks = (expression: string): boolean => mentions(expression, replaced, touched.enums);

  return [
    ...actual.indexes
      .filter((index) => !isGone('drop-index', index) && !isGone('rename-index', index))
      .filter((index) => isBound(columnsOf(index)) || expressionsOf(index).some(speaks))
      .flatMap((index): Change[] => [
        { kind: 'drop-index', table, index },
        { kind: 'add-index', table, index },
      ]),
    ...actual.uniques
      .filter((unique) => !isGone('drop-unique', unique) && isBound([...unique.columns, ...(unique.include ?? [])]))
      .flatMap((unique): Change[] => [
        { kind: 'drop-unique', table, unique },
        { kind: 'add-unique', table, unique },
      ]),
    ...actual.checks
      .filter((check) => !isGone('drop-check', check) && speaks(check.expression))
      .flatMap((check): Change[] => [
        { kind: 'drop-check', table, check },
        { kind: 'add-check', table, check },
      ]),
    ...actual.exclusions
      .filter((exclusion) => !isGone('drop-exclusion', exclusion) && speaks(exclusion.definition))
      .flatMap((exclusion): Change[] => [
        { kind: 'drop-exclusion', table, exclusion },
        { kind: 'add-exclusion', table, exclusion },
      ]),
    ...actual.triggers
      .filter((trigger) => !isGone('drop-trigger', trigger))
      .filter(
        (trigger) =>
          mentions(trigger.when ?? '', columns, touched.enums) ||
          trigger.events.some(
            (event) => event.kind === 'update' && event.columns?.some((column) => columns.has(column)),
          ),
      )
      .flatMap((trigger): Change[] => [
        { kind: 'drop-trigger', table, trigger },
        { kind: 'create-trigger', table, trigger },
      ]),
  ];
}

function columnsOf({ parts, include = [] }: Index): string[] {
  return [...parts.flatMap((part) => ('column' in part ? [part.column] : [])), ...include];
}

function expressionsOf({ parts, where }: Index): string[] {
  return [
    ...parts.flatMap((part) => ('expression' in part ? [part.expression] : [])),
    ...(where === undefined ? [] : [where]),
  ];
}
