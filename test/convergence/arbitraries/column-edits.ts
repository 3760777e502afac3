import fc from 'fast-check';
import { type Edit, editTable, pick, replace, without } from '../edit.js';
import { type ColumnSpec, mentions, type TableSpec } from '../model.js';
import { familyOf, widerTypes } from '../types.js';
import { collations, columnNames, items } from './columns.js';
import { defaults } from './defaults.js';
import { anyPick, type Setting } from './setting.js';

/** Edits of a column that exists. */
export function columnEdits(setting: Setting): fc.Arbitrary<Edit>[] {
  const place = { table: anyPick, column: anyPick };
  return [
    fc.record(place).map(({ table, column }) => editTable(table, (spec) => dropColumn(spec, column))),
    fc
      .record({ ...place, name: columnNames })
      .map(({ name, ...at }) => editColumn(at, (column) => ({ ...column, name }))),
    fc.record({ ...place, name: columnNames }).map(({ table, column, name }) => passNameOn(table, column, name)),
    fc.record({ ...place, nullable: fc.boolean() }).map(({ nullable, ...at }) => {
      return editColumn(at, (column) => ({ ...column, nullable }));
    }),
    fc.record({ ...place, make: fc.option(defaults(setting), { nil: undefined }) }).map(({ make, ...at }) => {
      return editColumn(at, (column) => ({ ...column, default: make?.(column.type) }));
    }),
    fc.record({ ...place, number: anyPick }).map(({ number, ...at }) => widen(at, number, setting)),
    fc.record({ ...place, items }).map(({ items, ...at }) => {
      return editColumn(at, ({ type, ...column }) => ({
        ...column,
        type: type.kind === 'enum' ? { ...type, items } : type,
      }));
    }),
    fc
      .record({ ...place, collation: fc.option(collations(setting), { nil: undefined }) })
      .map(({ collation, ...at }) => {
        return editColumn(at, (column) => (familyOf(column.type) === 'text' ? { ...column, collation } : column));
      }),
  ];
}

function editColumn(
  at: { readonly table: number; readonly column: number },
  change: (column: ColumnSpec, table: TableSpec) => ColumnSpec,
): Edit {
  return editTable(at.table, (table) => {
    const column = pick(table.columns, at.column);
    return column && { ...table, columns: replace(table.columns, change(column, table)) };
  });
}

/** The key keeps a column of its own. */
function dropColumn(table: TableSpec, number: number): TableSpec {
  const isKey = ({ id }: ColumnSpec): boolean => table.primaryKey.includes(id);
  const isShared = table.columns.filter(isKey).length > 1;
  const dropped = pick(
    table.columns.filter((column) => isShared || !isKey(column)),
    number,
  );
  return {
    ...table,
    columns: without(table.columns, dropped),
    primaryKey: table.primaryKey.filter((id) => id !== dropped?.id),
  };
}

/** A column takes the name of another, which gets a new one. */
function passNameOn(table: number, number: number, name: string): Edit {
  return editTable(table, (spec) => {
    const [heir, giver] = [pick(spec.columns, number), pick(spec.columns, number + 1)];
    if (heir === undefined || giver === undefined) return spec;
    return { ...spec, columns: replace(replace(spec.columns, { ...giver, name }), { ...heir, name: giver.name }) };
  });
}

function widen(at: { readonly table: number; readonly column: number }, number: number, { dialect }: Setting): Edit {
  return editColumn(at, (column, table) => {
    const type = pick(widerTypes(column.type, dialect.rawTypes), number);
    if (type === undefined || column.generated !== undefined) return column;
    if (familyOf(type) === familyOf(column.type)) return { ...column, type };
    // What is written about the values of one family may mean nothing to another.
    return mentions(table, column.id) ? column : { ...column, type, default: undefined };
  });
}
