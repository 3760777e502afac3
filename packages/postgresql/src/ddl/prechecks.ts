import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  displayName,
  type EnumType,
  type ObjectName,
  originalColumn,
  type Precheck,
  type PrecheckDialect,
  precheckPresent,
  rowsThat,
  sameObject,
  standardPrechecks,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { canonicalType } from '../type-name.js';
import { conversionSql } from './casts.js';
import { type LossCondition, lossConditions, mergesValues } from './conversions.js';
import { columnsOfEnum, printEnum } from './enums.js';
import { dependentsPrecheck } from './dependents.js';
import { ownerPrechecks } from './owner-prechecks.js';
import { quoteIdentifier, quoteName, quoteString } from './quote.js';
import { referencePrechecks } from './reference-prechecks.js';
import { isDetached } from './touched-columns.js';

const dialect: PrecheckDialect = {
  names: comparison,
  quote: quoteIdentifier,
  table: quoteName,
  indexKey: (part) => ('column' in part ? quoteIdentifier(part.column) : `(${part.expression})`),
  stored: (value, to, from) => collated(converted(value, to, from), to),
  mentions: comparison.mentions,
  mergesValues: (from, to) =>
    from.collation !== to.collation || (!comparison.sameType(from.type, to.type) && mergesValues(from.type, to.type)),
  // Where a row is in its table, until it is updated (postgresql.org/docs/current/ddl-system-columns.html).
  rowPlace: () => [{ name: 'ctid', expression: 'ctid::text' }],
};

function converted(value: string, to: Column, from: Column | undefined): string {
  if (from === undefined) return `(${value})::${to.type}`;
  return comparison.sameType(from.type, to.type) ? value : conversionSql(value, from.type, to.type);
}

function collated(value: string, { collation }: Column): string {
  return collation === undefined ? value : `${value} collate ${quoteIdentifier(collation)}`;
}

export function prechecks(change: Change, context: DdlContext): Precheck[] {
  return ownerPrechecks(change, context, referencePrechecks(change, context, prechecksOfRows(change, context)));
}

function prechecksOfRows(change: Change, context: DdlContext): Precheck[] {
  switch (change.kind) {
    case 'alter-column':
      return [
        ...standardPrechecks(change, context, hasNewType(change.table, context) ? dialectOfNewTypes : dialect),
        ...(change.attributes.includes('type') ? conversionPrechecks(change, context) : []),
        ...(isDetached(change) ? [dependentsPrecheck({ table: change.table, column: change.to }, context)] : []),
      ];
    case 'drop-column':
      return [...standardPrechecks(change, context, dialect), dependentsPrecheck(change, context)];
    case 'alter-enum':
      return removedValuePrechecks(change.from, change.to, context);
    case 'add-check':
    case 'add-unique':
    case 'add-index':
      return hasNewType(change.table, context) ? [] : standardPrechecks(change, context, dialect);
    default:
      return standardPrechecks(change, context, dialect);
  }
}

/** The rows can't be seen with a type that is not there yet. */
const dialectOfNewTypes: PrecheckDialect = { ...dialect, mergesValues: () => false };

function hasNewType(table: ObjectName, { before, target }: DdlContext): boolean {
  const known = new Map(before.enums.map((type) => [printEnum(type), type.items.join('\0')]));
  const changed = new Set(
    target.enums.filter((type) => known.get(printEnum(type)) !== type.items.join('\0')).map(printEnum),
  );
  const columns = target.tables.find((candidate) => sameObject(candidate, table, comparison))?.columns ?? [];
  return columns.some(({ type }) => changed.has(canonicalType(type).replace('[]', '')));
}

function conversionPrechecks({ table, from, to }: AlterColumn, context: DdlContext): Precheck[] {
  if (to.generated !== undefined) return [];
  const column = quoteIdentifier(originalColumn(table, to.name, context, comparison));
  return conditionsOf(column, from, to, context).map(({ kind, sql, prepare }) =>
    precheckPresent(
      {
        kind,
        ...(prepare && { prepare }),
        object: `${displayName(table)}.${to.name}`,
        table,
        condition: sql,
        message: rowsThat(
          'hold',
          `a value that ${kind === 'may-fail' ? 'is no' : 'would not be the same as'} ${to.type}`,
        ),
        remedy:
          kind === 'may-fail'
            ? 'correct them first, or choose another type'
            : "correct them first, or allow it: allow: ['data-loss']",
      },
      context,
      dialect,
    ),
  );
}

/** An enum may be new, or have other values by then, so that nothing can be cast to it yet. */
function conditionsOf(column: string, from: Column, to: Column, { target }: DdlContext): readonly LossCondition[] {
  const wantedType = canonicalType(to.type);
  const isOfArrays = wantedType.endsWith('[]') && canonicalType(from.type).endsWith('[]');
  const name = isOfArrays ? wantedType.slice(0, -2) : wantedType;
  const wanted = target.enums.find((type) => printEnum(type) === name);
  if (wanted === undefined) return lossConditions(column, from.type, to.type);
  const items = `array[${wanted.items.map(quoteString).join(', ')}]::text[]`;
  const isOther = (value: string): string => `${value}::text <> all (${items})`;
  const sql = isOfArrays ? `exists (select from unnest(${column}) as item where ${isOther('item')})` : isOther(column);
  return [{ kind: 'may-fail', sql }];
}

function removedValuePrechecks(from: EnumType, to: EnumType, context: DdlContext): Precheck[] {
  const removed = from.items.filter((item) => !to.items.includes(item));
  if (removed.length === 0) return [];
  const list = `array[${removed.map(quoteString).join(', ')}]::text[]`;
  return columnsOfEnum(context.actual, from).map(({ table, column }) => {
    const value = quoteIdentifier(originalColumn(table, column.name, context, comparison));
    const condition = canonicalType(column.type).endsWith('[]')
      ? `${value}::text[] && ${list}`
      : `${value}::text = any (${list})`;
    return precheckPresent(
      {
        kind: 'may-fail',
        object: `${displayName(table)}.${column.name}`,
        table,
        condition,
        message: rowsThat('hold', `a value that the enum "${to.name}" would no longer have: ${removed.join(', ')}`),
        remedy: 'give them another value first',
      },
      context,
      dialect,
    );
  });
}
