import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf, sameNames } from '../model/names.js';
import type { PrimaryKey, Table } from '../model/schema.js';

export function diffPrimaryKey(actual: Table, desired: Table, { foldName }: Comparison): Change[] {
  const table = nameOf(actual);
  const { primaryKey: from } = actual;
  const { primaryKey: to } = desired;
  if (!sameNames(from?.columns ?? [], to?.columns ?? [], foldName)) {
    return [{ kind: 'set-primary-key', table, ...(from && { from }), ...(to && { to }) }];
  }
  return renameOf(from, to, foldName).map((names): Change => ({
    kind: 'rename-constraint',
    table,
    constraint: 'primary key',
    ...names,
  }));
}

function renameOf(
  from: PrimaryKey | undefined,
  to: PrimaryKey | undefined,
  fold: Comparison['foldName'],
): { readonly from: string; readonly to: string }[] {
  if (from?.name === undefined || to?.name === undefined || fold(from.name) === fold(to.name)) return [];
  return [{ from: from.name, to: to.name }];
}
