import {
  type Change,
  type DdlContext,
  isKeyword,
  type Precheck,
  type PrecheckDialect,
  standardPrechecks,
} from '@dovetail/core/driver';
import type { Syntax } from '../flavour.js';
import { tokenize } from '../lexer.js';
import { brokenReaders } from './broken-readers.js';
import { computedValues } from './computed-values.js';
import { alteredValues, inheritedCollations } from './converted-columns.js';
import { dialectOfCollations, precheckDialect } from './precheck-dialect.js';
import { unlikeCollations } from './refused-foreign-keys.js';
import { withStatedCollations } from './stated-collations.js';

/** What the change would fail on or lose: the server is strict here, and refuses most of it in the middle of an update. */
export function prechecks(change: Change, context: DdlContext, syntax: Syntax): Precheck[] {
  return [
    ...standardPrechecks(change, withStatedCollations(context), dialectFor(change, syntax)),
    ...ownPrechecks(change, context, syntax),
    ...computedValues(change, context, precheckDialect(syntax), syntax),
    ...brokenReaders(change, context),
  ];
}

function dialectFor(change: Change, syntax: Syntax): PrecheckDialect {
  const statesCollation =
    change.kind === 'add-check' && tokenize(change.check.expression).some((token) => isKeyword(token, 'collate'));
  return statesCollation ? dialectOfCollations(syntax) : precheckDialect(syntax);
}

function ownPrechecks(change: Change, context: DdlContext, syntax: Syntax): readonly Precheck[] {
  switch (change.kind) {
    case 'alter-column':
      return alteredValues(change, context, syntax);
    case 'create-table':
    case 'add-foreign-key':
      return unlikeCollations(change, context);
    case 'set-table-options':
      return inheritedCollations(change, context, syntax);
    default:
      return [];
  }
}
