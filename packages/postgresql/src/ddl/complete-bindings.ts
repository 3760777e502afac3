import {
  type Change,
  type DdlContext,
  type Index,
  isAlterTableChange,
  nameOf,
  type ObjectName,
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
  const bindings = context.actual.tables.flatMap((table) => bindingsOf(table, changes, touched));
  const followed = new Set(bindings.map(({ rename }) => rename));
  return [...changes.filter((change) => !followed.has(change)), ...bindings.flatMap((binding) => binding.changes)];
}

/** An object that is dropped and made anew. */
interface Binding {
  readonly changes: readonly [Change, Change];
  /** The change that would have renamed it; it is made anew under that name. */
  readonly rename?: Change | undefined;
}

function bindingsOf(actual: Table, changes: readonly Change[], touched: Touched): Binding[] {
  const table = nameOf(actual);
  const isOwn = (change: { readonly table: ObjectName }): boolean =>
    sameObject(change.table, table, comparison.foldName);
  if (changes.some((change) => change.kind === 'drop-table' && isOwn(change))) return [];
  const own = changes.filter(isAlterTableChange).filter(isOwn);
  const dropped = new Set(own.flatMap((change) => (change.kind === 'drop-column' ? [change.column.name] : [])));
  const kept = new Set(own.flatMap((change) => (change.kind === 'add-column' ? [change.column.name] : [])));
  const replaced = new Set([...dropped].filter((column) => kept.has(column)));
  const columns = touchedOf(actual, touched);
  const isGone = (kind: Change['kind'], item: object): boolean =>
    own.some((change) => change.kind === kind && Object.values(change).includes(item));
  const isBound = (names: readonly string[]): boolean => names.some((name) => replaced.has(name));
  const speaks = (expression: string): boolean => mentions(expression, replaced, touched.enums);
  const renameOf = (
    constraint: RenameConstraint['constraint'],
    name: string | undefined,
  ): RenameConstraint | undefined =>
    own
      .filter((change) => change.kind === 'rename-constraint')
      .find((change) => change.constraint === constraint && change.from === name);

  return [
    ...actual.indexes
      .filter((index) => !isGone('drop-index', index))
      .filter((index) => isBound(columnsOf(index)) || expressionsOf(index).some(speaks))
      .map((index): Binding => {
        const rename = own
          .filter((change) => change.kind === 'rename-index')
          .find((change) => change.from.name === index.name);
        return {
          rename,
          changes: [
            { kind: 'drop-index', table, index },
            { kind: 'add-index', table, index: rename?.to ?? index },
          ],
        };
      }),
    ...actual.uniques
      .filter((unique) => !isGone('drop-unique', unique) && isBound([...unique.columns, ...(unique.include ?? [])]))
      .map((unique): Binding => {
        const rename = renameOf('unique', unique.name);
        return {
          rename,
          changes: [
            { kind: 'drop-unique', table, unique },
            { kind: 'add-unique', table, unique: { ...unique, name: rename?.to ?? unique.name } },
          ],
        };
      }),
    ...actual.checks
      .filter((check) => !isGone('drop-check', check) && speaks(check.expression))
      .map((check): Binding => {
        const rename = renameOf('check', check.name);
        return {
          rename,
          changes: [
            { kind: 'drop-check', table, check },
            { kind: 'add-check', table, check: { ...check, name: rename?.to ?? check.name } },
          ],
        };
      }),
    ...actual.exclusions
      .filter((exclusion) => !isGone('drop-exclusion', exclusion) && speaks(exclusion.definition))
      .map((exclusion): Binding => {
        const rename = renameOf('exclusion', exclusion.name);
        return {
          rename,
          changes: [
            { kind: 'drop-exclusion', table, exclusion },
            { kind: 'add-exclusion', table, exclusion: { ...exclusion, name: rename?.to ?? exclusion.name } },
          ],
        };
      }),
    ...actual.triggers
      .filter((trigger) => !isGone('drop-trigger', trigger))
      .filter(
        (trigger) =>
          mentions(trigger.when ?? '', columns, touched.enums) ||
          trigger.events.some(
            (event) => event.kind === 'update' && event.columns?.some((column) => columns.has(column)),
          ),
      )
      .map((trigger): Binding => ({
        changes: [
          { kind: 'drop-trigger', table, trigger },
          { kind: 'create-trigger', table, trigger },
        ],
      })),
  ];
}

type RenameConstraint = Extract<Change, { kind: 'rename-constraint' }>;

function columnsOf({ parts, include = [] }: Index): string[] {
  return [...parts.flatMap((part) => ('column' in part ? [part.column] : [])), ...include];
}

function expressionsOf({ parts, where }: Index): string[] {
  return [
    ...parts.flatMap((part) => ('expression' in part ? [part.expression] : [])),
    ...(where === undefined ? [] : [where]),
  ];
}
