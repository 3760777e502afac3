import type { CheckOptions } from '@dovetail/core';
import type { Check, Column, Table } from '@dovetail/core/driver';
import type { Source } from './source.js';
import { textLiterals } from './text-literals.js';

/** The checks of a table: those that an enum makes, those that stand on a column, and the others. */
export interface DescribedChecks {
  /** The items of each column that is an enum of texts. */
  readonly items: ReadonlyMap<string, readonly string[]>;
  /** The check of each column that names it as the naming strategy does. */
  readonly ofColumns: ReadonlyMap<string, string>;
  readonly ofClass: readonly CheckOptions[];
}

/** @param columns those that have a property of their own. */
export function describeChecks(table: Table, columns: readonly Column[], source: Source): DescribedChecks {
  const items = new Map<string, readonly string[]>();
  const ofColumns = new Map<string, string>();
  const ofClass: CheckOptions[] = [];
  for (const check of table.checks) {
    const isPlain = check.enforced !== false;
    const free = columns.filter(({ name }) => isPlain && !items.has(name));
    const listed = free.find((column) => isEnum(check, column, table, source));
    const owner = free.find(
      ({ name }) => !ofColumns.has(name) && check.name === derivedName(check, table, [name], source),
    );
    if (listed !== undefined) items.set(listed.name, textLiterals(check.expression));
    else if (owner !== undefined) ofColumns.set(owner.name, check.expression);
    else ofClass.push(classCheck(check, table, source));
  }
  return { items, ofColumns, ofClass };
}

/** Whether the check is the one that an enum of its texts has on that column, under the name that it gets. */
function isEnum(
  { name, expression }: Check,
  column: Column,
  table: Table,
  { driver, naming, capabilities }: Source,
): boolean {
  const items = textLiterals(expression);
  const condition = items.length === 0 ? undefined : driver.types.enumCheck(column.name, items, false);
  if (condition === undefined || !driver.comparison.sameExpression(condition, expression)) return false;
  if (capabilities.enumAs === 'column-type') return false;
  const derived = naming.constraintName({
    kind: 'check',
    table: table.name,
    columns: [column.name],
    expression: items.join(','),
    isEnum: true,
  });
  return name === undefined || name === derived;
}

function derivedName({ expression }: Check, table: Table, columns: readonly string[], { naming }: Source): string {
  return naming.constraintName({ kind: 'check', table: table.name, columns, expression, isEnum: false });
}

function classCheck(check: Check, table: Table, source: Source): CheckOptions {
  const { name, expression, enforced } = check;
  return {
    ...(name !== undefined && name !== derivedName(check, table, [], source) && { name }),
    expression,
    ...(enforced === false && { enforced }),
  };
}
