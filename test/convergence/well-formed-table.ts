import {
  type CheckSpec,
  type ColumnSpec,
  columnById,
  type IndexSpec,
  mentionedIn,
  type RelationSpec,
  type TableSpec,
} from './model.js';
import { familyOf, isDistinct, plainType } from './types.js';

/** The table without what contradicts itself. */
export function wellFormedTable(table: TableSpec): TableSpec {
  return [withKey, withColumns, withRelations, withChecks, withIndexes].reduce((current, rule) => rule(current), table);
}

/** A key of what the table has, whose values all differ. */
function withKey(table: TableSpec): TableSpec {
  const fit = table.columns.filter(({ type, generated }) => generated === undefined && isDistinct(type));
  const possible = new Set([...fit, ...table.relations].map(({ id }) => id));
  const stated = table.primaryKey.filter((id) => possible.has(id));
  const fallback = fit.slice(0, 1).map(({ id }) => id);
  return { ...table, primaryKey: stated.length > 0 ? stated : fallback };
}

function withColumns(table: TableSpec): TableSpec {
  const plain = table.columns
    .filter(({ generated }) => generated === undefined)
    .map((column) => plainColumn(column, table));
  const byId = new Map(plain.map((column) => [column.id, column]));
  return { ...table, columns: table.columns.flatMap((column) => byId.get(column.id) ?? generatedColumn(column, byId)) };
}

function plainColumn(column: ColumnSpec, { options, primaryKey }: TableSpec): ColumnSpec {
  const isKey = primaryKey.includes(column.id);
  // A strict table takes few types by name; the logical types know which.
  const type = column.type.kind === 'raw' && options.strict ? plainType(column.type.family) : column.type;
  const isNumbered = primaryKey.length === 1 && isKey && type.kind === 'logical' && familyOf(type) === 'integer';
  return {
    ...column,
    type,
    nullable: column.nullable && !isKey,
    autoincrement: isNumbered && !options.withoutRowid && column.autoincrement === true,
    default: isKey || isMissingItem(column) ? undefined : column.default,
    collation: familyOf(type) === 'text' ? column.collation : undefined,
  };
}

function isMissingItem({ type, default: value }: ColumnSpec): boolean {
  return type.kind === 'enum' && value?.kind === 'value' && !type.items.some((item) => item === value.value);
}

function generatedColumn(column: ColumnSpec, plain: ReadonlyMap<string, ColumnSpec>): readonly ColumnSpec[] {
  const sources = mentionedIn(column.generated?.expression ?? '').map((id) => plain.get(id));
  if (sources.includes(undefined)) return [];
  const nullable = column.nullable || sources.some((source) => source?.nullable);
  return [{ ...column, nullable, autoincrement: false, default: undefined, collation: undefined }];
}

function withRelations(table: TableSpec): TableSpec {
  return { ...table, relations: table.relations.map((relation) => ({ ...relation, ...nullRules(relation, table) })) };
}

function nullRules(
  { id, nullable, onDelete, onUpdate }: RelationSpec,
  { primaryKey }: TableSpec,
): Partial<RelationSpec> {
  const takesNull = nullable && !primaryKey.includes(id);
  const fitting = (action: RelationSpec['onDelete']): RelationSpec['onDelete'] =>
    !takesNull && (action === 'set null' || action === 'set default') ? undefined : action;
  return { nullable: takesNull, onDelete: fitting(onDelete), onUpdate: fitting(onUpdate) };
}

function withChecks(table: TableSpec): TableSpec {
  return { ...table, checks: table.checks.filter(({ expression }: CheckSpec) => mentionsPlain(expression, table)) };
}

function mentionsPlain(text: string, table: TableSpec): boolean {
  return mentionedIn(text).every((id) => {
    const column = columnById(table, id);
    return column !== undefined && column.generated === undefined;
  });
}

function withIndexes(table: TableSpec): TableSpec {
  return { ...table, indexes: table.indexes.flatMap((index) => wellFormedIndex(index, table)) };
}

function wellFormedIndex(index: IndexSpec, table: TableSpec): readonly IndexSpec[] {
  const where = index.where !== undefined && mentionsPlain(index.where, table) ? index.where : undefined;
  switch (index.key.kind) {
    case 'expression':
      return mentionsPlain(index.key.expression, table) ? [{ ...index, unique: false, where }] : [];
    case 'columns': {
      const members = new Set([...table.columns, ...table.relations].map(({ id }) => id));
      const parts = index.key.parts.filter(({ member }) => members.has(member));
      const unique = index.unique && parts.some(({ member }) => isDistinctMember(member, table));
      return parts.length === 0 ? [] : [{ ...index, unique, where, key: { kind: 'columns', parts } }];
    }
  }
}

/** Whether the values of any two rows differ in it: relations reference a row each. */
export function isDistinctMember(id: string, table: TableSpec): boolean {
  const column = columnById(table, id);
  if (column === undefined) return true;
  return column.generated === undefined && isDistinct(column.type);
}
