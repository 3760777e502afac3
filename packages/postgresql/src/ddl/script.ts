/**
 * Makes statements a script for `psql`: all of them, or none. Foreign keys stay on: the order of the statements minds
 * them, and only a superuser may switch them off (`session_replication_role`).
 */
export function makeScript(statements: readonly string[]): readonly string[] {
  return statements.length === 0 ? [] : ['begin', ...statements, 'commit'];
}
