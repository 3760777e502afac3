import {
  type AddColumn,
  type AlterTableChange,
  type Change,
  type DdlContext,
  type ForeignKey,
  type RenameChange,
  type Statement,
} from '@dovetail/core/driver';
import { fillStatement } from './fill.js';
import { createIndexSql } from './create-index.js';
import { columnSql, referencesSql } from './create-table.js';
import { createTriggerSql } from './create-trigger.js';
import { quoteIdentifier } from './quote.js';

export function renameStatement(change: RenameChange): Statement {
  switch (change.kind) {
    case 'rename-table': {
      const table = quoteIdentifier(change.table.name);
      return {
        sql: `alter table ${table} rename to ${quoteIdentifier(change.to)}`,
        description: `Renames ${table} to "${change.to}".`,
      };
    }
    case 'rename-column': {
      const table = quoteIdentifier(change.table.name);
      return {
        sql: `alter table ${table} rename column ${quoteIdentifier(change.from)} to ${quoteIdentifier(change.to)}`,
        description: `Renames the column "${change.from}" of ${table} to "${change.to}".`,
      };
    }
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-enum-value':
      throw new Error(`SQLite has nothing that ${change.kind} could change.`);
  }
}

/** A new column, with the foreign keys that come with it. */
export function addColumnStatement({ table, column }: AddColumn, siblings: readonly Change[]): Statement {
  const references = siblings.flatMap((change) => (change.kind === 'add-foreign-key' ? [change.foreignKey] : []));
  const definition = [columnSql(column), ...references.map(referencesSql)].join(' ');
  return {
    sql: `alter table ${quoteIdentifier(table.name)} add column ${definition}`,
    description: `Adds the column "${column.name}" to "${table.name}"${describeTargets(references)}.`,
  };
}

function describeTargets(references: readonly ForeignKey[]): string {
  return references.map(({ references: { table } }) => `, which references "${table.name}"`).join('');
}

/** The statement of a change that `canAlterInPlace` has let through. */
export function alterStatement(change: AlterTableChange, context: DdlContext): Statement {
  const table = quoteIdentifier(change.table.name);
  switch (change.kind) {
    case 'drop-column':
      return {
        sql: `alter table ${table} drop column ${quoteIdentifier(change.column.name)}`,
        description: `Drops the column "${change.column.name}" of ${table}.`,
      };
    case 'alter-column': {
      const column = `alter table ${table} alter column ${quoteIdentifier(change.to.name)}`;
      const [set, drop] = [`${column} set not null`, `${column} drop not null`];
      return {
        sql: change.to.nullable ? drop : set,
        description: `Makes the column "${change.to.name}" of ${table} ${change.to.nullable ? 'nullable' : 'required'}.`,
      };
    }
    case 'fill-column':
      return fillStatement(change, context);
    case 'add-index':
      return {
        sql: createIndexSql(change.table, change.index),
        description: `Creates the index "${change.index.name}" of ${table}.`,
      };
    case 'drop-index':
      return {
        sql: dropIndexSql(change.index.name),
        description: `Drops the index "${change.index.name}" of ${table}.`,
      };
    case 'drop-check':
      return {
        sql: `alter table ${table} drop constraint ${quoteIdentifier(change.check.name ?? '')}`,
        description: `Drops the check "${change.check.name ?? ''}" of ${table}.`,
      };
    case 'create-trigger':
      return {
        sql: createTriggerSql(change.table, change.trigger),
        description: `Creates the trigger "${change.trigger.name}" on ${table}.`,
      };
    case 'drop-trigger':
      return {
        sql: `drop trigger ${quoteIdentifier(change.trigger.name)}`,
        description: `Drops the trigger "${change.trigger.name}" of ${table}.`,
      };
    case 'add-column':
    case 'add-check':
    case 'rename-index':
    case 'add-foreign-key':
    case 'set-primary-key':
    case 'add-unique':
    case 'drop-unique':
    case 'drop-foreign-key':
    case 'add-exclusion':
    case 'drop-exclusion':
    case 'rename-constraint':
    case 'set-table-comment':
    case 'set-table-options':
      throw new Error(`SQLite cannot carry out ${change.kind} in place.`);
  }
}

function dropIndexSql(name: string): string {
  return `drop index ${quoteIdentifier(name)}`;
}
