import type { ManyToManyOptions } from '@dovetail/core';
import type { Table } from '@dovetail/core/driver';
import { classKey } from './class-names.js';
import type { Model } from './describe-table.js';
import type { RelationDescription } from './description.js';
import { camelCase, distinctName, plural, wordsOf } from './identifiers.js';
import type { Pivot } from './pivots.js';
import { inverseName, type PropertyNames } from './property-names.js';
import { type Reference, sameOrder } from './references.js';

/** The properties without columns: the other sides of relations, and both sides of those through pivot tables. */
export function describeCollections(
  table: Table,
  allNames: ReadonlyMap<Table, PropertyNames>,
  pivots: readonly Pivot[],
  model: Model,
): readonly RelationDescription[] {
  const names = allNames.get(table);
  if (names === undefined) return [];
  return [...inverseSides(table, names, allNames, model), ...manyToMany(table, names, pivots, model)];
}

function inverseSides(
  table: Table,
  { taken }: PropertyNames,
  allNames: ReadonlyMap<Table, PropertyNames>,
  { references, classNames }: Model,
): readonly RelationDescription[] {
  return [...references].flatMap(([other, found]) => {
    const leading = found.filter(({ target }) => target === table);
    return leading.flatMap((reference): RelationDescription[] => {
      const mappedBy = allNames.get(other)?.references.get(reference);
      const target = classNames.get(classKey(other));
      if (mappedBy === undefined || target === undefined) return [];
      const name = inverseName(target, reference, mappedBy, leading.length === 1 && other !== table, taken);
      return [
        reference.unique
          ? { name, target, decorator: 'OneToOne', mappedBy, options: {} }
          : { name, target, decorator: 'OneToMany', mappedBy },
      ];
    });
  });
}

/** Both ends have to know the name of the end that owns the pivot table. */
export function nameOwningEnds(
  pivots: readonly Pivot[],
  names: ReadonlyMap<Table, PropertyNames>,
  { classNames }: Pick<Model, 'classNames'>,
): ReadonlyMap<Pivot, string> {
  return new Map(
    pivots.map((pivot) => {
      const taken = names.get(pivot.owner.target)?.taken ?? new Set<string>();
      return [pivot, collectionName(pivot, pivot.inverse, taken, classNames)];
    }),
  );
}

function collectionName(
  { table, owner, inverse }: Pivot,
  end: Reference,
  taken: Set<string>,
  classNames: ReadonlyMap<string, string>,
): string {
  const words = plural(wordsOf(classNames.get(classKey(end.target)) ?? end.target.name));
  const isSelf = owner.target === inverse.target;
  const plain = camelCase(words);
  if (!isSelf && !taken.has(plain)) return distinctName(plain, taken);
  return distinctName(
    camelCase([...words, 'by', ...wordsOf(table.name), ...(end === owner ? ['inverse'] : [])]),
    taken,
  );
}

function manyToMany(
  table: Table,
  { taken }: PropertyNames,
  pivots: readonly Pivot[],
  model: Model,
): readonly RelationDescription[] {
  return pivots.flatMap((pivot): RelationDescription[] => {
    const { owner, inverse } = pivot;
    const owning = model.owningEnds.get(pivot);
    const [near, far] = [owner, inverse].map(({ target }) => model.classNames.get(classKey(target)));
    if (owning === undefined || near === undefined || far === undefined) return [];
    const own: RelationDescription = {
      name: owning,
      target: far,
      decorator: 'ManyToMany',
      ...pivotOptions(pivot, owning, model),
    };
    return [
      ...(owner.target === table ? [own] : []),
      ...(inverse.target === table && model.options.bidirectional !== false
        ? [
            {
              name: collectionName(pivot, owner, taken, model.classNames),
              target: near,
              decorator: 'ManyToMany' as const,
              mappedBy: owning,
              options: {},
            },
          ]
        : []),
    ];
  });
}

function pivotOptions(
  pivot: Pivot,
  property: string,
  { classNames, source }: Model,
): { readonly pivotEntity?: string; readonly options: ManyToManyOptions } {
  const { table, owner, inverse, isBare } = pivot;
  const pivotEntity = classNames.get(classKey(table));
  if (!isBare && pivotEntity !== undefined) return { pivotEntity, options: {} };
  const { naming } = source;
  const isHome = table.schema === owner.target.schema;
  const derived = naming.pivotTableName(owner.target.name, inverse.target.name, property);
  const { onDelete, onUpdate, deferrable, match } = owner.foreignKey;
  return {
    options: {
      ...(!(isHome && derived === table.name) && {
        pivotTable: isHome || table.schema === undefined ? table.name : `${table.schema}.${table.name}`,
      }),
      ...joinColumns(pivot, 'owner', source),
      ...joinColumns(pivot, 'inverse', source),
      ...(onDelete !== 'cascade' && { deleteRule: onDelete }),
      ...(onUpdate !== 'cascade' && { updateRule: onUpdate }),
      ...(deferrable !== undefined && { deferMode: deferrable }),
      ...(match !== undefined && { match }),
    },
  };
}

function joinColumns(
  pivot: Pivot,
  side: 'owner' | 'inverse',
  { naming }: Model['source'],
): Pick<ManyToManyOptions, 'joinColumn' | 'joinColumns' | 'inverseJoinColumn' | 'inverseJoinColumns'> {
  const { foreignKey, target } = pivot[side];
  const { columns, references } = foreignKey;
  const derived = references.columns.map((referencedColumn) =>
    naming.pivotColumnName({
      side,
      table: target.name,
      referencedColumn,
      composite: references.columns.length > 1,
      selfReferencing: pivot.owner.target === pivot.inverse.target,
    }),
  );
  if (sameOrder(derived, columns)) return {};
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) {
    return side === 'owner' ? { joinColumn: only } : { inverseJoinColumn: only };
  }
  return side === 'owner' ? { joinColumns: columns } : { inverseJoinColumns: columns };
}
