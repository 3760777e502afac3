import { type Change, type ColumnRestoration, type DdlContext, objectKey, type View } from '@dovetail/core/driver';
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

/** A view that is replaced keeps its owner and privileges, whether it has data, and what stands on columns that it still has. */
function successorOf(view: View, successor: View | undefined): View {
  if (successor === undefined) return view;
  const { withData, restoration, columnRestoration, statistics } = view;
  return {
    ...successor,
    withData: successor.withData ?? withData,
    restoration,
    columnRestoration: ofColumns(columnRestoration, successor),
    ...(successor.materialized === true && { statistics: ofColumns(statistics, successor) }),
  };
}

/** Which columns a view will have is unknown where PostgreSQL could not be asked; then a lost one fails, and is not passed over. */
function ofColumns(
  restorations: readonly ColumnRestoration[] = [],
  { columnNames }: View,
): readonly ColumnRestoration[] {
  return columnNames === undefined
    ? restorations
    : restorations.filter(({ columns }) => columns.every((column) => columnNames.includes(column)));
}
