import type { AlterTableChange, Table } from '@dovetail/core/driver';

/**
 * A column or a key that changes is stated anew, in words that the model has (refman/9.7/en/alter-table.html): what the
 * table's definition says of it besides is gone then. The phrases are those of `parse`.
 */
export function loses(change: AlterTableChange, { unmodelled }: Table): readonly string[] {
  switch (change.kind) {
    case 'alter-column':
      return unmodelled.filter((phrase) => phrase.endsWith(` of column "${change.from.name}"`));
    case 'set-primary-key':
      return change.from === undefined ? [] : unmodelled.filter((phrase) => phrase.endsWith(' the primary key'));
    case 'drop-index':
      return unmodelled.filter((phrase) => phrase.endsWith(` of index "${change.index.name}"`));
    default:
      return [];
  }
}
