import { displayName, type Table } from '@dovetail/core/driver';
import { describeChecks } from './checks.js';
import { describeTrigger, tableClass, unexpressedOfTable } from './describe-class.js';
import type { EntityDescription, PropertyDescription } from './description.js';
import type { Unexpressed } from './generated.js';
import { createIndexShelf } from './index-shelf.js';
import { describeIndex } from './indexes.js';
import type { EntityGeneratorOptions } from './options.js';
import type { Pivot } from './pivots.js';
import type { PropertyNames } from './property-names.js';
import { describeReference } from './reference-properties.js';
import { type References, sameOrder } from './references.js';
import type { Source } from './source.js';
import { describeValue } from './value-properties.js';

/** What is known of all tables when one is described. */
export interface Model {
  readonly source: Source;
  readonly options: EntityGeneratorOptions;
  readonly references: References;
  readonly classNames: ReadonlyMap<string, string>;
  /** The property at the end that owns each pivot table. */
  readonly owningEnds: ReadonlyMap<Pivot, string>;
}

/** The class of a table, with the properties that have columns. */
export function describeTable(
  table: Table,
  className: string,
  names: PropertyNames,
  model: Model,
): { readonly entity: EntityDescription; readonly unexpressed: readonly Unexpressed[] } {
  const { source, options } = model;
  const references = model.references.get(table) ?? [];
  const values = table.columns.filter(({ name }) => names.columns.has(name));
  const checks = describeChecks(table, values, source);
  const indexes = createIndexShelf(table, source);
  const propertyOf = (column: string): string | undefined =>
    names.columns.get(column) ?? singleReference(column, names);

  const described: Placed[] = [
    ...values.map((column): Placed => ({
      columns: [column.name],
      property: describeValue(names.columns.get(column.name) ?? column.name, column, {
        table,
        source,
        checks,
        indexes: indexes.forColumn(column.name),
      }),
    })),
    ...references.map((reference): Placed => ({
      columns: reference.own.length === 0 ? reference.foreignKey.columns.slice(-1) : reference.own,
      property: describeReference(names.references.get(reference) ?? '', reference, {
        ...model,
        indexes: indexes.forReference(reference),
      }),
    })),
  ];
  const triggers = (options.triggers === false ? [] : table.triggers).map((trigger) => ({
    trigger,
    described: describeTrigger(trigger, table, propertyOf),
  }));
  return {
    entity: {
      className,
      source: table.schema === undefined ? { name: table.name } : { schema: table.schema, name: table.name },
      options: tableClass(table, className, source),
      indexes: indexes.rest().map((index) => describeIndex(index, table, source, (name) => propertyOf(name) ?? name)),
      checks: checks.ofClass,
      exclusions: table.exclusions.map(({ name, definition }) => ({ name, expression: definition })),
      triggers: triggers.flatMap(({ described: trigger }) => trigger ?? []),
      properties: inOrder(described, table),
    },
    unexpressed: [
      ...unexpressedOfTable(table, source),
      ...triggers
        .filter(({ described: trigger }) => trigger === undefined)
        .map(({ trigger }) => ({ where: displayName(table), what: `trigger ${trigger.name}` })),
    ],
  };
}

function singleReference(column: string, { references }: PropertyNames): string | undefined {
  for (const [{ foreignKey }, name] of references) if (sameOrder(foreignKey.columns, [column])) return name;
  return undefined;
}

interface Placed {
  readonly columns: readonly string[];
  readonly property: PropertyDescription;
}

/** In the order of the columns; but for the primary key, whose properties stand in its own order. */
function inOrder(described: readonly Placed[], table: Table): readonly PropertyDescription[] {
  const key = table.primaryKey?.columns ?? [];
  const positions = new Map(table.columns.map(({ name }, index) => [name, index]));
  const positionOf = ({ columns }: Placed): number => Math.min(...columns.map((name) => positions.get(name) ?? 0));
  const isKey = ({ property, columns }: Placed): boolean =>
    property.decorator === 'PrimaryKey' ||
    ('options' in property && 'primary' in property.options && columns.some((name) => key.includes(name)));
  const sorted = described.toSorted((a, b) => positionOf(a) - positionOf(b));
  const keys = sorted
    .filter(isKey)
    .toSorted((a, b) => key.indexOf(a.columns[0] ?? '') - key.indexOf(b.columns[0] ?? ''));
  return sorted.map((placed) => (isKey(placed) ? (keys.shift() ?? placed) : placed)).map(({ property }) => property);
}
