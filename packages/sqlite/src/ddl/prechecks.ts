import {
  type Change,
  type DdlContext,
  type IndexPart,
  type Precheck,
  type PrecheckDialect,
  standardPrechecks,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { conversionPrechecks } from './conversion-prechecks.js';
import { stored } from './conversion.js';
import { quoteIdentifier } from './quote.js';

const dialect: PrecheckDialect = {
  fold: comparison.foldName,
  quote: quoteIdentifier,
  table: ({ name }) => quoteIdentifier(name),
  stored,
  mentions: comparison.mentions,
  indexKey,
};

/** The queries that must find nothing before the change may run. */
export function prechecks(change: Change, context: DdlContext): Precheck[] {
  return [...standardPrechecks(change, context, dialect), ...conversionPrechecks(change, context)];
}

function indexKey(part: IndexPart): string {
  const key = 'column' in part ? quoteIdentifier(part.column) : `(${part.expression})`;
  return part.collation === undefined ? key : `${key} collate ${quoteIdentifier(part.collation)}`;
}
