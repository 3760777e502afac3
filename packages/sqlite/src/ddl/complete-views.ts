import {
  type Change,
  type DdlContext,
  isAlterTableChange,
  objectKey,
  type View,
  withReaders,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';

/**
 * SQLite drops no column while any view is broken (sqlite.org/lang_altertable.html#altertabdropcol), so those that read
 * one which is out of the way of the changes are out of their way as well.
 */
export function completeViews(changes: readonly Change[], { actual }: DdlContext): readonly Change[] {
  const absent = changes.flatMap(absentView);
  if (absent.length === 0 || !changes.some(isAlterTableChange)) return changes;
  const keys = new Set(absent.map((view) => objectKey(view, comparison)));
  return [
    ...changes,
    ...withReaders(absent, actual.views, [], comparison.mentions)
      .filter((view) => !keys.has(objectKey(view, comparison)))
      .flatMap((view): Change[] => [
        { kind: 'drop-view', view },
        { kind: 'create-view', view },
      ]),
  ];
}

/** The view that a change takes away, for a while at least. */
function absentView(change: Change): readonly View[] {
  switch (change.kind) {
    case 'drop-view':
      return [change.view];
    case 'replace-view':
      return [change.from];
    default:
      return [];
  }
}
