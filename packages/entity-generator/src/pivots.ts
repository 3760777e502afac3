import type { Table } from '@dovetail/core/driver';
import { type Reference, type References, sameOrder } from './references.js';
import type { Source } from './source.js';

/** A table that joins two others: its primary key is the two references. */
export interface Pivot {
  readonly table: Table;
  readonly owner: Reference;
  readonly inverse: Reference;
  /** Whether there is nothing more to it than a many-to-many relation makes, so that it needs no class. */
  readonly isBare: boolean;
}

/** The tables that stand between two others, each in the many-to-many relation that its key starts with. */
export function findPivots(references: References, source: Source): readonly Pivot[] {
  const referenced = new Set([...references.values()].flat().map(({ target }) => target));
  return [...references].flatMap(([table, found]): Pivot[] => {
    const key = table.primaryKey?.columns ?? [];
    const [owner, inverse, ...others] = found
      .filter(({ primary, own, foreignKey }) => primary && own.length === foreignKey.columns.length)
      .toSorted((a, b) => key.indexOf(a.own[0] ?? '') - key.indexOf(b.own[0] ?? ''));
    if (owner === undefined || inverse === undefined || others.length > 0) return [];
    if (!sameOrder([...owner.own, ...inverse.own], key) || owner.unique || inverse.unique) return [];
    if (![owner, inverse].every(isToKey)) return [];
    const isBare = found.length === 2 && !referenced.has(table) && isMadeByRelation(table, owner, inverse, source);
    return isBare || writesItself(table, key) ? [{ table, owner, inverse, isBare }] : [];
  });
}

function isToKey({ foreignKey, target }: Reference): boolean {
  return sameOrder(foreignKey.references.columns, target.primaryKey?.columns ?? []);
}

/** A row can be made of the two keys alone. */
function writesItself({ columns }: Table, key: readonly string[]): boolean {
  return columns.every(
    ({ name, nullable, default: value, generated, identity, autoincrement }) =>
      key.includes(name) ||
      nullable ||
      [value, generated, identity, autoincrement].some((source) => source !== undefined),
  );
}

/** Whether the table has all that the pivot table of a relation has, under the names that it gets, and nothing else. */
function isMadeByRelation(table: Table, owner: Reference, inverse: Reference, source: Source): boolean {
  const { naming, capabilities, survey } = source;
  const key = [...owner.own, ...inverse.own];
  const [first, second] = [owner.foreignKey, inverse.foreignKey];
  const isNamed = [owner, inverse].every(
    ({ foreignKey: { name, columns, references }, target }) =>
      name === undefined ||
      name ===
        naming.constraintName({
          kind: 'foreign',
          table: table.name,
          columns,
          referencedTable: target.name,
          referencedColumns: references.columns,
        }),
  );
  const indexName = naming.constraintName({ kind: 'index', table: table.name, columns: inverse.own });
  const [index, ...others] = table.indexes;
  const isIndexed = !capabilities.indexForeignKeys
    ? index === undefined
    : index?.name === indexName && others.length === 0 && JSON.stringify(index.parts) === partsOf(inverse.own);
  const has = [table.uniques, table.checks, table.exclusions, table.triggers, table.unmodelled].some(
    (list) => list.length > 0,
  );
  const { tableDefaults } = survey;
  const defaults: object = { ...capabilities.defaultTableOptions, ...tableDefaults };
  const isOrdinary = Object.entries(table.options).every(
    ([option, value]) => value === undefined || value === Reflect.get(defaults, option),
  );
  return (
    !has &&
    isNamed &&
    isIndexed &&
    isOrdinary &&
    !table.name.includes('.') &&
    table.comment === undefined &&
    sameOrder(
      table.columns.map(({ name }) => name),
      key,
    ) &&
    table.columns.every(isPlain) &&
    [owner, inverse].every((reference) => hasTypesOfKey(reference, source)) &&
    first.onDelete === second.onDelete &&
    first.onUpdate === second.onUpdate &&
    first.match === second.match &&
    first.deferrable === second.deferrable
  );
}

function partsOf(columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => ({ column })));
}

function isPlain({ default: value, comment, collation, charset, extra, invisible }: Table['columns'][number]): boolean {
  return [value, comment, collation, charset, extra, invisible].every((attribute) => attribute === undefined);
}

function hasTypesOfKey({ table, target, foreignKey }: Reference, { driver }: Source): boolean {
  const typeOf = ({ columns }: Table, name = ''): string => columns.find((column) => column.name === name)?.type ?? '';
  return (
    (table.options.strict ?? false) === (target.options.strict ?? false) &&
    foreignKey.columns.every((column, index) =>
      driver.comparison.sameType(typeOf(table, column), typeOf(target, foreignKey.references.columns[index])),
    )
  );
}
