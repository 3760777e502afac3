import type { ColumnAttribute } from '../model/change.js';
import { displayName } from '../model/names.js';
import type { Column, ForeignKey, Index, PrimaryKey, Table, TableOptions } from '../model/schema.js';

export function phrase(...words: readonly (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}

export function list(names: readonly string[]): string {
  return `(${names.join(', ')})`;
}

export function describeColumns({ columns }: Table): string {
  return columns.map(({ name }) => name).join(', ');
}

export function describeColumn({ name, type, nullable, default: value, generated }: Column): string {
  return phrase(
    name,
    type,
    !nullable && 'not null',
    value !== undefined && `default ${value}`,
    generated && `as (${generated.expression})`,
  );
}

export function describeAttribute(attribute: ColumnAttribute, from: Column, to: Column): string {
  if (attribute === 'nullable') return to.nullable ? 'not null → null' : 'null → not null';
  return `${attribute} ${attributeText(from, attribute)} → ${attributeText(to, attribute)}`;
}

function attributeText(column: Column, attribute: Exclude<ColumnAttribute, 'nullable'>): string {
  switch (attribute) {
    case 'generated':
      return column.generated === undefined
        ? 'none'
        : `(${column.generated.expression}) ${column.generated.stored ? 'stored' : 'virtual'}`;
    case 'autoincrement':
    case 'invisible':
      return column[attribute] === true ? 'yes' : 'no';
    default:
      return stated(column[attribute]);
  }
}

function stated(text: string | undefined): string {
  return text === undefined || text === '' ? 'none' : text;
}

export function describeKey(key: PrimaryKey | undefined): string {
  return key === undefined ? 'none' : list(key.columns);
}

export function describeIndex({ name, unique, parts, where }: Index): string {
  const keys = parts.map((part) =>
    phrase('column' in part ? part.column : `(${part.expression})`, part.sort === 'desc' && 'desc'),
  );
  return phrase(unique && 'unique', 'index', name, list(keys), where !== undefined && `where ${where}`);
}

export function describeForeignKey({ name, columns, references, onDelete, onUpdate }: ForeignKey): string {
  return phrase(
    'foreign key',
    name,
    list(columns),
    '→',
    displayName(references.table),
    list(references.columns),
    onDelete !== 'no action' && `on delete ${onDelete}`,
    onUpdate !== 'no action' && `on update ${onUpdate}`,
  );
}

export function describeOptions(from: TableOptions, to: TableOptions): string {
  const before = new Map(Object.entries(from));
  return Object.entries(to)
    .map(([name, value]) => `${name} ${String(before.get(name) ?? 'none')} → ${String(value)}`)
    .join(', ');
}
