import { type Change, objectKey, sameIndexBy } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';

const { foldName } = comparison;
const sameIndex = sameIndexBy(comparison);

type IndexChange = Extract<Change, { readonly kind: 'drop-index' | 'add-index' }>;

/**
 * What alone differs between an index that is dropped and the one that is added in its place. A server that is told both
 * in one statement overlooks that, and keeps the index as it is. The manuals do not say so; MySQL 9.7 and MariaDB 10.11
 * do it.
 */
export function overlookedIn(change: IndexChange, siblings: readonly Change[]): 'parser' | 'visibility' | undefined {
  const other = siblings.find((sibling) => isCounterpart(sibling, change));
  if (other === undefined) return undefined;
  const { invisible, parser } = change.index;
  if (!sameIndex(change.index, { ...other.index, invisible, parser })) return undefined;
  if (parser !== other.index.parser) return 'parser';
  return (invisible ?? false) === (other.index.invisible ?? false) ? undefined : 'visibility';
}

function isCounterpart(sibling: Change, change: IndexChange): sibling is IndexChange {
  return (
    (sibling.kind === 'drop-index' || sibling.kind === 'add-index') &&
    sibling.kind !== change.kind &&
    objectKey(sibling.table, comparison) === objectKey(change.table, comparison) &&
    foldName(sibling.index.name) === foldName(change.index.name)
  );
}
