import { expect, test } from 'vitest';
import {
  type CollectionRuntimeOptions,
  Embedded,
  type EmbeddedOptions,
  Entity,
  type EntityRuntimeOptions,
  Enum,
  type EnumOptions,
  type ForeignKeyRules,
  Index,
  ManyToMany,
  type ManyToManyOptions,
  ManyToOne,
  type ManyToOneOptions,
  OneToMany,
  type OneToManyOptions,
  OneToOne,
  type OneToOneOptions,
  Property,
  type PropertyOptions,
  type PropertyRuntimeOptions,
  type ReferenceOptions,
  type RelationRuntimeOptions,
} from '../decorators/index.js';
import { discoverEntities } from './discover-entities.js';
import {
  Address,
  Author,
  column,
  type Effects,
  Link,
  sample,
  Seat,
  suite,
  surroundings,
} from './option-coverage.fixture.js';

const columnEffects = {
  name: [{ name: 'v' }, column({ name: 'v' })],
  fieldName: [{ fieldName: 'v' }, column({ name: 'v' })],
  columnType: [{ columnType: 'cidr' }, column({ type: { kind: 'column-type', columnType: 'cidr' } })],
  nullable: [{ nullable: true }, column({ nullable: true })],
  index: [{ index: 'by_value' }, { indexes: [{ name: { text: 'by_value', explicit: true }, unique: false }] }],
  unique: [{ unique: true }, { indexes: [{ unique: true }] }],
  persist: [{ persist: false }, column()],
  previousName: [{ previousName: 'old' }, column({ previousName: 'old' })],
  comment: [{ comment: 'said' }, column({ comment: 'said' })],
  ignoreSchemaChanges: [
    { ignoreSchemaChanges: ['type', 'collation'] },
    column({ ignoreSchemaChanges: ['type', 'collation'] }),
  ],
  check: [{ check: 'true' }, { checks: [{ expression: { sql: 'true' } }] }],
  default: [{ default: null }, column({ default: { value: { kind: 'null' } } })],
  defaultRaw: [{ defaultRaw: '1 + 1' }, column({ default: { kind: 'expression', sql: '1 + 1' } })],
  backfill: [{ backfill: ({ id = '' }) => `${id} + 1` }, column({ backfill: 'id + 1' })],
} as const satisfies Partial<Effects<PropertyOptions>>;

const valueEffects = {
  ...columnEffects,
  length: [{ length: 9 }, column({ attributes: { length: 9 } })],
  precision: [{ precision: 9 }, column({ attributes: { precision: 9 } })],
  scale: [{ scale: 2 }, column({ attributes: { scale: 2 } })],
  unsigned: [{ unsigned: true }, column({ attributes: { unsigned: true } })],
  collation: [{ collation: 'C' }, column({ collation: 'C' })],
  charset: [{ charset: 'ascii' }, column({ charset: 'ascii' })],
  extra: [{ extra: 'on update now' }, column({ extra: 'on update now' })],
  invisible: [{ invisible: true }, column({ invisible: true })],
} as const satisfies Partial<Effects<PropertyOptions>>;

const propertyEffects: Effects<PropertyOptions, PropertyRuntimeOptions> = {
  ...valueEffects,
  primary: [{ primary: true }, { primaryKey: ['id', 'value'] }],
  fieldNames: [{ fieldNames: ['v'] }, column({ name: 'v' })],
  type: [{ type: 'text' }, column({ type: { kind: 'logical', type: 'text' } })],
  runtimeType: [{ type: undefined, runtimeType: 'Date' }, column({ type: { type: 'datetime' } })],
  columnTypes: [{ columnTypes: ['cidr'] }, column({ type: { columnType: 'cidr' } })],
  autoincrement: [{ autoincrement: true }, column({ autoincrement: true })],
  generated: [{ generated: ({ id = '' }) => `(${id} + 1) stored` }, column({ generated: '(id + 1) stored' })],
  version: [{ type: 'integer', version: true }, column({ default: { value: { kind: 'number', value: '1' } } })],
  zerofill: [{ zerofill: true }, column({ attributes: { zerofill: true } })],
  srid: [{ srid: 4326 }, column({ attributes: { srid: 4326 } })],
  array: [{ array: true }, column({ type: { kind: 'array', element: { type: 'string' } } })],
  formula: [{ formula: '1' }, column()],
  accessor: [{ accessor: 'seen' }, column({ name: 'seen' })],
};

