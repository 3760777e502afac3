import type { ManyToManyOptions } from '../decorators/many-to-many.js';
import type { ColumnMetadata, EntityMetadata, ForeignKeyMetadata, PropertyMetadata } from './entity-metadata.js';
import type { DiscoveryContext, EntityModel, Member } from './entity-model.js';
import { foreignKey } from './foreign-keys.js';
import { primaryKeyOf } from './keys.js';
import { ownsPivot } from './pivot-name.js';
import { resolveEntity } from './targets.js';

/** The pivot tables of an entity's many-to-many relations, but for those that have an entity of their own. */
export function buildPivots(entity: EntityModel, context: DiscoveryContext): readonly EntityMetadata[] {
  return entity.members.flatMap((member) => {
    const { declaration } = member;
    if (declaration.kind !== 'many-to-many') return [];
    const { options } = declaration;
    if (options.persist === false || !ownsPivot(options) || options.pivotEntity !== undefined) return [];
    const origin = `${member.className}.${declaration.name}`;
    const target = resolveEntity(options.entity, member, origin, context);
    return target === undefined ? [] : [buildPivot({ owner: entity, target, member, options, origin }, context)];
  });
}

interface Relation {
  readonly owner: EntityModel;
  readonly target: EntityModel;
  readonly member: Member;
  readonly options: ManyToManyOptions;
  readonly origin: string;
}

interface PivotSide {
  readonly columns: readonly ColumnMetadata[];
  readonly foreignKey: ForeignKeyMetadata;
  readonly property: PropertyMetadata;
}

function buildPivot(relation: Relation, context: DiscoveryContext): EntityMetadata {
  const { owner, options, origin } = relation;
  const { schema, tableName } = pivotTable(relation, context);
  const sides = [buildSide('owner', relation, tableName, context), buildSide('inverse', relation, tableName, context)];
  const columns = sides.flatMap((side) => side.columns);
  const order = orderColumn(options, origin);

  return {
    className: origin,
    kind: 'table',
    schema: schema ?? owner.options.schema,
    tableName,
    previousName: options.previousName,
    properties: [
      ...(order === undefined ? [] : [{ kind: 'scalar' as const, name: order.name, column: order.name }]),
      ...sides.map((side) => side.property),
    ],
    columns: order === undefined ? columns : [order, ...columns],
    primaryKey: order === undefined ? columns.map(({ name }) => name) : [order.name],
    foreignKeys: sides.map((side) => side.foreignKey),
    indexes: [],
    checks: [],
    exclusions: [],
    triggers: [],
    options: {},
  };
}

/** A stated name with a dot has the namespace before it. */
function pivotTable(
  { owner, target, member, options }: Relation,
  { naming }: DiscoveryContext,
): { readonly schema?: string | undefined; readonly tableName: string } {
  if (options.pivotTable === undefined) {
    return { tableName: naming.pivotTableName(owner.tableName, target.tableName, member.declaration.name) };
  }
  const dot = options.pivotTable.indexOf('.');
  return dot === -1
    ? { tableName: options.pivotTable }
    : { schema: options.pivotTable.slice(0, dot), tableName: options.pivotTable.slice(dot + 1) };
}

function buildSide(side: 'owner' | 'inverse', relation: Relation, table: string, context: DiscoveryContext): PivotSide {
  const { owner, target: inverse, options, origin } = relation;
  const target = side === 'owner' ? owner : inverse;
  const referencedColumns = primaryKeyOf(target, context);
  const columns = pivotColumns(side, relation, target, referencedColumns, context);
  return {
    columns: columns.map((name, index) => ({
      origin,
      name,
      type: { kind: 'same-as', className: target.className, column: referencedColumns[index] ?? '' },
      attributes: {},
      nullable: false,
    })),
    foreignKey: foreignKey(
      { origin, table, columns, target, referencedColumns, rules: options, identifying: true, nullable: false },
      context.naming,
    ),
    property: {
      kind: 'reference',
      name: `${target.className}_${side}`,
      target: target.className,
      columns,
      referencedColumns,
    },
  };
}

function pivotColumns(
  side: 'owner' | 'inverse',
  { owner, target: inverse, options, origin }: Relation,
  target: EntityModel,
  referencedColumns: readonly string[],
  { naming, problems }: DiscoveryContext,
): readonly string[] {
  const stated = side === 'owner' ? ownerColumns(options) : inverseColumns(options);
  if (stated !== undefined && stated.length !== referencedColumns.length) {
    problems.report(
      origin,
      `it names ${stated.length} columns of the pivot table, and the primary key of ${target.className} has ${referencedColumns.length}`,
      'Give as many `joinColumns` (`inverseJoinColumns` for the other end) as the primary key has columns.',
    );
  }
  return referencedColumns.map(
    (referencedColumn, index) =>
      stated?.[index] ??
      naming.pivotColumnName({
        side,
        table: target.tableName,
        referencedColumn,
        composite: referencedColumns.length > 1,
        selfReferencing: owner === inverse,
      }),
  );
}

function ownerColumns({ joinColumn, joinColumns }: ManyToManyOptions): readonly string[] | undefined {
  return joinColumns ?? (joinColumn === undefined ? undefined : [joinColumn]);
}

function inverseColumns({ inverseJoinColumn, inverseJoinColumns }: ManyToManyOptions): readonly string[] | undefined {
  return inverseJoinColumns ?? (inverseJoinColumn === undefined ? undefined : [inverseJoinColumn]);
}

/** The numbered key that keeps the order of a collection. */
function orderColumn({ fixedOrder, fixedOrderColumn }: ManyToManyOptions, origin: string): ColumnMetadata | undefined {
  if (fixedOrder !== true && fixedOrderColumn === undefined) return undefined;
  return {
    origin,
    name: fixedOrderColumn ?? 'id',
    type: { kind: 'logical', type: 'integer' },
    attributes: {},
    nullable: false,
    autoincrement: true,
  };
}
