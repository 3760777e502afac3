import { type Change, type DdlContext, objectKey, type View } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { mentions, type Touched } from './touched-columns.js';

const keyOf = (name: Parameters<typeof objectKey>[0]): string => objectKey(name, comparison);

/** Views that read what changes, and views that read them, are dropped before all of it and created again after it. */
export function completeViews(changes: readonly Change[], touched: Touched, { actual }: DdlContext): Change[] {
  const replaced = new Map(
    changes.flatMap((change) => (change.kind === 'replace-view' ? [[keyOf(change.from), change] as const] : [])),
  );
  const gone = new Set(changes.flatMap((change) => (change.kind === 'drop-view' ? [keyOf(change.view)] : [])));
  const affected = readersOf(
    actual.views.filter((view) => replaced.has(keyOf(view)) || reads(view, touched)),
    actual.views,
  ).filter((view) => !gone.has(keyOf(view)));
  return [
    ...changes.filter((change) => change.kind !== 'replace-view'),
    ...affected.flatMap((view): Change[] => [
      { kind: 'drop-view', view },
      { kind: 'create-view', view: successorOf(view, replaced.get(keyOf(view))?.to) },
    ]),
  ];
}

function reads({ definition, reads: sources = [] }: View, touched: Touched): boolean {
  return sources.some((source) => {
    const columns = touched.columns.get(keyOf(source));
    return columns !== undefined && mentions(definition, columns, touched.enums);
  });
}

/** The views, and all views that read one of them. */
function readersOf(views: readonly View[], all: readonly View[]): readonly View[] {
  const known = new Set(views.map(keyOf));
  const readers = all.filter(
    (view) => !known.has(keyOf(view)) && (view.reads ?? []).some((source) => known.has(keyOf(source))),
  );
  return readers.length === 0 ? views : readersOf([...views, ...readers], all);
}

/**
 * A view that is replaced keeps its owner and privileges, and whether it has data; comments on its columns and statistics of
 * them may be of what is gone.
 */
function successorOf(view: View, successor: View | undefined): View {
  if (successor === undefined) return view;
  return { ...successor, withData: successor.withData ?? view.withData, restoration: view.restoration };
}
