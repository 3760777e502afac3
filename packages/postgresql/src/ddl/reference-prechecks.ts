import {
  type Change,
  type DdlContext,
  displayName,
  findTable,
  type ForeignKey,
  type ObjectName,
  originalTable,
  type Precheck,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { quoteIdentifiers, quoteName, quoteString } from './quote.js';

/**
 * Whether the foreign keys of a change may reference tables of other roles, which takes the privilege REFERENCES on the
 * columns (postgresql.org/docs/current/ddl-priv.html). The others need not be run then: they may not be allowed.
 */
export function referencePrechecks(change: Change, context: DdlContext, others: readonly Precheck[]): Precheck[] {
  const own = addedBy(change).flatMap(([table, foreignKey]) => referencePrecheck(table, foreignKey, context) ?? []);
  const needs = own.map(({ object }) => object);
  return [...own, ...others.map((other) => ({ ...other, needs: [...(other.needs ?? []), ...needs] }))];
}

function addedBy(change: Change): readonly (readonly [ObjectName, ForeignKey])[] {
  switch (change.kind) {
    case 'create-table':
      return change.table.foreignKeys.map((foreignKey) => [change.table, foreignKey]);
    case 'add-foreign-key':
      return [[change.table, change.foreignKey]];
    default:
      return [];
  }
}

function referencePrecheck(
  table: ObjectName,
  { name, columns, references }: ForeignKey,
  context: DdlContext,
): Precheck | undefined {
  const owner = findTable(context.actual, references.table, comparison)?.owner;
  if (owner === undefined) return undefined;
  const relation = quoteString(quoteName(originalTable(references.table, context, comparison)));
  const wanted = `array[${references.columns.map(quoteString).join(', ')}]::text[]`;
  const target = displayName(references.table);
  return {
    kind: 'may-fail',
    object: `${displayName(table)}.${name ?? columns.join(', ')}`,
    sql: `select 1 from unnest(${wanted}) as wanted (name)
      where not pg_catalog.has_column_privilege(${relation}, wanted.name, 'references')`,
    limit: references.columns.length,
    key: [],
    message: {
      one: `column of "${target}" may not be referenced, for another role, "${owner}", owns the table`,
      other: `columns of "${target}" may not be referenced, for another role, "${owner}", owns the table`,
    },
    remedy: `let its owner run: grant references ${quoteIdentifiers(references.columns)} on ${quoteName(references.table)} to the role that you connect as`,
  };
}
