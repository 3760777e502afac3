import type { Change } from '../model/change.js';
import { nameOf } from '../model/names.js';
import type { Table, TableOptions } from '../model/schema.js';

/** Options that the desired table does not state are inherited from the database, and are not compared. */
export function diffTableOptions(actual: Table, desired: Table): Change[] {
  const table = nameOf(actual);
  const differing = optionNames(desired.options).filter((name) => actual.options[name] !== desired.options[name]);
  return [
    ...commentChange(actual, desired),
    ...(differing.length === 0
      ? []
      : [
          {
            kind: 'set-table-options' as const,
            table,
            from: pick(actual.options, differing),
            to: pick(desired.options, differing),
          },
        ]),
  ];
}

function commentChange(actual: Table, desired: Table): Change[] {
  const { comment: from = '' } = actual;
  const { comment: to = '' } = desired;
  if (from === to) return [];
  return [{ kind: 'set-table-comment', table: nameOf(actual), ...(from && { from }), ...(to && { to }) }];
}

const everyOption: Readonly<Record<keyof TableOptions, true>> = {
  strict: true,
  withoutRowid: true,
  engine: true,
  charset: true,
  collation: true,
  rowFormat: true,
  autoincrementStart: true,
  unlogged: true,
  tablespace: true,
  partitionBy: true,
};

function optionNames(options: TableOptions): (keyof TableOptions)[] {
  return Object.keys(everyOption)
    .filter(isOptionName)
    .filter((name) => options[name] !== undefined);
}

function isOptionName(name: string): name is keyof TableOptions {
  return name in everyOption;
}

function pick(options: TableOptions, names: readonly (keyof TableOptions)[]): TableOptions {
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}