const enumEffects: Effects<EnumOptions, PropertyRuntimeOptions> = {
  ...propertyEffects,
  columnTypes: [{ columnTypes: ['text'] }, { checks: [{ expression: { kind: 'enum', items: ['a'] } }] }],
  check: [{ check: 'true' }, { checks: [{ expression: { kind: 'enum' } }, { expression: { sql: 'true' } }] }],
  runtimeType: [{ runtimeType: 'string' }, column({ type: { type: 'enum' } })],
  version: [{ items: [1], version: true }, column({ default: { value: { kind: 'number', value: '1' } } })],
  array: [{ array: true }, column({ type: { type: 'enumArray' } })],
  items: [{ items: { A: 'x', B: 'y' } }, column({ type: { type: 'enum' }, attributes: { items: ['x', 'y'] } })],
  nativeEnumName: [
    { nativeEnumName: 'lab.kind' },
    column({ type: { kind: 'native-enum', schema: 'lab', name: 'kind' } }),
  ],
  previousNativeEnumName: [
    { nativeEnumName: 'kind', previousNativeEnumName: 'sort' },
    column({ type: { kind: 'native-enum', previousName: 'sort' } }),
  ],
  previousItems: [
    { nativeEnumName: 'kind', previousItems: { x: 'y' } },
    column({ type: { kind: 'native-enum', previousItems: { x: 'y' } } }),
  ],
};

const ruleEffects: Effects<ForeignKeyRules> = {
  deleteRule: [{ deleteRule: 'restrict' }, { foreignKeys: [{ onDelete: 'restrict' }] }],
  updateRule: [{ updateRule: 'set null' }, { foreignKeys: [{ onUpdate: 'set null' }] }],
  deferMode: [{ deferMode: 'deferred' }, { foreignKeys: [{ deferrable: 'initially deferred' }] }],
  match: [{ match: 'full' }, { foreignKeys: [{ match: 'full' }] }],
  createForeignKeyConstraint: [{ createForeignKeyConstraint: false }, { foreignKeys: [{ constrained: false }] }],
};

const polymorphic = { kind: 'polymorphic', discriminatorColumn: 'value_type' };

const referenceEffects: Effects<ReferenceOptions, RelationRuntimeOptions> = {
  ...valueEffects,
  ...ruleEffects,
  index: [{ index: 'by_value' }, { foreignKeys: [{ indexName: { text: 'by_value', explicit: true } }] }],
  primary: [{ primary: true }, { primaryKey: ['id', 'value_id'] }],
  entity: [{ entity: () => [Author, Link] }, { properties: [{}, polymorphic], foreignKeys: [] }],
  discriminator: [{ entity: () => [Author], discriminator: 'what' }, { columns: [{}, { name: 'what' }, {}] }],
  discriminatorMap: [
    { entity: () => [Author], discriminatorMap: { a: 'Author' } },
    { properties: [{}, { targets: [{ value: 'a', target: 'Author' }] }] },
  ],
  fieldNames: [{ fieldNames: ['v'] }, column({ name: 'v' })],
  columnTypes: [{ columnTypes: ['int'] }, column({ type: { columnType: 'int' } })],
  joinColumn: [{ joinColumn: 'v' }, column({ name: 'v' })],
  joinColumns: [{ entity: () => Seat, joinColumns: ['v', 'w'] }, column({ name: 'v' }, { name: 'w' })],
  referenceColumnName: [{ referenceColumnName: 'email' }, { foreignKeys: [{ target: { columns: ['email'] } }] }],
  referencedColumnNames: [{ referencedColumnNames: ['email'] }, { foreignKeys: [{ target: { columns: ['email'] } }] }],
  targetKey: [{ targetKey: 'email' }, column({ name: 'value_email' })],
  ownColumns: [
    { entity: () => Seat, joinColumns: ['id', 'place'], ownColumns: ['place'] },
    { columns: [{ name: 'id' }, { name: 'place' }], foreignKeys: [{ columns: ['id', 'place'] }] },
  ],
  foreignKeyName: [{ foreignKeyName: 'to_author' }, { foreignKeys: [{ name: { text: 'to_author', explicit: true } }] }],
};

const manyToOneEffects: Effects<ManyToOneOptions, RelationRuntimeOptions> = {
  ...referenceEffects,
  inversedBy: [
    { inversedBy: 'of' },
    'its `inversedBy` names Author.of, which is many-to-one where one-to-many is expected',
  ],
};

