import type { Ddl, Table } from '@dovetail/core/driver';
import type { Syntax } from '../flavour.js';
import { completeChanges } from './complete.js';
import { groupChanges } from './group.js';
import { loses } from './loses.js';
import { prechecks } from './prechecks.js';
import { quoteIdentifier, quoteString, quoteTable } from './quote.js';
import { refusedForeignKey } from './refused-foreign-keys.js';
import { isSeveral } from './several-statements.js';
import { statementsOf } from './statements.js';
import { varyingDefault } from './varying-defaults.js';

export function ddlOf(syntax: Syntax): Ddl {
  return {
    quoteIdentifier,
    quoteString,
    complete: completeChanges,
    group: groupChanges,
    statements: (group, context) => statementsOf(group, context, syntax),
    prechecks: (change, context) => prechecks(change, context, syntax),
    refuses: (change, context) =>
      refusedForeignKey(change, context) ?? (syntax.addsVaryingDefaults ? undefined : varyingDefault(change)),
    loses,
    isSeveral,
    clear: (tables) => tables.flatMap(clearTable),
    script: (statements, { disableForeignKeys, suspendForeignKeys }) => {
      if (statements.length === 0 || !(disableForeignKeys || suspendForeignKeys)) return statements;
      return ['set foreign_key_checks = 0', ...statements, 'set foreign_key_checks = 1'];
    },
  };
}

/** The numbering starts anew, from 1 (refman/9.7/en/truncate-table.html). */
function clearTable(table: Table): readonly string[] {
  const { autoincrementStart } = table.options;
  return [
    `truncate table ${quoteTable(table)}`,
    ...(autoincrementStart === undefined
      ? []
      : [`alter table ${quoteTable(table)} auto_increment = ${autoincrementStart}`]),
  ];
}
