import fc from 'fast-check';
import { type Edit, editTable } from '../edit.js';
import type { ColumnSpec, TypeSpec } from '../model.js';
import { hostileNames } from '../names.js';
import { familyOf, isKeyable, logicalTypes } from '../types.js';
import { defaults, hostileText } from './defaults.js';
import { anyPick, has, type Setting } from './setting.js';

/** A column that has no id yet. */
export type MakeColumn = (id: string) => ColumnSpec;

export const columnNames = fc.constantFrom(...hostileNames);

export function columns(setting: Setting): fc.Arbitrary<MakeColumn> {
  const optional = { freq: 2, nil: undefined };
  return fc
    .record({
      name: columnNames,
      type: types(setting),
      nullable: fc.boolean(),
      makeDefault: fc.option(defaults(setting), optional),
      collation: fc.option(collations(setting), { freq: 4, nil: undefined }),
    })
    .map(({ name, type, nullable, makeDefault, collation }): MakeColumn => {
      const isText = familyOf(type) === 'text';
      return (id) => ({
        id,
        name,
        type,
        nullable,
        default: makeDefault?.(type),
        collation: isText ? collation : undefined,
      });
    });
}

/** The columns that a table starts with as its key. */
export function keys(setting: Setting): fc.Arbitrary<readonly MakeColumn[]> {
  const keyTypes = [...logicalTypes, ...setting.dialect.rawTypes].filter(isKeyable);
  const column = fc
    .record({ name: columnNames, type: fc.constantFrom(...keyTypes) })
    .map(({ name, type }): MakeColumn => (id) => ({ id, name, type, nullable: false }));
  const numbered = columnNames.map((name): MakeColumn[] => [
    (id) => ({ id, name, type: { kind: 'logical', type: 'integer' }, nullable: false, autoincrement: true }),
  ]);
  return fc.oneof(numbered, fc.array(column, { minLength: 1, maxLength: 2 }));
}

function types({ dialect }: Setting): fc.Arbitrary<TypeSpec> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...logicalTypes) },
    { weight: 2, arbitrary: fc.constantFrom(...dialect.rawTypes) },
    { weight: 2, arbitrary: enums },
  );
}

/** The values of an enum. */
export const items = fc.uniqueArray(hostileText, { minLength: 1, maxLength: 4 });

const enums: fc.Arbitrary<TypeSpec> = fc
  .record({ items, array: fc.integer({ max: 5, min: 0 }).map((number) => number === 5) })
  .map((type) => ({ kind: 'enum', ...type }));

export function collations(setting: Setting): fc.Arbitrary<string | undefined> {
  return has(setting, 'column-collation') ? fc.constantFrom(...setting.dialect.collations) : fc.constant(undefined);
}

export function addColumn(setting: Setting): fc.Arbitrary<Edit> {
  return fc
    .record({ table: anyPick, make: columns(setting) })
    .map(({ table, make }) => editTable(table, (spec, id) => ({ ...spec, columns: [...spec.columns, make(id)] })));
}
