import type { EnumItems, EnumOptions } from '../decorators/enum.js';
import { enumItems as enumItemsKind } from '../decorators/kinds.js';
import type { PropertyOptions } from '../decorators/property.js';
import type { LogicalType } from '../driver.js';
import type { PropertyType } from '../types/property-type.js';
import { resolveType } from '../types/resolve-type.js';
import type { DiscoveryContext } from './entity-model.js';
import type { ColumnTypeMetadata } from './entity-metadata.js';
import type { InitialValue } from './initial-values.js';
import type { ReflectedProperty } from './metadata-provider.js';
import type { NamedScalar } from './named-property.js';

/** What is known of a property besides its options. */
export interface Evidence {
  readonly reflected: ReflectedProperty;
  readonly initial: InitialValue | undefined;
}

/** A column's type, and the items where it is an enum of texts. */
export interface ResolvedColumnType {
  readonly type: ColumnTypeMetadata;
  readonly items?: readonly string[] | undefined;
}

/** The type of a property's column. `undefined` when nothing says what it is, which is reported. */
export function resolveColumnType(
  property: NamedScalar,
  evidence: Evidence,
  context: DiscoveryContext,
): ResolvedColumnType | undefined {
  const items = property.isEnum ? enumItems(property, evidence, context) : undefined;
  const columnType = property.options.columnType ?? property.options.columnTypes?.[0];
  if (columnType !== undefined) {
    return { type: { kind: 'column-type', columnType }, items: items?.every(isText) ? items : undefined };
  }
  if (items !== undefined && items.length > 0) {
    const stated = statedEnumColumn(property.options, evidence, context);
    return stated === undefined
      ? enumType(property, items, evidence, context)
      : { type: stated, items: items.every(isText) ? items : undefined };
  }
  const type = scalarType(property.options, evidence, context);
  if (type === undefined && !property.isEnum) reportUnknownType(property, evidence, context);
  return type && { type };
}

function scalarType(
  { type, runtimeType, array }: PropertyOptions,
  { reflected, initial }: Evidence,
  { customTypes }: DiscoveryContext,
): ColumnTypeMetadata | undefined {
  const stated = type ?? runtimeType;
  const resolved = stated === undefined ? undefined : resolveType(stated, customTypes);
  if (stated !== undefined) return array === true ? arrayOf(resolved) : resolved;

  const seen = reflected.type === undefined ? undefined : resolveType(reflected.type, customTypes);
  const found = seen ?? typeOfValue(initial?.value);
  return array === true || reflected.array === true ? arrayOf(found) : found;
}

function arrayOf(element: ColumnTypeMetadata | undefined): ColumnTypeMetadata | undefined {
  if (element === undefined || element.kind === 'array') return element;
  if (element.kind === 'logical' && element.type === 'array') return element;
  return { kind: 'array', element };
}

/** An initializer shows the type where neither decorator nor compiler does. */
function typeOfValue(value: unknown): ColumnTypeMetadata | undefined {
  const type = logicalTypeOfValue(value);
  return type && { kind: 'logical', type };
}

function logicalTypeOfValue(value: unknown): LogicalType | undefined {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'integer';
    case 'bigint':
      return 'bigint';
    case 'boolean':
      return 'boolean';
    default:
      if (value instanceof Date) return 'datetime';
      return value instanceof Uint8Array ? 'blob' : undefined;
  }
}

function enumItems(
  { options, origin, name }: NamedScalar,
  { reflected }: Evidence,
  { problems }: DiscoveryContext,
): readonly (string | number)[] | undefined {
  const stated = statedItems(options);
  const items = stated === undefined ? reflected.items : listItems(stated);
  if (items === undefined || items.length === 0) {
    problems.report(
      origin,
      'the values of the enum are not known',
      `Write them: \`@Enum(() => ${capitalised(name)})\`.`,
    );
  }
  return items;
}

/** The `type` of an enum, where it says more than that its values are texts. */
function statedEnumColumn(
  options: EnumOptions,
  evidence: Evidence,
  context: DiscoveryContext,
): ColumnTypeMetadata | undefined {
  const type = options.type === undefined ? undefined : scalarType(options, evidence, context);
  const element = type?.kind === 'array' ? type.element : type;
  const saysNothing = element?.kind === 'logical' && ['enum', 'enumArray', 'string', 'array'].includes(element.type);
  return saysNothing ? undefined : type;
}

