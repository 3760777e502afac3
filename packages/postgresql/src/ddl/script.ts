import type { ScriptOptions } from '@dovetail/core/driver';
import { searchPath } from '../connection.js';

/**
 * Makes statements a script for `psql`: all of them, or none. Foreign keys stay on: the order of the statements minds
 * them, and only a superuser may switch them off (`session_replication_role`). Bare names mean in it what they mean to the
 * entities, whoever runs it.
 */
export function makeScript(statements: readonly string[], { defaultSchema }: ScriptOptions): readonly string[] {
  if (statements.length === 0) return [];
  const isUsual = defaultSchema === undefined || defaultSchema === 'public';
  const path = isUsual ? [] : [`set local search_path to ${searchPath(defaultSchema)}`];
  return ['begin', ...path, ...statements, 'commit'];
}
