import {
  alterColumn,
  type AlterColumn,
  type AlterTableChange,
  type Column,
  type DdlContext,
  displayName,
  findTable,
  type ObjectName,
  type Statement,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { wayOf } from './alter-column.js';
import { type Clause, drop, modify } from './clause.js';
import { columnSql } from './column.js';
import { asText, goesOverText } from './over-text.js';
import { quoteIdentifier, quoteTable } from './quote.js';

const { foldName } = comparison;

/** A column that stops being computed, and the one that holds its values until it takes its place. */
interface Replacement {
  readonly change: AlterColumn;
  readonly spare: Column;
}

/**
 * Copies the values of virtual columns beside them. A column that is computed from the one it stands for gets them from
 * the server, those of rows that are inserted meanwhile as well, and no trigger runs.
 */
export function replacementStatements(
  table: ObjectName,
  changes: readonly AlterTableChange[],
  context: DdlContext,
  syntax: Syntax,
): readonly Pick<Statement, 'sql' | 'description'>[] {
  const replacements = replacementsOf(table, changes, context);
  if (replacements.length === 0) return [];
  const clauses = replacements.map(
    ({ change, spare }) => `add column ${columnSql(spare, syntax)} after ${quoteIdentifier(change.from.name)}`,
  );
  return [
    {
      sql: `alter table ${quoteTable(table)}\n  ${clauses.join(',\n  ')}`,
      description: `Stores the values of columns of "${displayName(table)}" that stop being computed.`,
    },
  ];
}

/** Lets the columns with the values take the places of those that are no longer computed. */
export function replacementClauses(
  table: ObjectName,
  changes: readonly AlterTableChange[],
  context: DdlContext,
  syntax: Syntax,
): readonly Clause[] {
  return replacementsOf(table, changes, context).flatMap(({ change, spare }) => [
    drop(`drop column ${quoteIdentifier(change.from.name)}`),
    modify(alterColumn(change.from, change), spare, syntax),
  ]);
}

function replacementsOf(
  table: ObjectName,
  changes: readonly AlterTableChange[],
  { actual, target }: DdlContext,
): readonly Replacement[] {
  const columns = [actual, target].flatMap((schema) => findTable(schema, table, comparison)?.columns ?? []);
  const taken = new Set(columns.map(({ name }) => foldName(name)));
  let number = 0;
  const freeName = (): string => {
    do number += 1;
    while (taken.has(`dovetail_kept_${number}`));
    return `dovetail_kept_${number}`;
  };
  return changes
    .filter((change) => change.kind === 'alter-column')
    .filter((change) => wayOf(change) === 'replaced')
    .map((change) => ({ change, spare: spareOf(change, freeName()) }));
}

function spareOf({ from, to }: AlterColumn, name: string): Column {
  const { type, charset, collation } = goesOverText(from.type, to.type) ? asText(from) : from;
  const generated = { expression: quoteIdentifier(from.name), stored: true };
  return { name, type, charset, collation, nullable: true, generated };
}
