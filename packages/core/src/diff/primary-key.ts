import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf, sameNames } from '../model/names.js';
import type { Table } from '../model/schema.js';

export function diffPrimaryKey(actual: Table, desired: Table, { foldName }: Comparison): Change[] {
  const table = nameOf(actual);
  const { primaryKey: from } = actual;
  const { primaryKey: to } = desired;
  if (!sameNames(from?.columns ?? [], to?.columns ?? [], foldName)) {
    return [{ kind: 'set-primary-key', table, ...(from && { from }), ...(to && { to }) }];
  }
  if (from?.name === undefined || to?.name === undefined || foldName(from.name) === foldName(to.name)) return [];
  return [{ kind: 'rename-constraint', table, constraint: 'primary key', from: from.name, to: to.name }];
}

/** Whether both keys have the same columns, in another order. */
export function isTurnedKey(actual: Table, desired: Table, { foldName }: Comparison): boolean {
  const columnsOf = ({ primaryKey }: Table): readonly string[] => primaryKey?.columns.map(foldName) ?? [];
  const [from, to] = [columnsOf(actual), new Set(columnsOf(desired))] as const;
  return (
    from.length === to.size &&
    from.every((column) => to.has(column)) &&
    [...to].some((column, position) => column !== from[position])
  );
}
