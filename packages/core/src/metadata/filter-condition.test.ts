import { describe, expect, test } from 'vitest';
import {
  Embeddable,
  Embedded,
  Entity,
  Index,
  type IndexFilter,
  ManyToOne,
  PrimaryKey,
  Property,
} from '../decorators/index.js';
import { discoverOne, problemsOf } from './discover.fixture.js';
import type { EntityClass } from './entity-class.js';
import type { ConditionMetadata } from './entity-metadata.js';

@Embeddable()
class Address {
  @Property() city!: string;
  @Property() zip!: string;
}

function declared(where: IndexFilter): EntityClass {
  @Index({ properties: 'id', where })
  @Entity()
  class Person {
    @PrimaryKey() id!: number;
    @Property() age!: number;
    @Property({ nullable: true }) deletedAt?: Date;
    @Property({ name: 'state' }) status!: string;
    @Embedded() address!: Address;
    @ManyToOne(() => Person) parent!: object;
  }
  return Person;
}

async function conditionOf(where: IndexFilter): Promise<ConditionMetadata | undefined> {
  return (await discoverOne(declared(where))).indexes[0]?.where;
}

const number = (value: string): object => ({ kind: 'number', value });
const age = (operator: string, value: string): object => ({
  kind: 'comparison',
  column: 'age',
  operator,
  value: number(value),
});

describe('a filter', () => {
  test.each<[string, IndexFilter, unknown]>([
    [
      'a value',
      { status: 'on' },
      { kind: 'comparison', column: 'state', operator: '=', value: { kind: 'string', value: 'on' } },
    ],
    ['null', { deletedAt: null }, { kind: 'null', column: 'deleted_at', negated: false }],
    ['not null', { deletedAt: { $ne: null } }, { kind: 'null', column: 'deleted_at', negated: true }],
    ['another value', { age: { $ne: 1 } }, age('<>', '1')],
    ['a relation', { parent: 7 }, { kind: 'comparison', column: 'parent_id', operator: '=', value: number('7') }],
    ['a list', { age: [1, 2] }, { kind: 'in', column: 'age', values: [number('1'), number('2')], negated: false }],
    ['$nin', { age: { $nin: [1n] } }, { kind: 'in', column: 'age', values: [number('1')], negated: true }],
    [
      'several operators',
      { age: { $gte: 18, $lt: 65 } },
      { kind: 'and', conditions: [age('>=', '18'), age('<', '65')] },
    ],
    ['$gt and $lte', { age: { $gt: 1, $lte: 2 } }, { kind: 'and', conditions: [age('>', '1'), age('<=', '2')] }],
    ['$not of an operator', { age: { $not: { $eq: 1 } } }, { kind: 'not', condition: age('=', '1') }],
    ['$not of a filter', { $not: { age: 1 } }, { kind: 'not', condition: age('=', '1') }],
    ['$or', { $or: [{ age: 1 }, { age: 2 }] }, { kind: 'or', conditions: [age('=', '1'), age('=', '2')] }],
    ['$and', { $and: [{ age: 1 }, { age: 2 }] }, { kind: 'and', conditions: [age('=', '1'), age('=', '2')] }],
    ['an embedded property', { 'address.city': null }, { kind: 'null', column: 'address_city', negated: false }],
    ['an embedded object', { address: { city: null } }, { kind: 'null', column: 'address_city', negated: false }],
  ])('takes %s', async (_, where, expected) => {
    const condition = await conditionOf(where);

    expect(condition).toEqual(expected);
    expect(JSON.parse(JSON.stringify(condition))).toEqual(condition);
  });

  test.each<[IndexFilter, string]>([
    [{}, 'there is nothing in it where a condition is expected'],
    [{ name: 'x' }, '"name" is not a property with a column'],
    [{ address: null }, '"address" has several columns: address_city, address_zip'],
    [{ age: { $like: 'x' } }, '"$like" is not one of'],
    [{ $gt: 1 }, '"$gt" is where a property is expected'],
    [{ age: { $in: [] } }, '"$in" needs a list that is not empty'],
    [{ age: [null] }, 'null is not a value that columns are compared with'],
    [{ age: undefined }, 'undefined is not a value that columns are compared with'],
    [{ age: { $gt: null } }, 'null is not a value that columns are compared with'],
    [{ age: Number.NaN }, 'NaN is not a number that a column can hold'],
    [{ $or: [] }, '"$or" needs a list that is not empty'],
  ])('%j is a mistake', async (where, expected) => {
    const [problem, ...others] = await problemsOf([declared(where)]);

    expect(others).toEqual([]);
    expect(problem?.where).toBe('Person');
    expect(problem?.what).toContain(`no condition can be made of its \`where\`: ${expected}`);
  });
});
