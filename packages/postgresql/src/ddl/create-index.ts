import type { Index, IndexPart, ObjectName, Statement } from '@dovetail/core/driver';
import { dutyStatements } from './duties.js';
import { quoteIdentifier, quoteIdentifiers, quoteName, quoteString } from './quote.js';

/** The statement that creates an index of the table or materialized view. */
export function createIndexSql(table: ObjectName, index: Index): string {
  const { name, unique, parts, where, include, type, nullsNotDistinct, storage } = index;
  const settings = Object.entries(storage ?? {}).map(([setting, value]) => `${setting} = ${value}`);
  return [
    `create ${unique ? 'unique index' : 'index'} ${quoteIdentifier(name)} on ${quoteName(table)}`,
    type !== undefined && `using ${type}`,
    `(${parts.map(partSql).join(', ')})`,
    include !== undefined && `include ${quoteIdentifiers(include)}`,
    nullsNotDistinct === true && 'nulls not distinct',
    settings.length > 0 && `with (${settings.join(', ')})`,
    where !== undefined && `where ${where}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function partSql(part: IndexPart): string {
  return [
    'column' in part ? quoteIdentifier(part.column) : `(${part.expression})`,
    part.collation !== undefined && `collate ${quoteIdentifier(part.collation)}`,
    part.opclass,
    part.sort,
    part.nulls !== undefined && `nulls ${part.nulls}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The name of an index, which is in the namespace of its table. */
export function indexName({ schema }: ObjectName, { name }: Index): string {
  return quoteName({ schema, name });
}

/** The statement that comments an index; none where there is nothing to say. */
function indexCommentSql(table: ObjectName, index: Index): string[] {
  return index.comment === undefined
    ? []
    : [`comment on index ${indexName(table, index)} is ${quoteString(index.comment)}`];
}

/** Creates the index, and comments it. */
export function createIndexStatements(table: ObjectName, index: Index): Statement[] {
  const description = `Creates the index "${index.name}" on "${table.name}".`;
  return [
    { sql: createIndexSql(table, index), description },
    ...indexCommentSql(table, index).map((sql): Statement => ({ sql, description: `Comments "${index.name}".` })),
    ...dutyStatements(table, index),
  ];
}