function statedItems(options: EnumOptions): EnumItems | undefined {
  const items = typeof options.items === 'function' ? options.items() : options.items;
  return enumItemsKind.accepts(items) ? items : undefined;
}

/** The values of an enum. One of numbers also has each name under its number, which is no value of it. */
function listItems(items: EnumItems): readonly (string | number)[] {
  if (isList(items)) return items;
  const members = new Map(Object.entries(items));
  return [...members]
    .filter(([name, value]) => typeof value === 'number' || String(members.get(value)) !== name)
    .map(([, value]) => value);
}

function isList(items: EnumItems): items is readonly (string | number)[] {
  return Array.isArray(items);
}

function enumType(
  { options, origin }: NamedScalar,
  items: readonly (string | number)[],
  { reflected }: Evidence,
  { problems }: DiscoveryContext,
): ResolvedColumnType | undefined {
  const { array = reflected.array === true, nativeEnumName } = options;
  if (nativeEnumName === undefined) reportIdleHints(options, origin, problems);
  if (items.every(isText)) {
    if (nativeEnumName !== undefined) return { type: nativeEnum(nativeEnumName, items, { ...options, array }) };
    return { type: { kind: 'logical', type: array ? 'enumArray' : 'enum' }, items };
  }
  if (items.some(isText)) {
    problems.report(
      origin,
      'its enum mixes texts and numbers',
      'Make all of its values texts, or all of them numbers.',
    );
    return undefined;
  }
  if (nativeEnumName !== undefined) {
    problems.report(
      origin,
      'its `nativeEnumName` is for an enum of texts, and the values are numbers',
      'Make the values texts, or take `nativeEnumName` off.',
    );
  }
  const element: ColumnTypeMetadata = { kind: 'logical', type: integerFor(items.map(Number)) };
  return { type: array ? { kind: 'array', element } : element };
}

/** A name with a dot has the namespace before it. */
function nativeEnum(
  name: string,
  items: readonly string[],
  { array = false, previousNativeEnumName: previousName, previousItems }: EnumOptions,
): ColumnTypeMetadata {
  const dot = name.indexOf('.');
  return {
    kind: 'native-enum',
    ...(dot === -1 ? { name } : { schema: name.slice(0, dot), name: name.slice(dot + 1) }),
    items,
    array,
    ...(previousName !== undefined && { previousName }),
    ...(previousItems !== undefined && { previousItems }),
  };
}

/** Only an enum type of its own can be renamed, or have its values renamed. */
function reportIdleHints(options: EnumOptions, origin: string, problems: DiscoveryContext['problems']): void {
  for (const name of ['previousNativeEnumName', 'previousItems'] as const) {
    if (options[name] === undefined) continue;
    problems.report(
      origin,
      `its \`${name}\` is about an enum type of its own, and it has none`,
      `Give it \`nativeEnumName\`, or take \`${name}\` off.`,
    );
  }
}

/** The smallest integer that holds all values. */
function integerFor(values: readonly number[]): LogicalType {
  const fits = (bits: number): boolean =>
    values.every((value) => value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1));
  if (fits(8)) return 'tinyint';
  return fits(16) ? 'smallint' : 'integer';
}

function isText(value: string | number): value is string {
  return typeof value === 'string';
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

function reportUnknownType(
  { origin, options }: NamedScalar,
  { reflected }: Evidence,
  { problems }: DiscoveryContext,
): void {
  const name = typeName(options.type ?? reflected.type);
  const remedy = "Write the type, `type: 'string'` or one of `t`, or the database's own as `columnType`.";
  if (name === undefined || name === 'Object') {
    problems.report(origin, 'its type is not known at run time', remedy, 'unknown-type');
  } else {
    problems.report(origin, `no column type is known for its type ${name}`, remedy);
  }
}

function typeName(type: PropertyType | undefined): string | undefined {
  if (typeof type === 'object') return type.constructor.name;
  return typeof type === 'function' ? type.name : type;
}
