import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  Check,
  Embeddable,
  Embedded,
  Entity,
  Enum,
  Exclusion,
  Index,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  type PartitionOptions,
  PrimaryKey,
  Property,
  Trigger,
  Unique,
} from '../decorators/index.js';
import { optionKinds, type OptionOwner } from '../decorators/option-kinds.js';
import { DovetailError } from '../errors.js';
import { discoverEntities } from './discover-entities.js';
import { problemsOf } from './discover.fixture.js';
import type { EntityClass } from './entity-class.js';

/** An option that the type does not know, as plain JavaScript lets one write it. */
function misspelt<Options extends object>(options: Options, name: string, value: unknown = true): Options {
  return { ...options, [name]: value };
}

async function reported(target: EntityClass): Promise<string[]> {
  const problems = await problemsOf([target]);
  return problems
    .filter(({ what }) => what.includes('has no option') || what.includes('where its options'))
    .map(({ where, what, remedy }) => `${where}: ${what}. ${remedy}`);
}

test('an option that no decorator has is a mistake, with the name that was meant', async () => {
  class Sample {}
  const properties = Sample.prototype;
  PrimaryKey(misspelt({}, 'autoIncrements'))(properties, 'id');
  Property(misspelt({ type: 'string' }, 'nulable'))(properties, 'name');
  Property(misspelt({ type: 'string' }, 'sparkling'))(properties, 'other');
  Enum(misspelt({ items: ['a'] }, 'nativeEnumname'))(properties, 'letter');
  ManyToOne(() => Sample, misspelt({}, 'onDelete', 'cascade'))(properties, 'parent');
  OneToOne(() => Sample, misspelt({}, 'joinColum'))(properties, 'twin');
  OneToMany(() => Sample, 'parent', misspelt({}, 'mapedBy'))(properties, 'children');
  ManyToMany(() => Sample, misspelt({}, 'pivotTabel'))(properties, 'friends');
  Embedded('Sample', misspelt({}, 'prefixes'))(properties, 'part');
  Index(misspelt({ columns: [misspelt({ name: 'name' }, 'order')] }, 'wher'))(properties, 'name');
  Unique(misspelt({}, 'defermode'))(properties, 'name');
  Check(misspelt({ expression: '1' }, 'names'))(Sample);
  Exclusion(misspelt({ name: 'x', expression: 'y' }, 'expresion'))(Sample);
  Trigger(misspelt({ timing: 'after', events: ['insert'], body: '' }, 'expression'))(Sample);
  Entity(misspelt({ view: misspelt({}, 'materialised') }, 'tablename'))(Sample);

  expect(await reported(Sample)).toEqual([
    'Sample: `@Entity` has no option `tablename`. Write `tableName`.',
    'Sample: `view` has no option `materialised`. Write `materialized`.',
    'Sample: `@Trigger` has no option `expression`. Write `timing`, `events` and `body`: a whole statement could not be compared with the database.',
    'Sample: `@Exclusion` has no option `expresion`. Write `expression`.',
    'Sample: `@Check` has no option `names`. Write `name`.',
    'Sample.name: `@Index` has no option `wher`. Write `where`.',
    'Sample.name: `columns` has no option `order`. Take it off.',
    'Sample.name: `@Unique` has no option `defermode`. Write `deferMode`.',
    'Sample.id: `@Property` has no option `autoIncrements`. Write `autoincrement`.',
    'Sample.name: `@Property` has no option `nulable`. Write `nullable`.',
    'Sample.other: `@Property` has no option `sparkling`. Take it off.',
    'Sample.letter: `@Enum` has no option `nativeEnumname`. Write `nativeEnumName`.',
    'Sample.parent: `@ManyToOne` has no option `onDelete`. Write `deleteRule`.',
    'Sample.twin: `@OneToOne` has no option `joinColum`. Write `joinColumn`.',
    'Sample.children: `@OneToMany` has no option `mapedBy`. Write `mappedBy`.',
    'Sample.friends: `@ManyToMany` has no option `pivotTabel`. Write `pivotTable`.',
    'Sample.part: `@Embedded` has no option `prefixes`. Write `prefix`.',
  ]);
});

test('embeddables and partitions have options too', async () => {
  class Address {}
  Embeddable(misspelt({}, 'discriminatorcolumn'))(Address);
  Property({ type: 'string' })(Address.prototype, 'city');
  class Sample {}
  PrimaryKey({ type: 'integer' })(Sample.prototype, 'id');
  Entity({ partitionBy: misspelt<PartitionOptions>({ type: 'hash', expression: 'id' }, 'partition') })(Sample);

  const problems = await problemsOf([Address, Sample]);

  expect(problems.map(({ where, what }) => `${where}: ${what}`)).toEqual([
    'Address: `@Embeddable` has no option `discriminatorcolumn`',
    'Sample: `partitionBy` has no option `partition`',
  ]);
});

test('options are an object', async () => {
  class Sample {}
  PrimaryKey({ type: 'integer' })(Sample.prototype, 'id');
  const untyped: { readonly options: object } = { options: {} };
  Reflect.set(untyped, 'options', 'text');
  Property(untyped.options)(Sample.prototype, 'name');
  Entity()(Sample);

  expect(await reported(Sample)).toEqual([
    'Sample.name: `@Property` got text where its options are expected. Write an object: `{ name: value }`.',
  ]);
});

