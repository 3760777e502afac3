import type { Ddl } from '@dovetail/core/driver';
import type { Syntax } from '../flavour.js';
import { completeChanges } from './complete.js';
import { groupChanges } from './group.js';
import { loses } from './loses.js';
import { prechecks } from './prechecks.js';
import { quoteIdentifier, quoteString, quoteTable } from './quote.js';
import { statementsOf } from './statements.js';

export function ddlOf(syntax: Syntax): Ddl {
  return {
    quoteIdentifier,
    quoteString,
    complete: completeChanges,
    group: groupChanges,
    statements: (group, context) => statementsOf(group, context, syntax),
    prechecks: (change, context) => prechecks(change, context, syntax),
    loses,
    // Starts the numbering anew (refman/9.7/en/truncate-table.html).
    clear: (tables) => tables.map((table) => `truncate table ${quoteTable(table)}`),
    script: (statements, { disableForeignKeys, suspendForeignKeys }) => {
      if (statements.length === 0 || !(disableForeignKeys || suspendForeignKeys)) return statements;
      return ['set foreign_key_checks = 0', ...statements, 'set foreign_key_checks = 1'];
    },
  };
}
