import type { Limits } from './dialect.js';
import {
  type CheckSpec,
  type ColumnSpec,
  columnById,
  type IndexSpec,
  mentionedIn,
  type RelationSpec,
  type TableSpec,
  type TypeSpec,
} from './model.js';
import { familyOf, isDistinct, plainType } from './types.js';

/** The table without what contradicts itself, or is beyond the limits. */
export function wellFormedTable(table: TableSpec, limits: Limits | undefined): TableSpec {
  const rules = [withKey, withColumns, withRelations, withChecks, withIndexes];
  return rules.reduce((current, rule) => rule(current, limits), table);
}

/** A key of what the table has, whose values all differ. */
function withKey(table: TableSpec, limits: Limits | undefined): TableSpec {
  const fit = table.columns.filter(({ type, generated }) => generated === undefined && isDistinct(type));
  const possible = new Set([...fit, ...table.relations].map(({ id }) => id));
  const stated = table.primaryKey.filter((id) => possible.has(id));
  const short = fit.find(({ type }) => isIndexable(type, limits)) ?? fit[0];
  const fallback = short === undefined ? [] : [short.id];
  return { ...table, primaryKey: stated.length > 0 ? stated : fallback };
}

function isIndexable(type: TypeSpec, limits: Limits | undefined): boolean {
  return limits === undefined || Number.isFinite(limits.bytesOf(type));
}

function withColumns(table: TableSpec, limits: Limits | undefined): TableSpec {
  const plain = table.columns
    .filter(({ generated }) => generated === undefined)
    .map((column) => plainColumn(column, table, limits));
  const byId = new Map(plain.map((column) => [column.id, column]));
  return {
    ...table,
    columns: table.columns.flatMap((column) => byId.get(column.id) ?? generatedColumn(column, byId, limits)),
  };
}

function plainColumn(column: ColumnSpec, { options, primaryKey }: TableSpec, limits: Limits | undefined): ColumnSpec {
  const isKey = primaryKey.includes(column.id);
  // A strict table takes few types by name; the logical types know which.
  const strictType = column.type.kind === 'raw' && options.strict ? plainType(column.type.family) : column.type;
  const type = limitedType(strictType, isKey, limits);
  const isNumbered = primaryKey.length === 1 && isKey && type.kind === 'logical' && familyOf(type) === 'integer';
  return {
    ...column,
    type,
    nullable: column.nullable && !isKey,
    autoincrement: isNumbered && !options.withoutRowid && column.autoincrement === true,
    default: isKey || isMissingItem({ ...column, type }) ? undefined : limitedDefault(column.default, limits),
    collation: familyOf(type) === 'text' ? column.collation : undefined,
  };
}

function limitedType(type: TypeSpec, isKey: boolean, limits: Limits | undefined): TypeSpec {
  if (limits === undefined) return type;
  if (isKey && !isIndexable(type, limits)) return { kind: 'logical', type: 'string' };
  return type.kind === 'enum' ? { ...type, items: [...new Set(type.items.map(limits.itemFor))] } : type;
}

function limitedDefault(value: ColumnSpec['default'], limits: Limits | undefined): ColumnSpec['default'] {
  if (limits === undefined || value?.kind !== 'value' || typeof value.value !== 'string') return value;
  return { ...value, value: limits.defaultFor(value.value) };
}

function isMissingItem({ type, default: value }: ColumnSpec): boolean {
  return type.kind === 'enum' && value?.kind === 'value' && !type.items.some((item) => item === value.value);
}

function generatedColumn(
  column: ColumnSpec,
  plain: ReadonlyMap<string, ColumnSpec>,
  limits: Limits | undefined,
): readonly ColumnSpec[] {
  const sources = mentionedIn(column.generated?.expression ?? '').map((id) => plain.get(id));
  if (!sources.every((source) => isOperand(source, limits))) return [];
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

function withChecks(table: TableSpec, limits: Limits | undefined): TableSpec {
  const checks = table.checks.filter(({ expression }: CheckSpec) => mentionsPlain(expression, table, limits));
  return { ...table, checks };
}

function mentionsPlain(text: string, table: TableSpec, limits: Limits | undefined): boolean {
  return mentionedIn(text).every((id) => isOperand(columnById(table, id), limits));
}

/** Whether an SQL text can be about it. */
function isOperand(column: ColumnSpec | undefined, limits: Limits | undefined): boolean {
  if (column === undefined || column.generated !== undefined) return false;
  return column.autoincrement !== true || (limits?.textsAboutNumbers ?? true);
}

function withIndexes(table: TableSpec, limits: Limits | undefined): TableSpec {
  return { ...table, indexes: table.indexes.flatMap((index) => wellFormedIndex(index, table, limits)) };
}

function wellFormedIndex(index: IndexSpec, table: TableSpec, limits: Limits | undefined): readonly IndexSpec[] {
  const where = index.where !== undefined && mentionsPlain(index.where, table, limits) ? index.where : undefined;
  switch (index.key.kind) {
    case 'expression':
      return mentionsPlain(index.key.expression, table, limits) ? [{ ...index, unique: false, where }] : [];
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
