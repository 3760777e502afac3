import type { PropertyOptions } from '../decorators/property.js';
import type { LogicalType, TypeAttributes } from '../driver.js';
import type { Type } from '../types/type.js';
import {
  checkedDefault,
  checkName,
  columnBackfill,
  columnChecks,
  columnIndexes,
  plainAttributes,
} from './column-extras.js';
import { type Evidence, type ResolvedColumnType, resolveColumnType } from './column-type.js';
import { initialDefault, statedDefault, versionDefault } from './default-value.js';
import type { CheckMetadata, ColumnMetadata, ColumnTypeMetadata, DefaultMetadata } from './entity-metadata.js';
import { emptyLayout, type Layout, type PropertyContext } from './layout.js';
import type { NamedJson, NamedScalar } from './named-property.js';
import { evaluateSql } from './scope.js';

/** The column of a property that holds a value. */
export function layOutScalar(property: NamedScalar, context: PropertyContext): Layout {
  const { member, name, origin, column, options } = property;
  const evidence: Evidence = {
    reflected: context.provider.reflect(member.declaredBy, name, member.seenIn),
    initial: context.initialValues.of(member.seenIn, name),
  };
  const resolved = resolveColumnType(property, evidence, context);
  if (resolved === undefined) return emptyLayout;
  return {
    columns: [makeColumn(property, resolved, evidence, context)],
    foreignKeys: [],
    indexes: columnIndexes([column], options, origin, context),
    checks: [...enumChecks(property, resolved, context), ...columnChecks([column], options, origin, context)],
  };
}

/** The JSON column of an embedded object, or of an array of them. */
export function layOutJson(property: NamedJson, context: PropertyContext): Layout {
  const { origin, name, column, options, optional, member } = property;
  const { columnType } = options;
  const reflected = context.provider.reflect(member.declaredBy, name, member.seenIn);
  return {
    columns: [
      {
        origin,
        name: column,
        type: columnType === undefined ? { kind: 'logical', type: 'json' } : { kind: 'column-type', columnType },
        attributes: {},
        nullable: optional || (options.nullable ?? reflected.nullable === true),
        comment: options.comment ?? reflected.comment,
        default: checkedDefault(() => statedDefault(options, undefined), origin, context),
        backfill: columnBackfill(options, origin, context),
        ...plainAttributes(options),
      },
    ],
    foreignKeys: [],
    indexes: columnIndexes([column], options, origin, context),
    checks: columnChecks([column], options, origin, context),
  };
}

function makeColumn(
  property: NamedScalar,
  resolved: ResolvedColumnType,
  evidence: Evidence,
  context: PropertyContext,
): ColumnMetadata {
  const { options, origin, column } = property;
  const { reflected, initial } = evidence;
  const { generated } = options;
  const autoincrement = options.autoincrement ?? isNumberedKey(property, resolved.type, context);
  return {
    origin,
    name: column,
    type: resolved.type,
    attributes: typeAttributes(options, resolved),
    nullable: property.optional || (options.nullable ?? (initial?.value === null || reflected.nullable === true)),
    autoincrement: autoincrement || undefined,
    default: columnDefault(property, resolved, evidence, autoincrement, context),
    backfill: columnBackfill(options, origin, context),
    generated:
      generated && evaluateSql(generated, context.scope, { where: origin, option: 'generated' }, context.problems),
    comment: options.comment ?? reflected.comment,
    ...plainAttributes(options),
  };
}

function typeAttributes(options: PropertyOptions, { type, items }: ResolvedColumnType): TypeAttributes {
  const { precision, scale, unsigned, zerofill, srid, version } = options;
  const length = options.length ?? (version === true && isDate(type) ? 0 : undefined);
  return { length, precision, scale, unsigned, zerofill, srid, items };
}

const integers: ReadonlySet<string> = new Set<LogicalType | 'int'>([
  'int',
  'integer',
  'smallint',
  'tinyint',
  'mediumint',
  'bigint',
]);

/** A primary key of one integer is numbered by the database, unless something else gives its values. */
function isNumberedKey(
  { options, column }: NamedScalar,
  type: ColumnTypeMetadata,
  { primaryKey }: PropertyContext,
): boolean {
  const isOnlyKey = primaryKey.length === 1 && primaryKey[0] === column && options.primary === true;
  const hasOtherSource =
    options.generated !== undefined || options.default !== undefined || options.defaultRaw !== undefined;
  return isOnlyKey && !hasOtherSource && isInteger(type);
}

function isInteger(type: ColumnTypeMetadata): boolean {
  if (type.kind === 'logical') return integers.has(type.type);
  const written = type.kind === 'column-type' ? type.columnType : type.kind === 'type-name' ? type.name : '';
  return integers.has(written.toLowerCase().split(/[ (]/, 1)[0] ?? '');
}

function isDate(type: ColumnTypeMetadata): boolean {
  return type.kind === 'logical' && type.type === 'datetime';
}

function columnDefault(
  { options, origin, optional }: NamedScalar,
  { type }: ResolvedColumnType,
  { initial }: Evidence,
  autoincrement: boolean,
  context: PropertyContext,
): DefaultMetadata | undefined {
  const customType: Type | undefined = type.kind === 'custom' ? context.customTypes.byKey.get(type.key) : undefined;
  const stated = checkedDefault(() => statedDefault(options, customType), origin, context);
  if (stated !== undefined || autoincrement || options.generated !== undefined) return stated;
  if (options.version === true) return versionDefault(isDate(type), options.length ?? 0);
  // A row without the embedded object, or of another class, has no use for the values that an instance starts with;
  // nor has a primary key, which is never the same twice.
  if (optional || options.primary === true) return undefined;
  return checkedDefault(() => initialDefault(initial, customType), origin, context);
}

function enumChecks(
  { column, origin }: NamedScalar,
  { type, items }: ResolvedColumnType,
  context: PropertyContext,
): CheckMetadata[] {
  if (items === undefined) return [];
  const array = type.kind === 'logical' && type.type === 'enumArray';
  return [
    {
      origin,
      name: checkName([column], items.join(','), true, context.table, context),
      expression: { kind: 'enum', column, items, array },
    },
  ];
}
