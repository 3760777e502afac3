import { type AlterTableChange, DovetailError, type ObjectName, type Statement } from '@dovetail/core/driver';
import { alterColumnStatements, completeColumn } from './alter-column.js';
import { alterConstraintStatements } from './alter-constraints.js';
import { createIndexStatements, indexName } from './create-index.js';
import { columnSql, tableCommentSql } from './create-table.js';
import { createTrigger, dropTrigger } from './create-trigger.js';
import { dynamicSql } from './dynamic-sql.js';
import { fillStatement } from './fill.js';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';

/** The statements that carry out a change of one table, in order. */
export function alterTableStatements(change: AlterTableChange): Statement[] {
  const { table } = change;
  switch (change.kind) {
    case 'add-column':
      return addColumn(change);
    case 'drop-column': {
      const { name } = change.column;
      return [
        {
          sql: `alter table ${quoteName(table)} drop column ${quoteIdentifier(name)}`,
          description: `Drops the column "${name}" of "${table.name}".`,
        },
      ];
    }
    case 'alter-column':
      return alterColumnStatements(change);
    case 'fill-column':
      return [fillStatement(change)];
    case 'add-index':
      return createIndexStatements(table, change.index);
    case 'drop-index':
    case 'rename-index':
      return [indexStatement(change)];
    case 'create-trigger':
      return createTrigger(table, change.trigger);
    case 'drop-trigger':
      return [dropTrigger(table, change.trigger)];
    case 'set-table-comment':
      return [{ sql: tableCommentSql(table, change.to), description: `Changes the comment of "${table.name}".` }];
    case 'set-table-options':
      return optionStatements(change);
    default:
      return alterConstraintStatements(change);
  }
}

type ChangeOf<Kind extends AlterTableChange['kind']> = Extract<AlterTableChange, { readonly kind: Kind }>;

function addColumn({ table, column }: ChangeOf<'add-column'>): Statement[] {
  const added: Statement = {
    sql: `alter table ${quoteName(table)} add column ${columnSql(column)}`,
    description: `Adds the column "${column.name}" to "${table.name}".`,
  };
  return [added, ...completeColumn(table, column)];
}

function indexStatement(change: ChangeOf<'drop-index' | 'rename-index'>): Statement {
  const { table } = change;
  if (change.kind === 'drop-index') {
    return {
      sql: `drop index ${indexName(table, change.index)}`,
      description: `Drops the index "${change.index.name}" of "${table.name}".`,
    };
  }
  const { from, to } = change;
  return {
    sql: `alter index ${indexName(table, from)} rename to ${quoteIdentifier(to.name)}`,
    description: `Renames the index "${from.name}" of "${table.name}" to "${to.name}".`,
  };
}

function optionStatements({ table, from, to }: ChangeOf<'set-table-options'>): Statement[] {
  const { unlogged, tablespace, partitionBy } = to;
  if (partitionBy !== undefined) throw partitionError(table, partitionBy);
  const alter = `alter table ${quoteName(table)}`;
  const statements: Statement[] = [];
  if (unlogged !== undefined) {
    const kind = unlogged ? 'unlogged' : 'logged';
    statements.push({ sql: `${alter} set ${kind}`, description: `Makes "${table.name}" ${kind}.` });
  }
  if (tablespace !== undefined) {
    statements.push({
      sql: `${alter} set tablespace ${quoteIdentifier(tablespace)}`,
      description: `Moves "${table.name}" to the tablespace "${tablespace}".`,
    });
  } else if (from.tablespace !== undefined) {
    statements.push({
      sql: defaultTablespaceSql(table),
      description: `Moves "${table.name}" to the default tablespace.`,
    });
  }
  return statements;
}

function partitionError(table: ObjectName, partitionBy: string): DovetailError {
  return new DovetailError('unsupported-feature', 'PostgreSQL cannot change how a table is partitioned.', [
    {
      where: table.name,
      what: `is to be partitioned by ${partitionBy}`,
      remedy: 'Make a new table, move the rows, and drop the old one.',
    },
  ]);
}

/** A database has a tablespace of its own, which the catalog alone knows. */
function defaultTablespaceSql(table: ObjectName): string {
  const tablespace =
    'select s.spcname from pg_database d join pg_tablespace s on s.oid = d.dattablespace where d.datname = current_database()';
  return dynamicSql(`format('alter table %s set tablespace %I', ${quoteString(quoteName(table))}, (${tablespace}))`);
}
