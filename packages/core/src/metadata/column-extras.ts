import type { ColumnOptions } from '../decorators/property.js';
import type { CheckMetadata, ColumnMetadata, DefaultMetadata, IndexMetadata } from './entity-metadata.js';
import type { DiscoveryContext } from './entity-model.js';
import { nameOr } from './foreign-keys.js';
import type { PropertyContext } from './layout.js';
import type { Placed } from './named-property.js';
import { evaluateSql } from './scope.js';
import { messageOf } from '../message-of.js';

/** The attributes that every column takes from its options as they stand; like `Base`, they stand last in a column. */
export function plainAttributes(
  options: Placed<
    Pick<ColumnOptions, 'previousName' | 'collation' | 'charset' | 'extra' | 'invisible' | 'ignoreSchemaChanges'>
  >,
): Pick<
  ColumnMetadata,
  'previousName' | 'previousNameAsStated' | 'collation' | 'charset' | 'extra' | 'invisible' | 'ignoreSchemaChanges'
> {
  const { previousName, previousNameAsStated, collation, charset, extra, invisible, ignoreSchemaChanges } = options;
  return { previousName, previousNameAsStated, collation, charset, extra, invisible, ignoreSchemaChanges };
}

/** The SQL of the option `backfill`, its callback called. */
export function columnBackfill(
  { backfill }: Pick<ColumnOptions, 'backfill'>,
  origin: string,
  { scope, problems }: PropertyContext,
): string | undefined {
  return backfill && evaluateSql(backfill, scope, { where: origin, option: 'backfill' }, problems);
}

/** The indexes that the options `index` and `unique` ask for. */
export function columnIndexes(
  columns: readonly string[],
  { index, unique }: Pick<ColumnOptions, 'index' | 'unique'>,
  origin: string,
  context: PropertyContext,
): IndexMetadata[] {
  if (index === undefined && unique === undefined) return [];
  const kinds = [
    { kind: 'index' as const, option: index },
    { kind: 'unique' as const, option: unique },
  ];
  return kinds
    .filter(({ option }) => option !== undefined && option !== false)
    .map(({ kind, option }) => ({
      origin,
      name: nameOr(typeof option === 'string' ? option : undefined, () =>
        context.naming.constraintName({ kind, table: context.table, columns }),
      ),
      unique: kind === 'unique',
      parts: columns.map((column) => ({ column })),
    }));
}

/** The check that the option of that name asks for. */
export function columnChecks(
  columns: readonly string[],
  { check }: Pick<ColumnOptions, 'check'>,
  origin: string,
  context: PropertyContext,
): CheckMetadata[] {
  if (check === undefined) return [];
  const sql = evaluateSql(check, context.scope, { where: origin, option: 'check' }, context.problems);
  if (sql === undefined) return [];
  const name = checkName(columns, sql, false, context.table, context);
  return [{ origin, name, expression: { kind: 'expression', sql } }];
}

export function checkName(
  columns: readonly string[],
  expression: string,
  isEnum: boolean,
  table: string,
  { naming }: Pick<DiscoveryContext, 'naming'>,
): CheckMetadata['name'] {
  return { text: naming.constraintName({ kind: 'check', table, columns, expression, isEnum }), explicit: false };
}

/** A default; one that can't be made is reported. */
export function checkedDefault(
  make: () => DefaultMetadata | undefined,
  origin: string,
  { problems }: PropertyContext,
): DefaultMetadata | undefined {
  try {
    return make();
  } catch (error) {
    problems.report(
      origin,
      `its default can't be stored: ${messageOf(error)}`,
      'Write a plain value as `default`, or SQL as `defaultRaw`.',
    );
    return undefined;
  }
}
