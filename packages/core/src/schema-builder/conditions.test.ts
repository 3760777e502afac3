import { expect, it } from 'vitest';
import type { ConditionMetadata } from '../metadata/entity-metadata.js';
import { build, column, entity, index } from './fictitious-database.fixture.js';

const author = entity('Author', {
  columns: [column('Author.id'), column('Author.name', { type: { kind: 'logical', type: 'string' } })],
});

function whereOf(where: ConditionMetadata): string | undefined {
  return build([{ ...author, indexes: [index('Author', ['name'], { where })] }]).tables[0]?.indexes[0]?.where;
}

const one: ConditionMetadata = {
  kind: 'comparison',
  column: 'id',
  operator: '>',
  value: { kind: 'number', value: '1' },
};
const nameless: ConditionMetadata = { kind: 'null', column: 'name', negated: false };

it.each<[string, ConditionMetadata, string]>([
  ['SQL stays as it is', { kind: 'expression', sql: 'lower(name) > 1' }, 'lower(name) > 1'],
  ['a value is a literal of its column', one, '<id> > {"kind":"number","value":"1"} as integer'],
  [
    'a list has a literal for each value',
    { kind: 'in', column: 'name', values: [{ kind: 'string', value: 'a' }], negated: true },
    '<name> not in ({"kind":"string","value":"a"} as string)',
  ],
  ['null is tested', nameless, '<name> is null'],
  ['and so is its absence', { ...nameless, negated: true }, '<name> is not null'],
  ['a denial is in parentheses', { kind: 'not', condition: nameless }, 'not (<name> is null)'],
  [
    'alternatives keep together',
    { kind: 'and', conditions: [nameless, { kind: 'or', conditions: [nameless, nameless] }] },
    '<name> is null and (<name> is null or <name> is null)',
  ],
])('%s', (_, where, expected) => {
  expect(whereOf(where)).toBe(expected);
});
