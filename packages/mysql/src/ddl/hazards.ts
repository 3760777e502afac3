import {
  type AlterColumn,
  type AlterTableChange,
  blockingLock,
  type DdlContext,
  displayName,
  findTable,
  type Hazard,
  makeHazard,
  type ObjectName,
} from '@dovetail/core/driver';
import { baseType, itemsOf, sizeOf } from '../column-type.js';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { movedColumns } from './column-order.js';
import { evaluatesChecks } from './evaluated-checks.js';

/**
 * How the server alters a table (refman/9.7/en/innodb-online-ddl-operations.html): in its catalog alone; by writing all
 * rows anew while others go on; by writing none of them while others only read; by copying them while others only read.
 */
type Effort = 'catalog' | 'rebuild' | 'scan' | 'copy';

/** What one `alter table` for all the changes does to the table. */
export function alterHazards(
  table: ObjectName,
  changes: readonly AlterTableChange[],
  context: DdlContext,
  syntax: Syntax,
): Hazard[] {
  const existing = findTable(context.actual, table, comparison);
  const isEvaluated = existing !== undefined && evaluatesChecks(existing, syntax);
  const isReordered = movedColumns(table, changes, context, syntax).length > 0;
  return effortHazards(table, [
    ...changes.map((change) => (isEvaluated && change.kind === 'alter-column' ? 'copy' : effortOf(change))),
    ...(isReordered ? (['copy'] as const) : []),
  ]);
}

export function effortHazards(table: ObjectName, efforts: readonly Effort[]): Hazard[] {
  const name = displayName(table);
  const isRewritten = efforts.includes('copy') || efforts.includes('rebuild');
  const isBlocked = efforts.includes('copy') || efforts.includes('scan');
  return [
    ...(isRewritten ? [makeHazard('table-rewrite', name, `All rows of "${name}" are written anew.`)] : []),
    ...(isBlocked ? [blockingLock(name, { name: 'LOCK=SHARED', blocks: 'writes', lasting: true })] : []),
  ];
}

function effortOf(change: AlterTableChange): Effort {
  switch (change.kind) {
    case 'alter-column':
      return effortOfColumn(change);
    case 'add-column':
      return change.column.generated?.stored === true ? 'copy' : 'catalog';
    case 'set-primary-key':
      return change.to === undefined ? 'copy' : 'rebuild';
    case 'add-index':
      return change.index.type === 'fulltext' || change.index.type === 'spatial' ? 'scan' : 'catalog';
    // The rows are looked at as they are copied, unless nobody is to look at them.
    case 'add-foreign-key':
    case 'add-check':
      return 'copy';
    case 'set-table-options':
      return Object.keys(change.to).every((name) => name === 'autoincrementStart') ? 'catalog' : 'copy';
    case 'drop-column':
    case 'fill-column':
    case 'add-unique':
    case 'drop-unique':
    case 'drop-index':
    case 'rename-index':
    case 'drop-foreign-key':
    case 'drop-check':
    case 'add-exclusion':
    case 'drop-exclusion':
    case 'rename-constraint':
    case 'create-trigger':
    case 'drop-trigger':
    case 'set-table-comment':
      return 'catalog';
  }
}

function effortOfColumn({ from, to, attributes }: AlterColumn): Effort {
  const efforts = attributes.map((attribute): Effort => {
    switch (attribute) {
      case 'type':
        return isExtension(from.type, to.type) ? 'catalog' : 'copy';
      case 'nullable':
        return 'rebuild';
      case 'charset':
      case 'collation':
      case 'autoincrement':
        return 'copy';
      case 'generated':
        return from.generated?.stored === true || to.generated?.stored !== false ? 'copy' : 'catalog';
      case 'default':
      case 'identity':
      case 'comment':
      case 'extra':
      case 'invisible':
        return 'catalog';
    }
  });
  return (['copy', 'rebuild'] as const).find((effort) => efforts.includes(effort)) ?? 'catalog';
}

/** A text whose length keeps to as many bytes, and items added at the end, take new metadata alone. */
function isExtension(from: string, to: string): boolean {
  const base = baseType(from);
  if (base !== baseType(to)) return false;
  if (base === 'enum' || base === 'set') {
    const items = itemsOf(to);
    return itemsOf(from).every((item, position) => item === items[position]);
  }
  const [[before = 0], [after = 0]] = [sizeOf(from), sizeOf(to)];
  return base === 'varchar' && after >= before && lengthBytes(before) === lengthBytes(after);
}

function lengthBytes(characters: number): number {
  return characters * 4 < 256 ? 1 : 2;
}
