import fc from 'fast-check';
import { type Edit, editTable, pick, replace } from '../edit.js';
import type { ColumnSpec, TableSpec, TypeSpec } from '../model.js';
import { familyOf } from '../types.js';
import { columnNames } from './columns.js';
import { aboutColumns, anyPick, operands, type Setting } from './setting.js';

interface Choice {
  readonly operand: number;
  readonly text: number;
  readonly stored: boolean;
}

const choices = { operand: anyPick, text: anyPick, stored: fc.boolean() };

export function addGenerated(setting: Setting): fc.Arbitrary<Edit> {
  return fc.record({ table: anyPick, name: columnNames, ...choices }).map(({ table, name, ...choice }) =>
    editTable(table, (spec, id) => {
      const made = generate(spec, choice, setting);
      return made && { ...spec, columns: [...spec.columns, { id, name, nullable: true, ...made }] };
    }),
  );
}

/** Another expression, or none any more. */
export function generatedEdits(setting: Setting): fc.Arbitrary<Edit>[] {
  return [
    fc.record({ table: anyPick, column: anyPick, ...choices }).map(({ table, column, ...choice }) =>
      editTable(table, (spec) => {
        const chosen = pick(generatedColumns(spec), column);
        const made = generate(spec, choice, setting);
        return chosen && made && { ...spec, columns: replace(spec.columns, { ...chosen, ...made }) };
      }),
    ),
    fc.record({ table: anyPick, column: anyPick }).map(({ table, column }) =>
      editTable(table, (spec) => {
        const chosen = pick(generatedColumns(spec), column);
        return chosen && { ...spec, columns: replace(spec.columns, { ...chosen, generated: undefined }) };
      }),
    ),
  ];
}

function generatedColumns({ columns }: TableSpec): readonly ColumnSpec[] {
  return columns.filter(({ generated }) => generated !== undefined);
}

function generate(
  table: TableSpec,
  { operand, text, stored }: Choice,
  { dialect }: Setting,
): Pick<ColumnSpec, 'type' | 'generated'> | undefined {
  const fitting = operands(table).filter(({ type }) => dialect.generated[familyOf(type)] !== undefined);
  const x = pick(fitting, operand);
  const chosen = x && pick(dialect.generated[familyOf(x.type)] ?? [], text);
  if (x === undefined || chosen === undefined) return undefined;
  const type: TypeSpec = { kind: 'logical', type: chosen.type };
  return {
    type,
    generated: { expression: aboutColumns(chosen.expression, x, table), stored: stored || !dialect.virtualColumns },
  };
}
