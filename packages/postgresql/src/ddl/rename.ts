import { displayName, type RenameChange, type Statement } from '@dovetail/core/driver';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';

/** The statement of a rename. */
export function renameStatement(change: RenameChange): Statement {
  const { sql, object } = partsOf(change);
  return { sql, description: `Renames ${object} to "${change.to}".` };
}

interface RenameParts {
  readonly sql: string;
  /** What is renamed, as a person reads it. */
  readonly object: string;
}

function partsOf(change: RenameChange): RenameParts {
  const to = quoteIdentifier(change.to);
  switch (change.kind) {
    case 'rename-namespace':
      return {
        sql: `alter schema ${quoteIdentifier(change.namespace)} rename to ${to}`,
        object: `the schema "${change.namespace}"`,
      };
    case 'rename-enum':
      return {
        sql: `alter type ${quoteName(change.enum)} rename to ${to}`,
        object: `the enum "${displayName(change.enum)}"`,
      };
    case 'rename-table':
      return {
        sql: `alter table ${quoteName(change.table)} rename to ${to}`,
        object: `the table "${displayName(change.table)}"`,
      };
    case 'rename-column':
      return {
        sql: `alter table ${quoteName(change.table)} rename column ${quoteIdentifier(change.from)} to ${to}`,
        object: `the column "${change.from}" of "${displayName(change.table)}"`,
      };
    case 'rename-enum-value':
      return {
        sql: `alter type ${quoteName(change.enum)} rename value ${quoteString(change.from)} to ${quoteString(change.to)}`,
        object: `the value "${change.from}" of the enum "${displayName(change.enum)}"`,
      };
  }
}
