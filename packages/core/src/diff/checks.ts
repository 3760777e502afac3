import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf } from '../model/names.js';
import type { Check, Exclusion, Table } from '../model/schema.js';
import { matchByDefinition } from './match.js';
import { renameConstraints } from './rename-constraints.js';

export function diffChecks(actual: Table, desired: Table, { sameExpression, foldName }: Comparison): Change[] {
  const table = nameOf(actual);
  const same = (a: Check, b: Check): boolean =>
    sameExpression(a.expression, b.expression) &&
    (a.enforced ?? true) === (b.enforced ?? true) &&
    (a.noInherit ?? false) === (b.noInherit ?? false);

  const { removed, renamed, added } = matchByDefinition(actual.checks, desired.checks, same, foldName);
  return [
    ...removed.map((check): Change => ({ kind: 'drop-check', table, check })),
    ...renameConstraints(table, 'check', renamed),
    ...added.map((check): Change => ({ kind: 'add-check', table, check })),
  ];
}

export function diffExclusions(actual: Table, desired: Table, { sameExpression, foldName }: Comparison): Change[] {
  const table = nameOf(actual);
  const same = (a: Exclusion, b: Exclusion): boolean => sameExpression(a.definition, b.definition);

  const { removed, renamed, added } = matchByDefinition(actual.exclusions, desired.exclusions, same, foldName);
  return [
    ...removed.map((exclusion): Change => ({ kind: 'drop-exclusion', table, exclusion })),
    ...renameConstraints(table, 'exclusion', renamed),
    ...added.map((exclusion): Change => ({ kind: 'add-exclusion', table, exclusion })),
  ];
}
