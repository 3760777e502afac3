import type { EnumOptions, PropertyOptions } from '@dovetail/core';
import { type Column, displayName, type EnumType, type LogicalType, type Table } from '@dovetail/core/driver';
import { columnTypeOf } from './column-type.js';
import { defaultOptions } from './column-default.js';
import type { DescribedChecks } from './checks.js';
import type { ValueDescription } from './description.js';
import { printText } from './print-text.js';
import type { Source } from './source.js';
import { textLiterals } from './text-literals.js';

/** What the indexes of a table say of the columns of one property. */
export interface PropertyIndexes {
  readonly index?: boolean | string;
  readonly unique?: boolean | string;
}

interface Place {
  readonly table: Table;
  readonly source: Source;
  readonly checks: DescribedChecks;
  readonly indexes: PropertyIndexes;
}

/** The property of a column that no relation has. */
export function describeValue(name: string, column: Column, place: Place): ValueDescription {
  const { table, source, checks, indexes } = place;
  const { driver, naming } = source;
  const primary = table.primaryKey?.columns.includes(column.name) ?? false;
  const type = enumType(column, place) ?? columnTypeOf(column, table.options.strict ?? false, driver);
  const check = checks.ofColumns.get(column.name);
  const options: PropertyOptions = {
    ...(naming.columnName(name, undefined, []) !== column.name && { name: column.name }),
    ...('items' in type ? {} : type.options),
    ...(column.nullable && { nullable: true }),
    ...numbering(column, type.options, primary, table),
    ...generatedOption(column, source),
    ...defaultOptions(column, type, driver),
    ...columnAttributes(column),
    ...(check !== undefined && { check }),
    ...indexes,
  };
  if ('items' in type) {
    const stated = { ...type.options, ...(primary && { primary }), ...options };
    return { name, type: type.typescript, decorator: 'Enum', options: stated };
  }
  return { name, type: type.typescript, decorator: primary ? 'PrimaryKey' : 'Property', options };
}

/** What of a column stands in its options as it is. */
export function columnAttributes({ collation, charset, comment, extra, invisible }: Column): PropertyOptions {
  return {
    ...(collation !== undefined && { collation }),
    ...(charset !== undefined && { charset }),
    ...(extra !== undefined && { extra }),
    ...(invisible === true && { invisible }),
    ...(comment !== undefined && comment !== '' && { comment }),
  };
}

interface EnumColumn {
  readonly items: readonly string[];
  readonly options: EnumOptions;
  readonly logical: LogicalType;
  readonly typescript: string;
}

/** A column of an enum type of its own, or of texts that its type or a check lists. */
function enumType(column: Column, place: Place): EnumColumn | undefined {
  return nativeEnum(column, place.source) ?? listedEnum(column, place);
}

function nativeEnum({ type }: Column, { schema, driver }: Source): EnumColumn | undefined {
  const element = type.endsWith('[]') ? type.slice(0, -2) : type;
  const found = schema.enums.find((candidate) => driver.comparison.sameType(writtenName(candidate, driver), element));
  if (found === undefined || found.name.includes('.')) return undefined;
  const { items } = found;
  const array = element !== type;
  return {
    items,
    options: { items, nativeEnumName: displayName(found), ...(array && { array }) },
    logical: 'enum',
    typescript: array ? `(${unionOf(items)})[]` : unionOf(items),
  };
}

function writtenName({ schema, name }: EnumType, { ddl }: Source['driver']): string {
  return (schema === undefined ? [name] : [schema, name]).map((part) => ddl.quoteIdentifier(part)).join('.');
}

function listedEnum(column: Column, { table, source, checks }: Place): EnumColumn | undefined {
  const { types, comparison } = source.driver;
  const checked = checks.items.get(column.name);
  const items = checked ?? textLiterals(column.type);
  const made = items.length === 0 ? undefined : types.columnType('enum', { items, strict: table.options.strict });
  const isMade = made !== undefined && comparison.sameType(made, column.type);
  if (checked === undefined && !isMade) return undefined;
  return {
    items,
    options: { items, ...(!isMade && { columnType: column.type }) },
    logical: 'enum',
    typescript: unionOf(items),
  };
}

function unionOf(items: readonly string[]): string {
  return items.length === 0 ? 'never' : items.map((item) => printText(item)).join(' | ');
}

const integers: ReadonlySet<string> = new Set(['int', 'integer', 'smallint', 'tinyint', 'mediumint', 'bigint']);

/** A primary key of one integer is numbered unless it says otherwise. */
function numbering(column: Column, type: PropertyOptions, primary: boolean, table: Table): PropertyOptions {
  const { autoincrement = false, identity, generated, default: value } = column;
  const written =
    typeof type.type === 'string' ? type.type : (type.columnType?.toLowerCase().split(/[ (]/u, 1)[0] ?? '');
  const isExpected =
    primary &&
    table.primaryKey?.columns.length === 1 &&
    type.array !== true &&
    integers.has(written) &&
    [identity, generated, value].every((other) => other === undefined);
  return autoincrement === isExpected ? {} : { autoincrement };
}

function generatedOption({ identity, generated }: Column, { driver, capabilities }: Source): PropertyOptions {
  if (identity !== undefined) return { generated: identity === 'always' ? 'identity' : 'by default as identity' };
  if (generated === undefined) return {};
  const { expression, stored } = generated;
  const storage = stored ? 'stored' : 'virtual';
  const short = `(${expression})`;
  const isShort = capabilities.generatedDefault === storage && driver.types.parseGenerated(short).stored === stored;
  return { generated: isShort ? short : `${short} ${storage}` };
}
