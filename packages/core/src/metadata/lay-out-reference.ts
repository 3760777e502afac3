import type { ReferenceOptions } from '../decorators/relation-options.js';
import type { TypeAttributes } from '../driver.js';
import { checkedDefault, columnBackfill, columnChecks, columnIndexes, plainAttributes } from './column-extras.js';
import { statedDefault } from './default-value.js';
import type { ColumnMetadata, ColumnTypeMetadata, IndexMetadata } from './entity-metadata.js';
import { foreignKey } from './foreign-keys.js';
import type { Layout, PropertyContext } from './layout.js';
import type { NamedReference } from './named-property.js';

/** The columns of a relation, and its foreign key. */
export function layOutReference(property: NamedReference, context: PropertyContext): Layout {
  const { options, origin, columns, target, referencedColumns } = property;
  if (columns.length > 1) reportSingular(property, context);
  const shared = columns.filter((column) => isShared(column, property, context));
  const nullable = isNullable(property, context);
  return {
    columns: columns.flatMap((column, index) =>
      shared.includes(column) ? [] : makeColumn(property, index, nullable, context),
    ),
    foreignKeys: [
      foreignKey(
        {
          origin,
          table: context.table,
          columns,
          target,
          referencedColumns,
          rules: options,
          identifying: options.primary === true,
          // Setting null is no use for a column that another property needs.
          nullable: nullable && shared.length === 0,
          name: options.foreignKeyName,
          index: options.index,
        },
        context.naming,
      ),
    ],
    indexes: referenceIndexes(property, context),
    checks: columnChecks(columns, options, origin, context),
  };
}

/** Another property has the column: the relation says so, or its key is composite and overlaps with that property. */
function isShared(column: string, property: NamedReference, { columnOwners }: PropertyContext): boolean {
  if (property.options.ownColumns !== undefined) return !property.options.ownColumns.includes(column);
  return property.columns.length > 1 && columnOwners.get(column)?.origin !== property.origin;
}

function isNullable({ options, optional, member, name }: NamedReference, context: PropertyContext): boolean {
  if (optional) return true;
  if (options.nullable !== undefined) return options.nullable;
  const startsAsNull = context.initialValues.of(member.seenIn, name)?.value === null;
  return startsAsNull || context.provider.reflect(member.declaredBy, name, member.seenIn).nullable === true;
}

function makeColumn(
  property: NamedReference,
  index: number,
  nullable: boolean,
  context: PropertyContext,
): ColumnMetadata[] {
  const { options, origin, columns, target, referencedColumns } = property;
  const name = columns[index];
  const referenced = referencedColumns[index];
  if (name === undefined || referenced === undefined) return [];
  const columnType = options.columnTypes?.[index] ?? options.columnType;
  const type: ColumnTypeMetadata =
    columnType === undefined
      ? { kind: 'same-as', className: target.className, column: referenced }
      : { kind: 'column-type', columnType };
  const { previousName, previousNameAsStated, ...attributes } = plainAttributes(options);
  return [
    {
      previousName: columns.length === 1 ? previousName : undefined,
      previousNameAsStated: columns.length === 1 ? previousNameAsStated : undefined,
      origin,
      name,
      type,
      attributes: typeAttributes(property),
      nullable,
      default:
        columns.length === 1 ? checkedDefault(() => statedDefault(options, undefined), origin, context) : undefined,
      backfill: columns.length === 1 ? columnBackfill(options, origin, context) : undefined,
      comment: options.comment,
      ...attributes,
    },
  ];
}

/** Options that say something of one column, and can't of several. */
const singular = [
  'previousName',
  'default',
  'defaultRaw',
  'backfill',
] as const satisfies readonly (keyof ReferenceOptions)[];

function reportSingular({ options, origin, columns }: NamedReference, { problems }: PropertyContext): void {
  for (const option of singular.filter((name) => options[name] !== undefined)) {
    problems.report(
      origin,
      `its \`${option}\` is about one column, and it has several: ${columns.join(', ')}`,
      'Declare the columns as properties of their own, and say it there.',
    );
  }
}

/** Only what the relation states: the rest is as the referenced column has it. */
function typeAttributes({ options }: NamedReference): TypeAttributes {
  const { length, precision, scale, unsigned } = options;
  return { length, precision, scale, unsigned };
}

/** The columns of a one-to-one relation are unique; those of a primary key are so already. */
function referenceIndexes(property: NamedReference, context: PropertyContext): IndexMetadata[] {
  const { columns, options, origin } = property;
  const isWholeKey =
    context.primaryKey.length === columns.length && context.primaryKey.every((column) => columns.includes(column));
  const unique = options.unique ?? (property.unique && !isWholeKey);
  return columnIndexes(columns, { index: options.index, unique }, origin, context);
}
