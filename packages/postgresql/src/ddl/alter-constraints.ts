import type { AlterTableChange, ObjectName, PrimaryKey, Statement } from '@dovetail/core/driver';
import { dynamicSql } from './dynamic-sql.js';
import { checkSql, exclusionSql, foreignKeySql, primaryKeySql, uniqueSql } from './create-table.js';
import { dutyStatements } from './duties.js';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';

/** A change that adds, drops or renames a constraint. */
export type ConstraintChange = Extract<
  AlterTableChange,
  {
    readonly kind:
      | 'set-primary-key'
      | 'add-unique'
      | 'drop-unique'
      | 'add-foreign-key'
      | 'drop-foreign-key'
      | 'add-check'
      | 'drop-check'
      | 'add-exclusion'
      | 'drop-exclusion'
      | 'rename-constraint';
  }
>;

export function alterConstraintStatements(change: ConstraintChange): Statement[] {
  const { table } = change;
  switch (change.kind) {
    case 'set-primary-key':
      return [
        ...(change.from === undefined ? [] : [dropPrimaryKey(table, change.from)]),
        ...(change.to === undefined
          ? []
          : [add(table, primaryKeySql(change.to), 'primary key'), ...dutyStatements(table, change.to)]),
      ];
    case 'add-unique':
      return [
        add(table, uniqueSql(change.unique), named('unique', change.unique)),
        ...dutyStatements(table, change.unique),
      ];
    case 'drop-unique':
      return [drop(table, change.unique, named('unique', change.unique))];
    case 'add-foreign-key':
      return [add(table, foreignKeySql(change.foreignKey), named('foreign key', change.foreignKey))];
    case 'drop-foreign-key':
      return [drop(table, change.foreignKey, named('foreign key', change.foreignKey))];
    case 'add-check':
      return [add(table, checkSql(change.check), named('check', change.check))];
    case 'drop-check':
      return [drop(table, change.check, named('check', change.check))];
    case 'add-exclusion':
      return [add(table, exclusionSql(change.exclusion), named('exclusion', change.exclusion))];
    case 'drop-exclusion':
      return [drop(table, change.exclusion, named('exclusion', change.exclusion))];
    case 'rename-constraint': {
      const { constraint, from, to } = change;
      return [
        {
          sql: `alter table ${quoteName(table)} rename constraint ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`,
          description: `Renames the ${constraint} "${from}" of "${table.name}" to "${to}".`,
        },
      ];
    }
  }
}

interface Constraint {
  readonly name?: string | undefined;
}

function named(kind: string, { name = '' }: Constraint): string {
  return `${kind} "${name}"`;
}

function add(table: ObjectName, definition: string, what: string): Statement {
  return {
    sql: `alter table ${quoteName(table)} add ${definition}`,
    description: `Adds the ${what} to "${table.name}".`,
  };
}

function drop(table: ObjectName, { name = '' }: Constraint, what: string): Statement {
  return {
    sql: `alter table ${quoteName(table)} drop constraint ${quoteIdentifier(name)}`,
    description: `Drops the ${what} of "${table.name}".`,
  };
}

function dropPrimaryKey(table: ObjectName, key: PrimaryKey): Statement {
  return key.name === undefined
    ? { sql: dropUnnamedKeySql(table), description: `Drops the primary key of "${table.name}".` }
    : drop(table, key, 'primary key');
}

/** PostgreSQL has named the key itself, and the name is known to the catalog alone. */
function dropUnnamedKeySql(table: ObjectName): string {
  const name = quoteString(quoteName(table));
  const key = `select conname from pg_constraint where conrelid = ${name}::regclass and contype = 'p'`;
  return dynamicSql(`format('alter table %s drop constraint %I', ${name}, (${key}))`);
}
