import {
  type AlterTableChange,
  type Change,
  type ChangeGroup,
  type DdlContext,
  displayName,
  isAlterTableChange,
  isRenameChange,
  type RenameChange,
  type Statement,
} from '@dovetail/core/driver';
import type { Syntax } from '../flavour.js';
import { alterTableSql } from './alter-table.js';
import { createTableSql } from './create-table.js';
import { fillStatement } from './fill.js';
import { alterHazards } from './hazards.js';
import { overTextStatements } from './over-text.js';
import { quoteIdentifier, quoteTable } from './quote.js';
import { renameStatements } from './rename.js';
import { replacementStatements } from './replaced-columns.js';
import { createTriggerSql, dropTriggerSql } from './trigger.js';
import { createViewSql, dropViewSql } from './view.js';

/** The statements that carry out a group of changes, as `groupChanges` has made it. */
export function statementsOf({ changes }: ChangeGroup, context: DdlContext, syntax: Syntax): readonly Statement[] {
  const [first] = changes;
  if (first === undefined) return [];
  if (isRenameChange(first)) return renameStatements(changes.filter(isRenameChange), context, syntax);
  if (!isAlterTableChange(first)) return [statementOfChange(first, syntax)];
  if (first.kind === 'fill-column') return [fillStatement(first, context)];
  if (first.kind === 'create-trigger' || first.kind === 'drop-trigger') return [triggerStatement(first)];
  return alterStatements(first, changes.filter(isAlterTableChange), context, syntax);
}

function alterStatements(
  { table }: AlterTableChange,
  changes: readonly AlterTableChange[],
  context: DdlContext,
  syntax: Syntax,
): readonly Statement[] {
  const statements = [
    ...replacementStatements(table, changes, context, syntax),
    ...overTextStatements(table, changes, syntax),
    { sql: alterTableSql(table, changes, context, syntax), description: `Alters the table "${displayName(table)}".` },
  ];
  const hazards = alterHazards(table, changes, context, syntax);
  return statements.map((statement) => ({ ...statement, hazards }));
}

function triggerStatement(change: Extract<AlterTableChange, { kind: 'create-trigger' | 'drop-trigger' }>): Statement {
  const { table, trigger } = change;
  const [create, drop] = [createTriggerSql(table, trigger), dropTriggerSql(table, trigger)];
  return change.kind === 'create-trigger'
    ? { sql: create, description: `Creates the trigger "${trigger.name}" on "${displayName(table)}".` }
    : { sql: drop, description: `Drops the trigger "${trigger.name}" of "${displayName(table)}".` };
}

function statementOfChange(change: Exclude<Change, AlterTableChange | RenameChange>, syntax: Syntax): Statement {
  switch (change.kind) {
    case 'create-table': {
      const { table } = change;
      return { sql: createTableSql(table, syntax), description: `Creates the table "${displayName(table)}".` };
    }
    case 'drop-table': {
      const { table } = change;
      return { sql: `drop table ${quoteTable(table)}`, description: `Drops the table "${displayName(table)}".` };
    }
    case 'create-view':
      return { sql: createViewSql(change.view), description: `Creates the view "${displayName(change.view)}".` };
    case 'drop-view':
      return { sql: dropViewSql(change.view), description: `Drops the view "${displayName(change.view)}".` };
    case 'replace-view': {
      const { from, to } = change;
      const sql = createViewSql({ ...to, attributes: from.attributes }, 'create or replace');
      return { sql, description: `Replaces the view "${displayName(to)}".` };
    }
    case 'create-namespace': {
      const { namespace } = change;
      return {
        sql: `create database ${quoteIdentifier(namespace)}`,
        description: `Creates the database "${namespace}".`,
      };
    }
    case 'drop-namespace': {
      const { namespace } = change;
      return { sql: `drop database ${quoteIdentifier(namespace)}`, description: `Drops the database "${namespace}".` };
    }
    case 'create-enum':
    case 'drop-enum':
    case 'alter-enum':
      throw new Error(`There is nothing that ${change.kind} could change: an enum is the type of its column.`);
  }
}
