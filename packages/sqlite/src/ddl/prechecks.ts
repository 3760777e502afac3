import {
  type AlterColumn,
  type Change,
  countWhere,
  type DdlContext,
  type IndexPart,
  type Precheck,
  type PrecheckDialect,
  sameObject,
  standardPrechecks,
} from '@dovetail/core/driver';
import { type Affinity, affinityOf } from '../affinity.js';
import { comparison } from '../comparison.js';
import { quoteIdentifier } from './quote.js';

const dialect: PrecheckDialect = {
  fold: comparison.foldName,
  quote: quoteIdentifier,
  table: ({ name }) => quoteIdentifier(name),
  indexKey: (part) =>
    `${keyOf(part)}${part.collation === undefined ? '' : ` collate ${quoteIdentifier(part.collation)}`}`,
};

function keyOf(part: IndexPart): string {
  return 'column' in part ? quoteIdentifier(part.column) : `(${part.expression})`;
}

export function prechecks(change: Change, context: DdlContext): Precheck[] {
  return [
    ...standardPrechecks(change, context, dialect),
    ...(change.kind === 'alter-column' && change.attributes.includes('type')
      ? conversionPrechecks(change, context)
      : []),
  ];
}

/**
 * SQLite converts values to the affinity of their column (sqlite.org/datatype3.html#type_affinity). Most conversions
 * can be undone; those that can't lose something: `'007'` as a number, an integer beyond 2^53 as a real.
 */
function conversionPrechecks({ table, from, to }: AlterColumn, context: DdlContext): Precheck[] {
  if (from.generated !== undefined || to.generated !== undefined) return [];
  const object = `${table.name}.${to.name}`;
  const column = quoteIdentifier(to.name);
  const isStrict = context.target.tables.some(
    (candidate) => sameObject(candidate, table, comparison.foldName) && candidate.options.strict === true,
  );
  if (isStrict && to.type.toLowerCase() === 'any') return [];
  const affinity = affinityOf(to.type);
  const lossy = lossyCondition(column, affinity);
  const refused = isStrict ? refusedCondition(column, affinity) : undefined;
  return [
    ...(lossy === undefined
      ? []
      : [
          {
            kind: 'data-loss' as const,
            object,
            sql: countWhere(table, lossy, context, dialect),
            message: `rows hold a value that would not be the same as ${to.type}`,
            remedy: "correct them first, or allow it: allow: ['data-loss']",
          },
        ]),
    ...(refused === undefined
      ? []
      : [
          {
            kind: 'may-fail' as const,
            object,
            sql: countWhere(table, refused, context, dialect),
            message: `rows hold a value that is no ${to.type}, which the strict table would refuse`,
            remedy: 'correct them first',
          },
        ]),
  ];
}

function lossyCondition(column: string, affinity: Affinity): string | undefined {
  // `1.50` and `1.5` are the same number, so zeros that end a fraction are no loss.
  const plain = `case when instr(${column}, '.') > 0 then rtrim(rtrim(${column}, '0'), '.') else ${column} end`;
  const text = `typeof(${column}) = 'text' and ${isWellFormed(column, 'numeric')} and cast(cast(${column} as numeric) as text) <> ${plain}`;
  const integer = `typeof(${column}) = 'integer' and cast(cast(${column} as real) as integer) <> ${column}`;

  switch (affinity) {
    case 'integer':
    case 'numeric':
      return text;
    case 'real':
      return `(${text}) or (${integer})`;
    case 'text':
    case 'blob':
      return undefined;
  }
}

/**
 * A text equals its cast exactly where it is a well-formed number: the comparison applies numeric affinity to it, which
 * leaves other texts alone (sqlite.org/datatype3.html#type_conversions_prior_to_comparison).
 */
function isWellFormed(column: string, type: 'numeric' | 'integer' | 'real'): string {
  return `cast(${column} as ${type}) = ${column}`;
}

/** What a column of a STRICT table does not take (sqlite.org/stricttables.html). */
function refusedCondition(column: string, affinity: Affinity): string {
  switch (affinity) {
    case 'integer':
    case 'real':
      return `typeof(${column}) = 'blob' or not ${isWellFormed(column, affinity)}`;
    case 'numeric':
      return `typeof(${column}) = 'blob' or not ${isWellFormed(column, 'numeric')}`;
    case 'text':
      return `typeof(${column}) = 'blob'`;
    case 'blob':
      return `typeof(${column}) not in ('blob', 'null')`;
  }
}
