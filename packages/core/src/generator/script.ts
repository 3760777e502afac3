import type { Driver, ScriptOptions } from '../driver.js';
import type { Step } from '../model/plan.js';

/** How SQL is written for a person to read or run. */
export interface DumpOptions {
  /** Make it a script that can be run as it stands, with foreign keys switched off meanwhile. The default is true. */
  readonly wrap?: boolean | undefined;
}

/** The SQL of steps as text that a person reads or runs; exactly `''` when there are none. */
export function stepsToSql(
  steps: readonly Step[],
  { ddl }: Pick<Driver, 'ddl'>,
  { wrap, ...options }: Omit<ScriptOptions, 'suspendForeignKeys'> & { readonly wrap: boolean },
): string {
  const suspendForeignKeys = steps.some((step) => step.suspendsForeignKeys === true);
  const statements = steps.map(({ sql }) => sql);
  return joinStatements(wrap ? ddl.script(statements, { ...options, suspendForeignKeys }) : statements);
}

/** Ends each statement with a semicolon, and sets those of several lines apart. */
function joinStatements(statements: readonly string[]): string {
  return statements
    .map((statement, index) => {
      const next = statements[index + 1];
      const isApart = next !== undefined && (statement.includes('\n') || next.includes('\n'));
      return `${statement};\n${isApart ? '\n' : ''}`;
    })
    .join('');
}
