import type { Change, DdlContext, Statement, Table } from '@dovetail/core/driver';
import { columnCommentSql } from './alter-column.js';
import { alterTableStatements } from './alter-table.js';
import { createIndexStatements } from './create-index.js';
import { createTableSql, separateUniques, tableCommentSql, uniqueSql } from './create-table.js';
import { createTrigger } from './create-trigger.js';
import { createView, dropView } from './create-view.js';
import { alterEnumStatements, createEnumSql } from './enums.js';
import { quoteIdentifier, quoteName } from './quote.js';
import { renameStatement } from './rename.js';

/** The statements that carry out a change, in order. */
export function statementsOf(change: Change, context: DdlContext): Statement[] {
  switch (change.kind) {
    case 'create-namespace':
      return [
        {
          sql: `create schema ${quoteIdentifier(change.namespace)}`,
          description: `Creates the schema "${change.namespace}".`,
        },
      ];
    case 'drop-namespace':
      return [
        {
          sql: `drop schema ${quoteIdentifier(change.namespace)}`,
          description: `Drops the schema "${change.namespace}".`,
        },
      ];
    case 'create-enum':
      return [
        {
          sql: createEnumSql(change.enum),
          description: `Creates the enum "${change.enum.name}".`,
        },
      ];
    case 'drop-enum':
      return [
        {
          sql: `drop type ${quoteName(change.enum)}`,
          description: `Drops the enum "${change.enum.name}".`,
        },
      ];
    case 'alter-enum':
      return alterEnumStatements(change.from, change.to, context);
    case 'create-table':
      return createTable(change.table);
    case 'drop-table':
      return [{ sql: `drop table ${quoteName(change.table)}`, description: `Drops the table "${change.table.name}".` }];
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-table':
    case 'rename-column':
    case 'rename-enum-value':
      return [renameStatement(change)];
    case 'create-view':
      return createView(change.view);
    case 'drop-view':
      return [dropView(change.view)];
    case 'replace-view':
      return [dropView(change.from), ...createView(change.to)];
    default:
      return alterTableStatements(change);
  }
}

function createTable(table: Table): Statement[] {
  const comments = [
    ...(table.comment === undefined ? [] : [tableCommentSql(table, table.comment)]),
    ...table.columns.filter(({ comment }) => comment !== undefined).map((column) => columnCommentSql(table, column)),
  ];
  return [
    {
      sql: createTableSql(table),
      description: `Creates the table "${table.name}".`,
    },
    ...separateUniques(table).map((unique): Statement => ({
      sql: `alter table ${quoteName(table)} add ${uniqueSql(unique)}`,
      description: `Adds the unique "${unique.name ?? ''}" to "${table.name}".`,
    })),
    ...table.indexes.flatMap((index) => createIndexStatements(table, index)),
    ...comments.map((sql): Statement => ({ sql, description: `Comments the table "${table.name}".` })),
    ...table.triggers.flatMap((trigger) => createTrigger(table, trigger)),
  ];
}
