import {
  type AlterTableChange,
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
import { canonicalType } from '../type-name.js';
import { isKept } from './alter-column.js';
import { printEnum } from './enums.js';
import { isRetyped, mentions, type Touched, touchedOf } from './touched-columns.js';

/**
 * What stands on a column that is dropped and added again goes with it. What mentions an enum that is made anew keeps
 * to the old type. Triggers stand in the way of any change of type.
 */
export function completeBindings(changes: readonly Change[], touched: Touched, context: DdlContext): Change[] {
  const bindings = context.actual.tables.flatMap((table) => bindingsOf(table, changes, touched, context));
  const followed = new Set(bindings.map(({ rename }) => rename));
  return [...changes.filter((change) => !followed.has(change)), ...bindings.flatMap((binding) => binding.changes)];
}

/** An object that is dropped and made anew. */
interface Binding {
  readonly changes: readonly [Change, Change];
  /** The change that would have renamed it; it is made anew under that name. */
  readonly rename?: Change | undefined;
}

/** One table, and what happens to it. */
interface Scene {
  readonly actual: Table;
  readonly table: ObjectName;
  readonly touched: Touched;
  /** The columns of the table whose type changes. */
  readonly columns: ReadonlySet<string>;
  /** The columns that are dropped and added again. */
  readonly replaced: ReadonlySet<string>;
  /** The columns that have an enum until then or from then on: what compares them with others keeps to the old type. */
  readonly recast: ReadonlySet<string>;
  readonly changes: readonly AlterTableChange[];
}

function bindingsOf(actual: Table, changes: readonly Change[], touched: Touched, context: DdlContext): Binding[] {
  const table = nameOf(actual);
  const isOwn = (change: { readonly table: ObjectName }): boolean => sameObject(change.table, table, comparison);
  if (changes.some((change) => change.kind === 'drop-table' && isOwn(change))) return [];
  const own = changes.filter(isAlterTableChange).filter(isOwn);
  const dropped = new Set(own.flatMap((change) => (change.kind === 'drop-column' ? [change.column.name] : [])));
  const added = own.flatMap((change) => (change.kind === 'add-column' ? [change.column.name] : []));
  const kept = own.flatMap((change) =>
    change.kind === 'alter-column' && isKept(change.from, change.to) ? [change.to.name] : [],
  );
  const scene: Scene = {
    actual,
    table,
    touched,
    columns: touchedOf(actual, touched),
    replaced: new Set([...added.filter((column) => dropped.has(column)), ...kept]),
    recast: recastColumns(actual, own, touched, context),
    changes: own,
  };
  return [
    ...indexBindings(scene),
    ...uniqueBindings(scene),
    ...checkBindings(scene),
    ...exclusionBindings(scene),
    ...triggerBindings(scene),
  ];
}

function indexBindings({ actual, table, changes, ...scene }: Scene): Binding[] {
  return actual.indexes
    .filter((index) => !changes.some((change) => change.kind === 'drop-index' && change.index === index))
    .filter((index) => isBound(columnsOf(index), scene) || expressionsOf(index).some((text) => speaks(text, scene)))
    .map((index): Binding => {
      const rename = changes
        .filter((change) => change.kind === 'rename-index')
        .find((change) => change.from.name === index.name);
      return {
        rename,
        changes: [
          { kind: 'drop-index', table, index },
          { kind: 'add-index', table, index: rename?.to ?? index },
        ],
      };
    });
}

function uniqueBindings({ actual, table, changes, ...scene }: Scene): Binding[] {
  return actual.uniques
    .filter((unique) => !changes.some((change) => change.kind === 'drop-unique' && change.unique === unique))
    .filter(({ columns, include = [] }) => isBound([...columns, ...include], scene))
    .map((unique): Binding => {
      const rename = renameOf('unique', unique.name, changes);
      return {
        rename,
        changes: [
          { kind: 'drop-unique', table, unique },
          { kind: 'add-unique', table, unique: { ...unique, name: rename?.to ?? unique.name } },
        ],
      };
    });
}

function checkBindings({ actual, table, changes, ...scene }: Scene): Binding[] {
  return actual.checks
    .filter((check) => !changes.some((change) => change.kind === 'drop-check' && change.check === check))
    .filter(({ expression }) => speaks(expression, scene))
    .map((check): Binding => {
      const rename = renameOf('check', check.name, changes);
      return {
        rename,
        changes: [
          { kind: 'drop-check', table, check },
          { kind: 'add-check', table, check: { ...check, name: rename?.to ?? check.name } },
        ],
      };
    });
}

function exclusionBindings({ actual, table, changes, ...scene }: Scene): Binding[] {
  return actual.exclusions
    .filter(
      (exclusion) => !changes.some((change) => change.kind === 'drop-exclusion' && change.exclusion === exclusion),
    )
    .filter(({ definition }) => speaks(definition, scene))
    .map((exclusion): Binding => {
      const rename = renameOf('exclusion', exclusion.name, changes);
      return {
        rename,
        changes: [
          { kind: 'drop-exclusion', table, exclusion },
          { kind: 'add-exclusion', table, exclusion: { ...exclusion, name: rename?.to ?? exclusion.name } },
        ],
      };
    });
}

function triggerBindings({ actual, table, touched, columns, changes }: Scene): Binding[] {
  return actual.triggers
    .filter((trigger) => !changes.some((change) => change.kind === 'drop-trigger' && change.trigger === trigger))
    .filter(
      ({ when = '', events }) =>
        mentions(when, columns, touched.enums) ||
        events.some((event) => event.kind === 'update' && event.columns?.some((column) => columns.has(column))),
    )
    .map((trigger): Binding => ({
      changes: [
        { kind: 'drop-trigger', table, trigger },
        { kind: 'create-trigger', table, trigger },
      ],
    }));
}

type Replacement = Pick<Scene, 'replaced' | 'recast' | 'touched'>;

function isBound(names: readonly string[], { replaced }: Replacement): boolean {
  return names.some((name) => replaced.has(name));
}

function speaks(expression: string, { replaced, recast, touched }: Replacement): boolean {
  return mentions(expression, [...replaced, ...recast], touched.enums);
}

function recastColumns(
  { columns }: Table,
  changes: readonly AlterTableChange[],
  touched: Touched,
  { actual, target }: DdlContext,
): ReadonlySet<string> {
  const enums = new Set([...actual.enums, ...target.enums].map(printEnum));
  const remade = columns.filter(({ type }) => touched.enums.includes(elementType(type)));
  const retyped = changes
    .filter((change) => change.kind === 'alter-column')
    .filter((change) => isRetyped(change) && [change.from, change.to].some(({ type }) => enums.has(elementType(type))));
  return new Set([...remade.map(({ name }) => name), ...retyped.map(({ to }) => to.name)]);
}

function elementType(type: string): string {
  return canonicalType(type).replace('[]', '');
}

type RenameConstraint = Extract<Change, { kind: 'rename-constraint' }>;

function renameOf(
  constraint: RenameConstraint['constraint'],
  name: string | undefined,
  changes: readonly AlterTableChange[],
): RenameConstraint | undefined {
  return changes
    .filter((change) => change.kind === 'rename-constraint')
    .find((change) => change.constraint === constraint && change.from === name);
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
