import type { Comparison } from '../driver.js';
import { DovetailError, type Problem } from '../errors.js';
import type { Change } from '../model/change.js';
import { describeObject } from '../model/describe-object.js';
import { displayName, objectKey } from '../model/names.js';
import type { Column, ForeignKey, ObjectName, Schema } from '../model/schema.js';
import type { ComparisonInput, Difference } from './compare.js';

/** What the entities want outside of the part that is updated. */
interface Outside {
  readonly kind: 'table' | 'view' | 'enum';
  readonly name: ObjectName;
}

/**
 * Refuses the update of one schema where it needs what another one does not have yet: its statement would fail.
 *
 * @param wanted what the entities want in all schemas
 * @throws DovetailError `precheck-failed`.
 */
export async function rejectUnmet(
  { changes }: Difference,
  wanted: () => Schema,
  input: ComparisonInput,
): Promise<void> {
  const { driver, connection, desired, scope, options } = input;
  const { schema } = options;
  if (schema === undefined || changes.length === 0) return;
  const all = wanted();
  const outside = without(all, desired, driver.comparison);
  const needs = changes.flatMap((change) =>
    outside.filter((each) => isNeeded(each, change, desired, driver.comparison)).map((each) => ({ each, change })),
  );
  if (needs.length === 0) return;
  const existing = await driver.introspect(connection, { namespaces: all.namespaces });
  const missing = new Set(without(all, existing, driver.comparison).map(({ name }) => name));
  const problems = needs
    .filter(({ each }) => missing.has(each.name))
    .map(({ each, change }): Problem => describe(each, change, schema, scope.defaultSchema));
  if (problems.length === 0) return;
  throw new DovetailError('precheck-failed', 'The update is refused. Nothing has been changed.', problems);
}

/** The objects that only the first of two schemas has. */
function without(schema: Schema, other: Schema, comparison: Comparison): readonly Outside[] {
  const lacking = (kind: Outside['kind'], own: readonly ObjectName[], others: readonly ObjectName[]): Outside[] => {
    const keys = new Set(others.map((name) => objectKey(name, comparison)));
    return own.filter((name) => !keys.has(objectKey(name, comparison))).map((name) => ({ kind, name }));
  };
  return [
    ...lacking('table', schema.tables, other.tables),
    ...lacking('view', schema.views, other.views),
    ...lacking('enum', schema.enums, other.enums),
  ];
}

function describe({ kind, name }: Outside, change: Change, schema: string, defaultSchema: string | undefined): Problem {
  const other = name.schema ?? defaultSchema ?? '';
  return {
    where: describeObject(change),
    what: `needs the ${kind} ${displayName(name)}, which is not there yet and is no part of the schema "${schema}"`,
    remedy: `leave out the option schema, so that all are updated; or update the schema "${other}" first`,
  };
}

function isNeeded(outside: Outside, change: Change, desired: Schema, comparison: Comparison): boolean {
  switch (change.kind) {
    case 'create-table':
      return (
        change.table.foreignKeys.some((key) => isReferenced(outside, key, comparison)) ||
        change.table.columns.some((column) => isTypeOf(outside, column, desired, comparison))
      );
    case 'add-foreign-key':
      return isReferenced(outside, change.foreignKey, comparison);
    case 'add-column':
      return isTypeOf(outside, change.column, desired, comparison);
    case 'alter-column':
      return isTypeOf(outside, change.to, desired, comparison);
    case 'create-view':
      return outside.kind !== 'enum' && isNamed(outside, change.view.definition, desired, comparison);
    case 'replace-view':
      return outside.kind !== 'enum' && isNamed(outside, change.to.definition, desired, comparison);
    default:
      return false;
  }
}

function isReferenced({ kind, name }: Outside, { references }: ForeignKey, comparison: Comparison): boolean {
  return kind === 'table' && objectKey(name, comparison) === objectKey(references.table, comparison);
}

function isTypeOf(outside: Outside, { type }: Column, desired: Schema, comparison: Comparison): boolean {
  return outside.kind === 'enum' && isNamed(outside, type, desired, comparison);
}

/** A bare name may mean another object of that name, which is there. */
function isNamed({ name }: Outside, text: string, desired: Schema, { mentions, foldTableName }: Comparison): boolean {
  if (!mentions(text, name.name)) return false;
  if (name.schema !== undefined) return mentions(text, name.schema);
  const fold = foldTableName(name.name);
  return ![...desired.tables, ...desired.views, ...desired.enums].some((known) => foldTableName(known.name) === fold);
}