const oneToOneEffects: Effects<OneToOneOptions, RelationRuntimeOptions> = {
  ...referenceEffects,
  index: [{ index: 'by_value' }, { indexes: [{ name: { text: 'by_value' } }, { unique: true }] }],
  unique: [{ unique: false }, { indexes: [] }],
  mappedBy: [
    { mappedBy: 'only' },
    { columns: [{ name: 'id' }], properties: [{}, { kind: 'inverse', target: 'Author' }] },
  ],
  inversedBy: [
    { inversedBy: 'of' },
    'its `inversedBy` names Author.of, which is many-to-one where one-to-one is expected',
  ],
  owner: [{ mappedBy: 'only', owner: true }, column({ name: 'value_id' })],
};

const oneToManyEffects: Effects<OneToManyOptions, CollectionRuntimeOptions> = {
  entity: [{ entity: () => Author, mappedBy: 'of' }, { properties: [{}, { kind: 'collection', target: 'Author' }] }],
  mappedBy: [
    { mappedBy: 'email' },
    'its `mappedBy` names Author.email, which is scalar where many-to-one or one-to-one is expected',
  ],
};

/** What is discovered of the pivot table, `Sample.value`. */
const manyToManyEffects: Effects<ManyToManyOptions, CollectionRuntimeOptions> = {
  deleteRule: [{ deleteRule: 'restrict' }, { foreignKeys: [{ onDelete: 'restrict' }, { onDelete: 'restrict' }] }],
  updateRule: [{ updateRule: 'set null' }, { foreignKeys: [{ onUpdate: 'set null' }, { onUpdate: 'set null' }] }],
  deferMode: [{ deferMode: 'immediate' }, { foreignKeys: [{ deferrable: 'initially immediate' }, {}] }],
  match: [{ match: 'partial' }, { foreignKeys: [{ match: 'partial' }, {}] }],
  createForeignKeyConstraint: [{ createForeignKeyConstraint: false }, { foreignKeys: [{ constrained: false }, {}] }],
  entity: [{ entity: () => Seat }, { columns: [{}, { name: 'seat_row' }, { name: 'seat_place' }] }],
  mappedBy: [
    { mappedBy: 'email' },
    'its `mappedBy` names Author.email, which is scalar where many-to-many is expected',
  ],
  inversedBy: [
    { inversedBy: 'email' },
    'its `inversedBy` names Author.email, which is scalar where many-to-many is expected',
  ],
  owner: [{ owner: false }, 'it is not the owner, and does not say which property at the other end is'],
  pivotTable: [{ pivotTable: 'lab.links' }, { schema: 'lab', tableName: 'links' }],
  pivotEntity: [
    { pivotEntity: () => Author },
    'its pivot entity Author has no `@ManyToOne` to Author that is left for this end',
  ],
  persist: [{ persist: false }, undefined],
  previousName: [{ previousName: 'old' }, { previousName: 'old' }],
  fixedOrder: [{ fixedOrder: true }, { primaryKey: ['id'], columns: [{ name: 'id', autoincrement: true }, {}, {}] }],
  fixedOrderColumn: [{ fixedOrderColumn: 'rank' }, { primaryKey: ['rank'] }],
  joinColumn: [{ joinColumn: 'v' }, { columns: [{ name: 'v' }, { name: 'author_id' }] }],
  joinColumns: [{ joinColumns: ['v'] }, { columns: [{ name: 'v' }, { name: 'author_id' }] }],
  inverseJoinColumn: [{ inverseJoinColumn: 'v' }, { columns: [{ name: 'sample_id' }, { name: 'v' }] }],
  inverseJoinColumns: [{ inverseJoinColumns: ['v'] }, { columns: [{ name: 'sample_id' }, { name: 'v' }] }],
};

