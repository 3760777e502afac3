import {
  type AlterTableChange,
  type Change,
  type DdlContext,
  DovetailError,
  type Index,
  type ObjectName,
  type PrimaryKey,
  type Statement,
  type Table,
  type TableOptions,
} from '@dovetail/core/driver';
import { alterColumnStatements, columnCommentSql, dynamicSql } from './alter-column.js';
import { createIndexSql, indexCommentSql, indexName } from './create-index.js';
import {
  checkSql,
  columnSql,
  createTableSql,
  exclusionSql,
  foreignKeySql,
  primaryKeySql,
  separateUniques,
  uniqueSql,
} from './create-table.js';
import { createTriggerSql, dropTriggerSql } from './create-trigger.js';
import { createView, dropView } from './create-view.js';
import { alterEnumStatements, createEnumSql } from './enums.js';
import { fillStatement } from './fill.js';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';
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
      return alterTable(change);
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
    ...table.indexes.flatMap((index) => createIndex(table, index)),
    ...comments.map((sql): Statement => ({ sql, description: `Comments the table "${table.name}".` })),
    ...table.triggers.map((trigger): Statement => ({
      sql: createTriggerSql(table, trigger),
      description: `Creates the trigger "${trigger.name}" on "${table.name}".`,
    })),
  ];
}

function createIndex(table: ObjectName, index: Index): Statement[] {
  const description = `Creates the index "${index.name}" on "${table.name}".`;
  return [
    { sql: createIndexSql(table, index), description },
    ...indexCommentSql(table, index).map((sql): Statement => ({ sql, description: `Comments "${index.name}".` })),
  ];
}

function tableCommentSql(table: ObjectName, comment: string | undefined): string {
  return `comment on table ${quoteName(table)} is ${comment === undefined ? 'null' : quoteString(comment)}`;
}

/** PostgreSQL has named the key itself, and the name is known to the catalog alone. */
function dropUnnamedKeySql(table: ObjectName): string {
  const name = quoteString(quoteName(table));
  const key = `select conname from pg_constraint where conrelid = ${name}::regclass and contype = 'p'`;
  return dynamicSql(`format('alter table %s drop constraint %I', ${name}, (${key}))`);
}

/** A database has a tablespace of its own, which the catalog alone knows. */
function defaultTablespaceSql(table: ObjectName): string {
  const tablespace =
    'select s.spcname from pg_database d join pg_tablespace s on s.oid = d.dattablespace where d.datname = current_database()';
  return dynamicSql(`format('alter table %s set tablespace %I', ${quoteString(quoteName(table))}, (${tablespace}))`);
}