test('an option of a kind that it does not take is a mistake, with the kind that it takes', async () => {
  class Sample {}
  const properties = Sample.prototype;
  PrimaryKey(misspelt({}, 'autoincrement', 1))(properties, 'id');
  Property(misspelt({ type: 'integer' }, 'generated', 5))(properties, 'a');
  Property(misspelt({ type: 'integer' }, 'check', {}))(properties, 'b');
  Property(misspelt({ type: 'integer' }, 'defaultRaw', 1))(properties, 'c');
  Property(misspelt({ type: 'integer' }, 'fieldName', 3))(properties, 'd');
  Property(misspelt({ type: 'integer' }, 'nullable', 'yes'))(properties, 'e');
  Property(misspelt({ type: 'string' }, 'length', '3'))(properties, 'f');
  Property(misspelt({ type: 'integer' }, 'previousName', 7))(properties, 'g');
  Property(misspelt({ type: 'integer' }, 'ignoreSchemaChanges', ['kind']))(properties, 'h');
  ManyToOne(() => Sample, misspelt({}, 'deleteRule', 'explode'))(properties, 'parent');
  Index(misspelt({ columns: [misspelt({ name: 'a' }, 'length', null)] }, 'storage', { fast: {} }))(properties, 'a');
  const silent = { expression: '' };
  Reflect.deleteProperty(silent, 'expression');
  Check(silent)(Sample);
  Entity(misspelt({}, 'triggers', 'none'))(Sample);

  const problems = await problemsOf([Sample]);

  expect(problems.map(({ where, what, remedy }) => `${where}: ${what}. ${remedy}`)).toEqual([
    "Sample: `triggers` of `@Entity` is 'none'. Write a list of objects.",
    "Sample: `@Check` states no `expression`. Write SQL: a text, `raw('…')`, or a function that gives it.",
    'Sample.a: `storage` of `@Index` is { fast: {} }. Write an object of texts, numbers, true and false.',
    'Sample.a: `length` of `columns` is null. Write a whole number.',
    'Sample.id: `autoincrement` of `@Property` is 1. Write `true` or `false`.',
    "Sample.a: `generated` of `@Property` is 5. Write SQL: a text, `raw('…')`, or a function that gives it.",
    "Sample.b: `check` of `@Property` is {}. Write SQL: a text, `raw('…')`, or a function that gives it.",
    "Sample.c: `defaultRaw` of `@Property` is 1. Write SQL: a text, or `raw('…')`.",
    'Sample.d: `fieldName` of `@Property` is 3. Write a text.',
    "Sample.e: `nullable` of `@Property` is 'yes'. Write `true` or `false`.",
    "Sample.f: `length` of `@Property` is '3'. Write a whole number.",
    'Sample.g: `previousName` of `@Property` is 7. Write a text.',
    "Sample.h: `ignoreSchemaChanges` of `@Property` is [ 'kind' ]. Write a list of attributes.",
    "Sample.parent: `deleteRule` of `@ManyToOne` is 'explode'. Write one of `'no action'`, `'restrict'`, `'cascade'`, `'set null'`, `'set default'`.",
  ]);
});

/** A class as its decorators see it. */
type Decorated = EntityClass & { readonly prototype: object };

describe('whatever an option is set to, it is taken or it is a mistake', () => {
  const values = [5, 'text', true, null, {}, { a: {} }, [], [5], [null], [{}], () => 5, () => null, 5n, Symbol('x')];
  const decorated: Readonly<Record<OptionOwner, (options: object, target: Decorated) => void>> = {
    '@Entity': (options, target) => Entity(options)(target),
    view: (options, target) => Entity({ expression: 'select 1', view: options })(target),
    partitionBy: (options, target) => Entity({ partitionBy: { type: 'hash', expression: 'id', ...options } })(target),
    '@Trigger': (options, target) => Trigger({ timing: 'after', events: ['insert'], body: '', ...options })(target),
    '@Embeddable': (options, target) => Embeddable(options)(target),
    '@Property': (options, target) => Property({ type: 'integer', ...options })(target.prototype, 'other'),
    '@Enum': (options, target) => Enum({ items: ['a'], ...options })(target.prototype, 'other'),
    '@ManyToOne': (options, target) => ManyToOne(() => target, options)(target.prototype, 'other'),
    '@OneToOne': (options, target) => OneToOne(() => target, options)(target.prototype, 'other'),
    '@OneToMany': (options, target) => OneToMany(() => target, 'up', options)(target.prototype, 'other'),
    '@ManyToMany': (options, target) => ManyToMany(() => target, options)(target.prototype, 'other'),
    '@Embedded': (options, target) => Embedded(() => target, options)(target.prototype, 'other'),
    '@Index': (options, target) => Index(options)(target.prototype, 'id'),
    columns: (options, target) => Index({ columns: [{ name: 'id', ...options }] })(target),
    '@Unique': (options, target) => Unique(options)(target.prototype, 'id'),
    '@Check': (options, target) => Check({ expression: '1', ...options })(target),
    '@Exclusion': (options, target) => Exclusion({ name: 'x', expression: 'y', ...options })(target),
  };

  test.each(ownersOf(optionKinds))('of %s', async (owner) => {
    for (const name of Object.keys(optionKinds[owner])) {
      for (const value of values) {
        class Sample {}
        PrimaryKey({ type: 'integer' })(Sample.prototype, 'id');
        ManyToOne(() => Sample)(Sample.prototype, 'up');
        Entity()(Sample);
        decorated[owner]({ [name]: value }, Sample);
        const discovered = discoverEntities({ entities: [Sample] }).catch((error: unknown) => error);
        const label = `${owner} with ${name}: ${inspect(value)}`;
        const failed = await discovered;
        if (failed instanceof Error) expect(failed, label).toBeInstanceOf(DovetailError);
      }
    }
  });
});

function ownersOf(kinds: Readonly<Record<OptionOwner, unknown>>): OptionOwner[] {
  const isOwner = (name: string): name is OptionOwner => Object.hasOwn(kinds, name);
  return Object.keys(kinds).filter(isOwner);
}
