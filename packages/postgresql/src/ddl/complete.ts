import type { Change, DdlContext } from '@dovetail/core/driver';
import { completeBindings } from './complete-bindings.js';
import { completeColumns } from './complete-columns.js';
import { completeForeignKeys } from './complete-foreign-keys.js';
import { completePrimaryKeys } from './complete-primary-keys.js';
import { completeStatistics } from './complete-statistics.js';
import { completeViews } from './complete-views.js';
import { completeDuties } from './duties.js';
import { touchedColumns } from './touched-columns.js';

/**
 * PostgreSQL refuses to change the type of a column while a generated column, a trigger or a view reads it, and can't
 * always carry a check, an index or a foreign key over. So these are dropped before it, and created again after it.
 */
export function completeChanges(changes: readonly Change[], context: DdlContext): readonly Change[] {
  if (changes.length === 0) return changes;
  const columns = completeStatistics(completeColumns(completePrimaryKeys(changes), context), context);
  const touched = touchedColumns(columns, context);
  const bindings = completeBindings(columns, touched, context);
  const completed = completeViews(completeForeignKeys(bindings, touched, context), touched, context);
  return completeDuties(completed, context.target);
}
