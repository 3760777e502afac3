import { keyColumns, type Model, type PivotSpec, type RelationSpec, tableById, type TableSpec } from './model.js';

/** The tables that a model has in the database, pivot tables among them, each column with an id that stays. */
export interface PhysicalTable {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly PhysicalColumn[];
}

export type PhysicalColumn = { readonly id: string; readonly name: string } & (
  | { readonly kind: 'plain'; readonly table: TableSpec; readonly column: string }
  | {
      readonly kind: 'reference';
      readonly relation?: RelationSpec;
      readonly target: TableSpec;
      /** The id of the referenced column. */
      readonly column: string;
      /** The row of the target that row 0 references, and so on in a ring: pivots reference two rows. */
      readonly offset: number;
    }
);

export function physicalTables(model: Model): readonly PhysicalTable[] {
  return [
    ...model.tables.map(({ id, name, ...table }) => ({
      id,
      name,
      columns: [
        ...table.columns.map((column): PhysicalColumn => {
          return { id: column.id, name: column.name, kind: 'plain', table: { id, name, ...table }, column: column.id };
        }),
        ...table.relations.flatMap((relation) => relationColumns(relation, model)),
      ],
    })),
    ...model.pivots.map((pivot) => ({ id: pivot.id, name: pivot.name, columns: pivotColumns(pivot, model) })),
  ];
}

function relationColumns(relation: RelationSpec, model: Model): PhysicalColumn[] {
  const target = tableById(model, relation.target);
  if (target === undefined) return [];
  return relation.references.map((column, index) => ({
    id: `${relation.id}#${index}`,
    name: relation.columns[index] ?? '',
    kind: 'reference',
    relation,
    target,
    column,
    offset: 1,
  }));
}

function pivotColumns(pivot: PivotSpec, model: Model): PhysicalColumn[] {
  return (['owner', 'target'] as const).flatMap((side, offset) => {
    const target = tableById(model, pivot[side]);
    if (target === undefined) return [];
    return pivotColumnNames(side, target).map((name, index): PhysicalColumn => {
      const column = target.primaryKey[index] ?? '';
      return { id: `${side}#${index}`, name, kind: 'reference', target, column, offset };
    });
  });
}

/** The columns of a pivot table for one side: their names stay, as no hint could tell that they are renamed. */
export function pivotColumnNames(side: 'owner' | 'target', table: TableSpec): readonly string[] {
  return (keyColumns(table) ?? []).map((_, index) => `${side}_${index}`);
}