function alterTable(change: AlterTableChange): Statement[] {
  const alter = `alter table ${quoteName(change.table)}`;
  const on = `"${change.table.name}"`;
  const add = (definition: string, what: string): Statement[] => [
    {
      sql: `${alter} add ${definition}`,
      description: `Adds the ${what} to ${on}.`,
    },
  ];
  const dropConstraint = (name: string | undefined): string =>
    `${alter} drop constraint ${quoteIdentifier(name ?? '')}`;
  const drop = (name: string | undefined, what: string): Statement[] => [
    { sql: dropConstraint(name), description: `Drops the ${what} of ${on}.` },
  ];
  const dropPrimaryKey = ({ name }: PrimaryKey): Statement[] =>
    name === undefined
      ? [{ sql: dropUnnamedKeySql(change.table), description: `Drops the primary key of ${on}.` }]
      : drop(name, 'primary key');

  switch (change.kind) {
    case 'add-column': {
      const { column } = change;
      return [
        {
          sql: `${alter} add column ${columnSql(column)}`,
          description: `Adds the column "${column.name}" to ${on}.`,
        },
        ...(column.comment === undefined
          ? []
          : [{ sql: columnCommentSql(change.table, column), description: `Comments the column "${column.name}".` }]),
      ];
    }
    case 'drop-column':
      return [
        {
          sql: `${alter} drop column ${quoteIdentifier(change.column.name)}`,
          description: `Drops the column "${change.column.name}" of ${on}.`,
        },
      ];
    case 'alter-column':
      return alterColumnStatements(change);
    case 'fill-column':
      return [fillStatement(change)];
    case 'set-primary-key':
      return [
        ...(change.from === undefined ? [] : dropPrimaryKey(change.from)),
        ...(change.to === undefined ? [] : add(primaryKeySql(change.to), 'primary key')),
      ];
    case 'add-unique':
      return add(uniqueSql(change.unique), `unique "${change.unique.name ?? ''}"`);
    case 'drop-unique':
      return drop(change.unique.name, `unique "${change.unique.name ?? ''}"`);
    case 'add-foreign-key':
      return add(foreignKeySql(change.foreignKey), `foreign key "${change.foreignKey.name ?? ''}"`);
    case 'drop-foreign-key':
      return drop(change.foreignKey.name, `foreign key "${change.foreignKey.name ?? ''}"`);
    case 'add-check':
      return add(checkSql(change.check), `check "${change.check.name ?? ''}"`);
    case 'drop-check':
      return drop(change.check.name, `check "${change.check.name ?? ''}"`);
    case 'add-exclusion':
      return add(exclusionSql(change.exclusion), `exclusion "${change.exclusion.name}"`);
    case 'drop-exclusion':
      return drop(change.exclusion.name, `exclusion "${change.exclusion.name}"`);
    case 'rename-constraint': {
      const { constraint, from, to } = change;
      return [
        {
          sql: `${alter} rename constraint ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`,
          description: `Renames the ${constraint} "${from}" of ${on} to "${to}".`,
        },
      ];
    }
    case 'add-index':
      return createIndex(change.table, change.index);
    case 'drop-index':
      return [
        {
          sql: `drop index ${indexName(change.table, change.index)}`,
          description: `Drops the index "${change.index.name}" of ${on}.`,
        },
      ];
    case 'rename-index': {
      const { table, from, to } = change;
      return [
        {
          sql: `alter index ${indexName(table, from)} rename to ${quoteIdentifier(to.name)}`,
          description: `Renames the index "${from.name}" of ${on} to "${to.name}".`,
        },
      ];
    }
    case 'create-trigger':
      return [
        {
          sql: createTriggerSql(change.table, change.trigger),
          description: `Creates the trigger "${change.trigger.name}" on ${on}.`,
        },
      ];
    case 'drop-trigger':
      return [
        {
          sql: dropTriggerSql(change.table, change.trigger),
          description: `Drops the trigger "${change.trigger.name}" of ${on}.`,
        },
      ];
    case 'set-table-comment':
      return [
        {
          sql: tableCommentSql(change.table, change.to),
          description: `Changes the comment of ${on}.`,
        },
      ];
    case 'set-table-options':
      return [
        ...optionStatements(change.table, change.to, alter),
        ...(change.from.tablespace !== undefined && change.to.tablespace === undefined
          ? [{ sql: defaultTablespaceSql(change.table), description: `Moves ${on} to the default tablespace.` }]
          : []),
      ];
  }
}

function optionStatements(table: ObjectName, options: TableOptions, alter: string): Statement[] {
  const { unlogged, tablespace, partitionBy } = options;
  if (partitionBy !== undefined) {
    throw new DovetailError('unsupported-feature', 'PostgreSQL cannot change how a table is partitioned.', [
      {
        where: table.name,
        what: `is to be partitioned by ${partitionBy}`,
        remedy: 'Make a new table, move the rows, and drop the old one.',
      },
    ]);
  }
  return [
    ...(unlogged === undefined
      ? []
      : [
          {
            sql: `${alter} set ${unlogged ? 'unlogged' : 'logged'}`,
            description: `Makes "${table.name}" ${unlogged ? 'unlogged' : 'logged'}.`,
          },
        ]),
    ...(tablespace === undefined
      ? []
      : [
          {
            sql: `${alter} set tablespace ${quoteIdentifier(tablespace)}`,
            description: `Moves "${table.name}" to the tablespace "${tablespace}".`,
          },
        ]),
  ];
}
