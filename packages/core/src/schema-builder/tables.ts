import type { Capabilities } from '../driver.js';
import type { EntityMetadata } from '../metadata/entity-metadata.js';
import { spelled } from '../model/names.js';
import type { Check, Column, Exclusion, ForeignKey, ObjectName, Table, TableOptions } from '../model/schema.js';
import { buildCheck, buildExclusion } from './checks.js';
import { buildColumn } from './columns.js';
import type { BuildContext } from './context.js';
import { requireFeatures, requireTableOptions } from './features.js';
import { buildForeignKey } from './foreign-keys.js';
import {
  becomesConstraint,
  buildForeignKeyIndexes,
  buildIndex,
  buildUnique,
  searchableColumns,
  type UnnamedIndex,
  type UnnamedUnique,
} from './indexes.js';
import { type NameClaim, type NameKind, type Unnamed, withNames } from './names.js';
import { unlessEmpty, withStated } from './stated.js';

/** A table whose indexes and constraints have no names yet. */
export interface TableDraft {
  readonly entity: EntityMetadata;
  readonly name: ObjectName;
  readonly columns: readonly Column[];
  readonly uniques: readonly UnnamedUnique[];
  readonly indexes: readonly UnnamedIndex[];
  readonly foreignKeys: readonly Unnamed<Omit<ForeignKey, 'name'>>[];
  readonly checks: readonly Unnamed<Omit<Check, 'name'>>[];
  readonly exclusions: readonly Unnamed<Omit<Exclusion, 'name'>>[];
}

export function draftTable(entity: EntityMetadata, name: ObjectName, context: BuildContext): TableDraft {
  reportUnsupported(entity, context);
  const uniques = entity.indexes
    .filter((index) => becomesConstraint(index, context))
    .map((index) => buildUnique(index, context));
  const indexes = entity.indexes
    .filter((index) => !becomesConstraint(index, context))
    .map((index) => buildIndex(index, entity, context));
  return {
    entity,
    name,
    columns: entity.columns.flatMap((column) => buildColumn(column, entity, context) ?? []),
    uniques: withoutDuplicates(uniques),
    indexes: withoutDuplicates([...indexes, ...foreignKeyIndexes(entity, uniques, indexes, context)]),
    foreignKeys: withoutDuplicates(foreignKeys(entity, context)),
    checks: withoutDuplicates(entity.checks.flatMap((check) => buildCheck(check, entity, context) ?? [])),
    exclusions: withoutDuplicates(entity.exclusions.map((exclusion) => buildExclusion(exclusion, context))),
  };
}

/** The names that a table's indexes and constraints ask for. */
export function nameClaims(draft: TableDraft): NameClaim[] {
  const claim = (kinds: readonly NameKind[], items: readonly Unnamed[]): NameClaim[] =>
    items.map((unnamed) => ({ owner: draft.name, unnamed, kinds }));
  return [
    ...claim(['index'], draft.indexes),
    ...claim(['index', 'constraint'], [...draft.uniques, ...draft.exclusions]),
    ...claim(['constraint'], [...draft.foreignKeys, ...draft.checks]),
  ];
}

export function finishTable(
  draft: TableDraft,
  names: ReadonlyMap<Unnamed, string>,
  { capabilities, options }: BuildContext,
): Table {
  const {
    entity,
    name: { schema, name },
  } = draft;
  return {
    name,
    ...(schema !== undefined && { schema }),
    previousName: entity.previousName === undefined ? undefined : spelled(entity.previousName, options),
    columns: draft.columns,
    primaryKey: entity.primaryKey.length === 0 ? undefined : { columns: entity.primaryKey },
    uniques: withNames(draft.uniques, names),
    indexes: withNames(draft.indexes, names),
    foreignKeys: withNames(draft.foreignKeys, names),
    checks: withNames(draft.checks, names),
    exclusions: withNames(draft.exclusions, names),
    triggers: entity.triggers.map((trigger) => ({ ...trigger, managed: true })),
    comment: unlessEmpty(entity.comment),
    options: withStated(capabilities.defaultTableOptions, supportedOptions(entity.options, capabilities)),
    unmodelled: [],
  };
}

/** `false` for an option that the database lacks says what is so anyway. */
function supportedOptions(options: TableOptions, { tableOptions }: Capabilities): TableOptions {
  const supported = new Set<string>(tableOptions);
  return Object.fromEntries(Object.entries(options).filter(([option]) => supported.has(option)));
}

function reportUnsupported(entity: EntityMetadata, context: BuildContext): void {
  const { className, comment, schema, options, triggers } = entity;
  requireFeatures({ namespaces: schema, 'table-comment': comment, trigger: triggers.length }, className, context);
  for (const { name, events, when } of triggers) {
    const columns = events.some((event) => event.kind === 'update' && event.columns !== undefined);
    requireFeatures(
      { 'trigger-columns': columns, 'trigger-condition': when },
      `${className}, trigger "${name}"`,
      context,
    );
  }
  requireTableOptions(options, className, context);
}

function foreignKeys(entity: EntityMetadata, context: BuildContext): TableDraft['foreignKeys'] {
  if (context.options.createForeignKeyConstraints === false) return [];
  return entity.foreignKeys
    .filter(({ constrained }) => constrained)
    .flatMap((foreignKey) => buildForeignKey(foreignKey, context) ?? []);
}

function foreignKeyIndexes(
  entity: EntityMetadata,
  uniques: readonly UnnamedUnique[],
  indexes: readonly UnnamedIndex[],
  { capabilities }: BuildContext,
): UnnamedIndex[] {
  if (!capabilities.indexForeignKeys) return [];
  const existing = [
    entity.primaryKey,
    ...uniques.map(({ item }) => item.columns),
    ...indexes.map(({ item }) => searchableColumns(item)),
  ];
  return buildForeignKeyIndexes(entity.foreignKeys, existing);
}

/** The same object declared twice without a name of its own, on a property and on the class, is one object. */
function withoutDuplicates<Item extends object>(items: readonly Unnamed<Item>[]): readonly Unnamed<Item>[] {
  if (items.length < 2) return items;
  const distinct = new Map<unknown, Unnamed<Item>>();
  for (const unnamed of items) {
    const key = unnamed.name.explicit ? unnamed : JSON.stringify([unnamed.name.text, unnamed.item]);
    if (!distinct.has(key)) distinct.set(key, unnamed);
  }
  return [...distinct.values()];
}
