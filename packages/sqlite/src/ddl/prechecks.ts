import { type Change, type DdlContext, type Precheck, standardPrechecks } from '@dovetail/core/driver';
import { conversionPrechecks } from './conversion-prechecks.js';
import { dialect } from './precheck-dialect.js';

/** The queries that must find nothing before the change may run. */
export function prechecks(change: Change, context: DdlContext): Precheck[] {
  return [...standardPrechecks(change, context, dialect), ...conversionPrechecks(change, context)];
}
