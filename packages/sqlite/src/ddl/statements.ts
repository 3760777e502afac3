import {
  type Change,
  type ChangeGroup,
  type DdlContext,
  findTable,
  isAlterTableChange,
  type ObjectName,
  type Schema,
  type Statement,
  type Table,
  type View,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { addColumnStatement, alterStatement, renameStatement } from './alter.js';
import { createIndexSql } from './create-index.js';
import { createTableSql } from './create-table.js';
import { createTriggerSql } from './create-trigger.js';
import { createViewSql } from './create-view.js';
import { quoteIdentifier } from './quote.js';
import { rebuildStatements } from './rebuild.js';

/** The statements that carry out a group of changes, as `groupChanges` has made it. */
export function statementsOf({ changes, rebuilds }: ChangeGroup, context: DdlContext): Statement[] {
  if (rebuilds !== undefined) {
    const fills = changes.filter((change) => change.kind === 'fill-column');
    return rebuildStatements(tableOf(context.actual, rebuilds), tableOf(context.target, rebuilds), fills, context);
  }
  const [first, ...siblings] = changes;
  return first === undefined ? [] : statementsOfChange(first, siblings, context);
}

function tableOf(schema: Schema, name: ObjectName): Table {
  const table = findTable(schema, name, comparison);
  if (table === undefined) throw new Error(`The plan alters "${name.name}", which is missing.`);
  return table;
}

function statementsOfChange(change: Change, siblings: readonly Change[], context: DdlContext): Statement[] {
  switch (change.kind) {
    case 'create-table':
      return createTable(change.table);
    case 'drop-table':
      return [
        {
          sql: `drop table ${quoteIdentifier(change.table.name)}`,
          description: `Drops the table "${change.table.name}".`,
          // With foreign keys enforced, dropping a table deletes its rows first, and those that reference them
          // (sqlite.org/foreignkeys.html#fk_schemacommands).
          suspendsForeignKeys: true,
        },
      ];
    case 'create-view':
      return createView(change.view);
    case 'drop-view':
      return [dropView(change.view)];
    case 'replace-view':
      return [dropView(change.from), ...createView(change.to)];
    case 'rename-table':
    case 'rename-column':
      return [renameStatement(change)];
    case 'add-column':
      return [addColumnStatement(change, siblings)];
    case 'create-namespace':
    case 'drop-namespace':
    case 'rename-namespace':
    case 'create-enum':
    case 'drop-enum':
    case 'rename-enum':
    case 'rename-enum-value':
    case 'alter-enum':
      throw new Error(`SQLite has nothing that ${change.kind} could change.`);
    default:
      return isAlterTableChange(change) ? [alterStatement(change, context)] : [];
  }
}

function createTable(table: Table): Statement[] {
  return [
    {
      sql: createTableSql(table),
      description: `Creates the table "${table.name}".`,
    },
    ...table.indexes.map((index): Statement => ({
      sql: createIndexSql(table, index),
      description: `Creates the index "${index.name}" of "${table.name}".`,
    })),
  ];
}

function createView(view: View): Statement[] {
  return [
    {
      sql: createViewSql(view),
      description: `Creates the view "${view.name}".`,
    },
    ...(view.triggers ?? []).map((trigger): Statement => ({
      sql: createTriggerSql(view, trigger),
      description: `Puts the trigger "${trigger.name}" of the view "${view.name}" back.`,
    })),
  ];
}

function dropView(view: View): Statement {
  return {
    sql: `drop view ${quoteIdentifier(view.name)}`,
    description: `Drops the view "${view.name}".`,
  };
}
