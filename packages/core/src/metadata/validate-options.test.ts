import { expect, test } from 'vitest';
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
    'Sample: `partitionBy` has no option `partition`',
    'Address: `@Embeddable` has no option `discriminatorcolumn`',
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
