import type { Column, DdlContext, EnumType, ObjectName, Schema, Statement, Table } from '@dovetail/core/driver';
import { canonicalType } from '../type-name.js';
import { defaultSql } from './create-table.js';
import { rewriteHazards } from './hazards.js';
import { printIdentifier, quoteIdentifier, quoteName, quoteString } from './quote.js';

export function createEnumSql(type: EnumType): string {
  return `create type ${quoteName(type)} as enum (${type.items.map(quoteString).join(', ')})`;
}

/** An enum as the catalog prints it in types and casts. */
export function printEnum({ schema, name }: ObjectName): string {
  return schema === undefined ? printIdentifier(name) : `${printIdentifier(schema)}.${printIdentifier(name)}`;
}

/** The columns whose type is the enum or an array of it. */
export function columnsOfEnum(
  { tables }: Schema,
  type: ObjectName,
): { readonly table: Table; readonly column: Column }[] {
  const printed = printEnum(type);
  return tables.flatMap((table) =>
    table.columns
      .filter((column) => [printed, `${printed}[]`].includes(canonicalType(column.type)))
      .map((column) => ({ table, column })),
  );
}

/**
 * Whether the type has to be made anew. PostgreSQL can only add values, and a value that was added can't be used before
 * the transaction ends (postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES).
 */
export function isRemade(from: EnumType, to: EnumType, { target }: DdlContext): boolean {
  const kept = to.items.filter((item) => from.items.includes(item));
  const added = to.items.filter((item) => !from.items.includes(item));
  const isExtended = from.items.length === kept.length && from.items.every((item, index) => item === kept[index]);
  return !isExtended || added.some((item) => textsOf(target).some((text) => text.includes(quoteString(item))));
}

/** The texts in which a value of an enum can stand. */
function textsOf({ tables, views }: Schema): string[] {
  return [...tables.flatMap(tableTexts), ...views.map(({ definition }) => definition)];
}

function tableTexts({ columns, checks, indexes, exclusions, triggers }: Table): string[] {
  return [
    ...columns.flatMap((column) => [column.default ?? '', column.generated?.expression ?? '']),
    ...checks.map(({ expression }) => expression),
    ...exclusions.map(({ definition }) => definition),
    ...triggers.map(({ when = '' }) => when),
    ...indexes.flatMap(({ parts, where = '' }) => [
      where,
      ...parts.map((part) => ('expression' in part ? part.expression : '')),
    ]),
  ];
}

export function alterEnumStatements(from: EnumType, to: EnumType, context: DdlContext): Statement[] {
  return isRemade(from, to, context) ? remakeStatements(from, to, context) : addValueStatements(from, to);
}

/** From the last to the first, so that the value that follows is there already. */
function addValueStatements(from: EnumType, to: EnumType): Statement[] {
  return to.items
    .map((item, index) => ({ item, next: to.items[index + 1] }))
    .filter(({ item }) => !from.items.includes(item))
    .toReversed()
    .map(({ item, next }) => ({
      sql: `alter type ${quoteName(to)} add value ${quoteString(item)}${next === undefined ? '' : ` before ${quoteString(next)}`}`,
      description: `Adds the value "${item}" to the enum "${to.name}".`,
    }));
}

/** A new type under the old name; every column is cast over, by the names of the values. */
function remakeStatements(from: EnumType, to: EnumType, context: DdlContext): Statement[] {
  const spare = { schema: to.schema, name: spareName(to.name) };
  const columns = columnsOfEnum(context.actual, from);
  return [
    {
      sql: `alter type ${quoteName(from)} rename to ${quoteIdentifier(spare.name)}`,
      description: `Puts the old form of the enum "${to.name}" aside.`,
    },
    { sql: createEnumSql(to), description: `Creates the new form of the enum "${to.name}".` },
    ...columns.map(({ table, column }) => castOver(table, column, to, context)),
    { sql: `drop type ${quoteName(spare)}`, description: `Drops the old form of the enum "${to.name}".` },
  ];
}

function spareName(name: string): string {
  return Buffer.byteLength(name) > 50 ? 'dovetail_old_enum' : `dovetail_old_${name}`;
}

function castOver(table: Table, column: Column, type: EnumType, { target }: DdlContext): Statement {
  const name = quoteIdentifier(column.name);
  const suffix = canonicalType(column.type).endsWith('[]') ? '[]' : '';
  const wanted = target.tables
    .find((candidate) => candidate.name === table.name && candidate.schema === table.schema)
    ?.columns.find((candidate) => candidate.name === column.name);
  const keepsDefault = column.default !== undefined && wanted?.default === column.default;
  const actions = [
    ...(column.default === undefined ? [] : ['drop default']),
    `type ${quoteName(type)}${suffix} using ${name}::text${suffix}::${quoteName(type)}${suffix}`,
    ...(keepsDefault ? [`set default ${defaultSql(column.default)}`] : []),
  ];
  return {
    sql: `alter table ${quoteName(table)} ${actions.map((action) => `alter column ${name} ${action}`).join(', ')}`,
    description: `Casts "${table.name}"."${column.name}" to the new form of the enum "${type.name}".`,
    hazards: rewriteHazards(table),
  };
}
