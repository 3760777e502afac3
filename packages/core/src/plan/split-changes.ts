import type { Capabilities } from '../capabilities.js';
import { type Change, isAlterTableChange, type RenameChange } from '../model/change.js';
import { splitFills } from './split-fills.js';
import { memberKey, nameOf, type Names } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';

export interface SplitRules extends Pick<Capabilities, 'renamesIndexes' | 'viewsHinder'> {
  readonly names: Names;
  readonly renames: readonly RenameChange[];
}

/** Takes changes apart whose halves belong to different places of the plan. */
export function splitChanges(changes: readonly Change[], rules: SplitRules): Change[] {
  return splitReplacedViews(splitFills(splitNewTriggers(splitRenamedIndexes(changes, rules))), rules);
}

/** An index that can't be renamed, or takes the name that another gives up, is dropped and created. */
function splitRenamedIndexes(changes: readonly Change[], { names, renamesIndexes }: SplitRules): Change[] {
  const keyOf = (table: ObjectName, name: string): string => memberKey(table, name, names);
  const givenUp = new Set(
    changes.flatMap((change) => (change.kind === 'rename-index' ? [keyOf(change.table, change.from.name)] : [])),
  );
  return changes.flatMap((change): Change[] => {
    if (change.kind !== 'rename-index') return [change];
    const { table, from, to } = change;
    if (renamesIndexes && !givenUp.has(keyOf(table, to.name))) return [change];
    return [
      { kind: 'drop-index', table, index: from },
      { kind: 'add-index', table, index: to },
    ];
  });
}

/** A trigger may mention any table, so those of new tables come when all tables are done. */
function splitNewTriggers(changes: readonly Change[]): Change[] {
  return changes.flatMap((change): Change[] => {
    if (change.kind !== 'create-table' || change.table.triggers.length === 0) return [change];
    const { triggers, ...table } = change.table;
    return [
      { kind: 'create-table', table: { ...table, triggers: [] } },
      ...triggers.map((trigger): Change => ({ kind: 'create-trigger', table: nameOf(table), trigger })),
    ];
  });
}

/** A view that mentions what a table loses has to be gone while the table changes, unless the database minds none. */
function splitReplacedViews(changes: readonly Change[], { renames, viewsHinder }: SplitRules): Change[] {
  if (viewsHinder === 'nothing') return [...changes];
  const areTablesChanged =
    renames.length > 0 || changes.some((change) => change.kind === 'drop-table' || isAlterTableChange(change));
  if (!areTablesChanged) return [...changes];
  return changes.flatMap((change): Change[] =>
    change.kind === 'replace-view'
      ? [
          { kind: 'drop-view', view: change.from },
          { kind: 'create-view', view: change.to },
        ]
      : [change],
  );
}
