import fc from 'fast-check';
import { type Edit, editTable, pick, replace, without } from '../edit.js';
import type { TableSpec } from '../model.js';
import { hostileNames } from '../names.js';
import { isKeyable } from '../types.js';
import { columns, keys } from './columns.js';
import { anyPick, type Setting } from './setting.js';

const tableNames = fc.constantFrom(...hostileNames);

export function addTable(setting: Setting): fc.Arbitrary<Edit> {
  return fc
    .record({
      name: tableNames,
      makeKey: keys(setting),
      makeColumns: fc.array(columns(setting), { maxLength: 5 }),
      options: options(setting),
    })
    .map(({ name, makeKey, makeColumns, options }): Edit => (model, id) => {
      const key = makeKey.map((make, index) => make(`${id}k${index}`));
      const table: TableSpec = {
        id,
        name,
        columns: [...key, ...makeColumns.map((make, index) => make(`${id}c${index}`))],
        relations: [],
        primaryKey: key.map((column) => column.id),
        indexes: [],
        checks: [],
        options,
      };
      return { ...model, tables: [...model.tables, table] };
    });
}

function options({ dialect }: Setting): fc.Arbitrary<TableSpec['options']> {
  return fc.oneof(fc.constant({}), fc.constantFrom(...dialect.tableOptions));
}

export function tableEdits(setting: Setting): fc.Arbitrary<Edit>[] {
  return [
    anyPick.map((table) => dropTable(table)),
    fc
      .record({ table: anyPick, name: tableNames })
      .map(({ table, name }) => editTable(table, (spec) => ({ ...spec, name }))),
    fc.record({ table: anyPick, name: tableNames }).map(({ table, name }) => passNameOn(table, name)),
    fc
      .record({ table: anyPick, options: options(setting) })
      .map(({ table, options }) => editTable(table, (spec) => ({ ...spec, options }))),
    fc
      .record({
        table: anyPick,
        members: fc.array(anyPick, { minLength: 1, maxLength: 2 }),
        autoincrement: fc.boolean(),
      })
      .map(({ table, members, autoincrement }) => editTable(table, (spec) => setKey(spec, members, autoincrement))),
  ];
}

/** One table stays, for without any there are no entities. */
function dropTable(table: number): Edit {
  return (model) => {
    if (model.tables.length === 1) return model;
    return { ...model, tables: without(model.tables, pick(model.tables, table)) };
  };
}

/** A table takes the name of another, which gets a new one. */
function passNameOn(table: number, name: string): Edit {
  return (model) => {
    const [heir, giver] = [pick(model.tables, table), pick(model.tables, table + 1)];
    if (heir === undefined || giver === undefined) return model;
    return {
      ...model,
      tables: replace(replace(model.tables, { ...giver, name }), { ...heir, name: giver.name }),
    };
  };
}

function setKey(table: TableSpec, members: readonly number[], autoincrement: boolean): TableSpec {
  const keyable = table.columns.filter(({ type, generated }) => isKeyable(type) && generated === undefined);
  const primaryKey = [...new Set(members.flatMap((number) => pick(keyable, number)?.id ?? []))];
  if (primaryKey.length === 0) return table;
  return {
    ...table,
    primaryKey,
    columns: table.columns.map((column) => ({
      ...column,
      autoincrement: autoincrement && primaryKey.includes(column.id),
    })),
  };
}