const embeddedEffects: Effects<EmbeddedOptions, PropertyRuntimeOptions> = {
  name: [{ object: true, name: 'v' }, column({ name: 'v' })],
  fieldName: [{ object: true, fieldName: 'v' }, column({ name: 'v' })],
  columnType: [{ object: true, columnType: 'text' }, column({ type: { columnType: 'text' } })],
  nullable: [{ nullable: true }, column({ nullable: true }, { nullable: true })],
  persist: [{ persist: false }, column()],
  comment: [{ object: true, comment: 'said' }, column({ comment: 'said' })],
  previousName: [{ object: true, previousName: 'old' }, column({ previousName: 'old' })],
  default: [{ object: true, default: { a: 1 } }, column({ default: { value: { kind: 'json', value: '{"a":1}' } } })],
  defaultRaw: [{ object: true, defaultRaw: "'{}'" }, column({ default: { sql: "'{}'" } })],
  backfill: [{ object: true, backfill: "'{}'" }, column({ backfill: "'{}'" })],
  check: [{ object: true, check: 'true' }, { checks: [{ expression: { sql: 'true' } }] }],
  index: [{ object: true, index: true }, { indexes: [{ parts: [{ column: 'value' }] }] }],
  unique: [{ object: true, unique: true }, { indexes: [{ unique: true }] }],
  ignoreSchemaChanges: [{ object: true, ignoreSchemaChanges: ['type'] }, column({ ignoreSchemaChanges: ['type'] })],
  entity: [{ entity: () => Seat }, 'what it embeds is not a class with `@Embeddable()`'],
  prefix: [{ prefix: 'home_' }, column({ name: 'home_city' }, { name: 'home_zip' })],
  prefixMode: [{ prefix: 'x_', prefixMode: 'absolute' }, column({ name: 'x_city' }, {})],
  object: [{ object: true }, column({ name: 'value', type: { kind: 'logical', type: 'json' } })],
  array: [{ array: true }, column({ name: 'value', type: { kind: 'logical', type: 'json' } })],
};

suite('@Property', propertyEffects, (target, options) => {
  Property({ type: 'string', ...options })(target.prototype, 'value');
});
suite('@Enum', enumEffects, (target, options) => {
  Enum({ items: ['a'], ...options })(target.prototype, 'value');
});
suite('@ManyToOne', manyToOneEffects, (target, options) => {
  ManyToOne({ entity: () => Author, ...options })(target.prototype, 'value');
});
suite('@OneToOne', oneToOneEffects, (target, options) => {
  OneToOne({ entity: () => Author, ...options })(target.prototype, 'value');
});
suite('@OneToMany', oneToManyEffects, (target, options) => {
  OneToMany({ entity: () => Author, ...options })(target.prototype, 'value');
});
suite(
  '@ManyToMany',
  manyToManyEffects,
  (target, options) => {
    ManyToMany({ entity: () => Author, ...options })(target.prototype, 'value');
  },
  'Sample.value',
);
suite('@Embedded', embeddedEffects, (target, options) => {
  Embedded({ entity: () => Address, ...options })(target.prototype, 'value');
});
test('options of the run time shape nothing', async () => {
  const property: Required<PropertyRuntimeOptions> = {
    lazy: true,
    hidden: true,
    ref: true,
    hydrate: false,
    returning: true,
    getter: true,
    setter: true,
    getterName: 'x',
    serializer: () => 1,
    serializedName: 'x',
    groups: ['x'],
    trackChanges: false,
    concurrencyCheck: true,
    customOrder: ['x'],
    onCreate: () => 1,
    onUpdate: () => 1,
  };
  const relation: Required<RelationRuntimeOptions> = {
    ...property,
    cascade: ['remove'],
    eager: true,
    strategy: 'joined',
    orphanRemoval: true,
    mapToPk: true,
    filters: false,
  };
  const collection: Required<CollectionRuntimeOptions> = { ...relation, orderBy: { id: 'asc' }, where: { id: 1 } };
  const entity: Required<EntityRuntimeOptions> = {
    readonly: true,
    forceConstructor: true,
    repository: () => Author,
    constructorParams: ['x'],
    orderBy: { id: 'asc' },
    hasTriggers: true,
    filters: {},
  };
  const discoverWith = async (stated: boolean): Promise<unknown> => {
    const target = sample();
    const { prototype } = target;
    Entity(stated ? entity : {})(target);
    Property({ ...(stated && property), type: 'string' })(prototype, 'name');
    ManyToOne(() => Author, { ...(stated && relation) })(prototype, 'author');
    OneToMany(() => Author, 'of', { ...(stated && collection) })(prototype, 'authors');
    ManyToMany(() => Author, { ...(stated && collection) })(prototype, 'friends');
    Embedded(() => Address, { ...(stated && property) })(prototype, 'address');
    Index({ properties: 'name', ...(stated && { options: { returning: true } }) })(target);
    return (await discoverEntities({ entities: [target, ...surroundings] })).entities;
  };

  expect(await discoverWith(true)).toEqual(await discoverWith(false));
});
