import type { IndexFilter } from '../decorators/index-filter.js';
import type { DefaultValue } from '../driver.js';
import { toDefaultValue } from './default-value.js';
import type { ConditionMetadata } from './entity-metadata.js';
import type { Scope } from './scope.js';

const comparisons = new Map([
  ['$gt', '>'],
  ['$gte', '>='],
  ['$lt', '<'],
  ['$lte', '<='],
] as const);

const known = '$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $not, $and and $or';

/** Makes a condition of a filter over the properties in scope. Throws an `Error` that says what it can't be made of. */
export function filterCondition(filter: IndexFilter, scope: Scope): ConditionMetadata {
  return filterOf(filter, '', scope);
}

/** `before` is the path of the embedded object that the filter is about, ended by a dot. */
function filterOf(filter: unknown, before: string, scope: Scope): ConditionMetadata {
  return all(entriesOf(filter).map(([key, value]) => entryOf(key, value, before, scope)));
}

function entryOf(key: string, value: unknown, before: string, scope: Scope): ConditionMetadata {
  switch (key) {
    case '$and':
      return all(listOf(key, value).map((filter) => filterOf(filter, before, scope)));
    case '$or':
      return { kind: 'or', conditions: listOf(key, value).map((filter) => filterOf(filter, before, scope)) };
    case '$not':
      return { kind: 'not', condition: filterOf(value, before, scope) };
    default:
      if (key.startsWith('$')) throw new Error(`"${key}" is where a property is expected; \`{ price: { $gt: 0 } }\``);
      return propertyOf(before + key, value, scope);
  }
}

function propertyOf(path: string, value: unknown, scope: Scope): ConditionMetadata {
  const columns = scope.columnsOf(path);
  const [column] = columns ?? [];
  if (column === undefined) throw new Error(`"${path}" is not a property with a column`);
  if (isRecord(value) && !Object.keys(value).some((key) => key.startsWith('$')) && scope.isEmbedded(path)) {
    return filterOf(value, `${path}.`, scope);
  }
  if (columns?.length !== 1) throw new Error(`"${path}" has several columns: ${columns?.join(', ') ?? ''}`);
  return isRecord(value)
    ? all(entriesOf(value).map(([operator, operand]) => operation(operator, operand, column)))
    : equality(value, column, false);
}

function operation(operator: string, operand: unknown, column: string): ConditionMetadata {
  switch (operator) {
    case '$eq':
    case '$in':
      return equality(operand, column, false);
    case '$ne':
    case '$nin':
      return equality(operand, column, true);
    case '$not':
      return { kind: 'not', condition: all(entriesOf(operand).map(([name, value]) => operation(name, value, column))) };
    default: {
      const comparison = [...comparisons].find(([name]) => name === operator)?.[1];
      if (comparison === undefined) throw new Error(`"${operator}" is not one of ${known}`);
      return { kind: 'comparison', column, operator: comparison, value: comparable(operand) };
    }
  }
}

/** A list means that it is one of them. */
function equality(value: unknown, column: string, negated: boolean): ConditionMetadata {
  if (value === null) return { kind: 'null', column, negated };
  if (Array.isArray(value)) return { kind: 'in', column, values: listOf('$in', value).map(comparable), negated };
  return { kind: 'comparison', column, operator: negated ? '<>' : '=', value: comparable(value) };
}

/** Null is neither equal to nor less than anything, and the time of a moment is not that of the next. */
function comparable(value: unknown): DefaultValue {
  const made = value === undefined ? undefined : toDefaultValue(value);
  if (made === undefined || made.kind === 'null' || made.kind === 'json' || made.kind === 'now') {
    throw new Error(`${JSON.stringify(value)} is not a value that columns are compared with`);
  }
  return made;
}

function all(conditions: readonly ConditionMetadata[]): ConditionMetadata {
  const [only] = conditions;
  return only !== undefined && conditions.length === 1 ? only : { kind: 'and', conditions };
}

function entriesOf(filter: unknown): [string, unknown][] {
  const entries = isRecord(filter) ? Object.entries(filter) : [];
  if (entries.length === 0) throw new Error('there is nothing in it where a condition is expected');
  return entries;
}

function listOf(operator: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error(`"${operator}" needs a list that is not empty`);
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  );
}
