import type { ScriptOptions } from '@dovetail/core/driver';

/**
 * Makes statements a script for the `sqlite3` shell. The pragma stands outside of the transaction, for inside one it is
 * silently ignored (sqlite.org/pragma.html#pragma_foreign_keys), and dropping a table would then delete its children.
 */
export function makeScript(statements: readonly string[], options: ScriptOptions): readonly string[] {
  if (statements.length === 0) return [];
  if (!options.disableForeignKeys && !options.suspendForeignKeys) return statements;
  return ['pragma foreign_keys = off', 'begin immediate', ...statements, 'commit', 'pragma foreign_keys = on'];
}
