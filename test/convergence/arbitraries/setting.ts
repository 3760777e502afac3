import type { Capabilities, Feature } from '@dovetail/core/driver';
import fc from 'fast-check';
import type { Dialect, Texts } from '../dialect.js';
import { pick } from '../edit.js';
import { type ColumnSpec, type TableSpec } from '../model.js';
import { familyOf } from '../types.js';

/** What the models are generated for. */
export interface Setting {
  readonly capabilities: Capabilities;
  readonly dialect: Dialect;
}

export function has({ capabilities }: Setting, feature: Feature): boolean {
  return capabilities.features.includes(feature);
}

/** A number that picks one of a list that is not known yet. */
export const anyPick = fc.nat(1000);

/** The columns that an SQL text can be about: those whose values come from programs. */
export function operands({ columns }: TableSpec): readonly ColumnSpec[] {
  return columns.filter(({ generated }) => generated === undefined);
}

/** A text about columns of the table, with their ids filled in; `undefined` where it has none of a fitting family. */
export function textAbout(
  table: TableSpec,
  texts: Texts,
  { operand, text }: { readonly operand: number; readonly text: number },
): string | undefined {
  const fitting = operands(table).filter(({ type }) => texts[familyOf(type)] !== undefined);
  const x = pick(fitting, operand);
  const chosen = x && pick(texts[familyOf(x.type)] ?? [], text);
  if (x === undefined || chosen === undefined) return undefined;
  return aboutColumns(chosen, x, table);
}

/** `{x}` becomes the column, `{y}` another one of its family, or itself where there is none. */
export function aboutColumns(text: string, x: ColumnSpec, table: TableSpec): string {
  const alike = (column: ColumnSpec): boolean => column.id !== x.id && familyOf(column.type) === familyOf(x.type);
  const y = operands(table).find(alike) ?? x;
  return text.replaceAll('{x}', `{${x.id}}`).replaceAll('{y}', `{${y.id}}`);
}
