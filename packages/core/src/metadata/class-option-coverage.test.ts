import {
  Check,
  type CheckOptions,
  Embeddable,
  type EmbeddableOptions,
  Embedded,
  Entity,
  type EntityOptions,
  type EntityRuntimeOptions,
  Exclusion,
  type ExclusionOptions,
  Index,
  type IndexColumnOptions,
  type IndexOptions,
  Property,
  Trigger,
  type TriggerOptions,
  Unique,
  type UniqueOptions,
} from '../decorators/index.js';
import { column, type Effect, type Effects, suite } from './option-coverage.fixture.js';

/** What `inheritance` does is seen in the classes that extend the one that has it, in the tests of inheritance. */
const entityEffects: Effects<Omit<EntityOptions, 'inheritance'>, EntityRuntimeOptions> = {
  tableName: [{ tableName: 'rows' }, { tableName: 'rows' }],
  collection: [{ collection: 'rows' }, { tableName: 'rows' }],
  previousName: [{ previousName: 'old' }, { previousName: 'old' }],
  schema: [{ schema: 'lab' }, { schema: 'lab' }],
  keyless: [{ keyless: true }, 'it is keyless, and has a primary key'],
  comment: [{ comment: 'said' }, { comment: 'said' }],
  abstract: [{ abstract: true }, 'it references Sample, which is not among the entities'],
  expression: [{ expression: 'select 1' }, { kind: 'virtual' }],
  virtual: [{ virtual: true }, { kind: 'virtual' }],
  view: [
    { view: { materialized: true }, expression: 'select 1' },
    { kind: 'view', view: { materialized: true } },
  ],
  partitionBy: [{ partitionBy: { type: 'list', expression: 'id' } }, { options: { partitionBy: 'list (id)' } }],
  triggers: [{ triggers: [{ timing: 'after', events: ['insert'], body: 'x' }] }, { triggers: [{ body: 'x' }] }],
  discriminatorColumn: [{ discriminatorColumn: 'kind' }, column({ name: 'kind' })],
  discriminator: [{ discriminator: 'kindOfRow' }, column({ name: 'kindOfRow' })],
  discriminatorMap: [
    { discriminatorMap: { x: 'X' } },
    'its `discriminatorMap` has "x" for X, which is not a class that extends it',
  ],
  discriminatorValue: [
    { discriminatorValue: 'x' },
    'it has a `discriminatorValue`, and no class that it extends has a `discriminatorColumn`',
  ],
  strict: [{ strict: true }, { options: { strict: true } }],
  withoutRowid: [{ withoutRowid: true }, { options: { withoutRowid: true } }],
  engine: [{ engine: 'x' }, { options: { engine: 'x' } }],
  charset: [{ charset: 'x' }, { options: { charset: 'x' } }],
  collation: [{ collation: 'x' }, { options: { collation: 'x' } }],
  rowFormat: [{ rowFormat: 'x' }, { options: { rowFormat: 'x' } }],
  autoincrementStart: [{ autoincrementStart: 7 }, { options: { autoincrementStart: 7 } }],
  unlogged: [{ unlogged: true }, { options: { unlogged: true } }],
  tablespace: [{ tablespace: 'x' }, { options: { tablespace: 'x' } }],
};

/** Of a class Place with a street, and the class House that extends it with a number. */
const embeddableEffects: Effects<EmbeddableOptions> = {
  abstract: [
    { abstract: true, discriminatorColumn: 'kind' },
    column({ name: 'value_street' }, { name: 'value_number', nullable: false }),
  ],
  discriminatorColumn: [
    { discriminatorColumn: 'kind' },
    column({ name: 'value_street' }, { name: 'value_number', nullable: true }, { name: 'value_kind' }),
  ],
  discriminator: [{ discriminatorColumn: 'kind', discriminator: 'what' }, column({}, {}, { name: 'value_kind' })],
  discriminatorMap: [{ discriminatorMap: { p: 'Place', h: 'House' } }, column({}, {}, { name: 'value_type' })],
  discriminatorValue: [
    { discriminatorValue: 's' },
    'it has a `discriminatorValue`, and no class that it extends has a `discriminatorColumn`',
  ],
};

const indexColumnEffects: Effects<IndexColumnOptions> = {
  name: [{ name: 'id' }, { parts: [{ column: 'id' }] }],
  expression: [{ expression: 'id + 1' }, { parts: [{ expression: 'id + 1' }] }],
  sort: [{ name: 'id', sort: 'DESC' }, { parts: [{ sort: 'desc' }] }],
  nulls: [{ name: 'id', nulls: 'FIRST' }, { parts: [{ nulls: 'first' }] }],
  length: [{ name: 'id', length: 3 }, { parts: [{ length: 3 }] }],
  opclass: [{ name: 'id', opclass: 'x' }, { parts: [{ opclass: 'x' }] }],
  collation: [{ name: 'id', collation: 'x' }, { parts: [{ collation: 'x' }] }],
};

const indexEffects: Effects<IndexOptions, { options: never }> = {
  name: [{ properties: 'id', name: 'x' }, { name: { text: 'x', explicit: true } }],
  properties: [{ properties: ['id'] }, { parts: [{ column: 'id' }] }],
  columns: [{ columns: [{ name: 'id', sort: 'desc' }] }, { parts: [{ column: 'id', sort: 'desc' }] }],
  expression: [{ expression: 'id + 1' }, { parts: [{ expression: 'id + 1' }] }],
  where: [{ properties: 'id', where: { id: 1 } }, { where: { kind: 'comparison', column: 'id' } }],
  include: [{ properties: 'id', include: 'id' }, { include: ['id'] }],
  type: [{ properties: 'id', type: 'gin' }, { type: 'gin' }],
  invisible: [{ properties: 'id', invisible: true }, { invisible: true }],
  clustered: [{ properties: 'id', clustered: true }, { clustered: true }],
  disabled: [{ properties: 'id', disabled: true }, { disabled: true }],
  fillFactor: [{ properties: 'id', fillFactor: 70 }, { storage: { fillfactor: '70' } }],
  storage: [{ properties: 'id', storage: { x: 1 } }, { storage: { x: '1' } }],
  comment: [{ properties: 'id', comment: 'x' }, { comment: 'x' }],
  parser: [{ properties: 'id', parser: 'x' }, { parser: 'x' }],
};

const uniqueEffects: Effects<UniqueOptions, { options: never }> = {
  ...indexEffects,
  deferMode: [{ properties: 'id', deferMode: 'deferred' }, { deferrable: 'initially deferred' }],
  nullsNotDistinct: [{ properties: 'id', nullsNotDistinct: true }, { nullsNotDistinct: true }],
};

const checkEffects: Effects<CheckOptions> = {
  name: [{ name: 'x', expression: 'true' }, { checks: [{ name: { text: 'x', explicit: true } }] }],
  property: [{ property: 'id', expression: 'true' }, { checks: [{ name: { text: 'sample_id_check' } }] }],
  enforced: [{ expression: 'true', enforced: false }, { checks: [{ enforced: false }] }],
  expression: [{ expression: ({ id = '' }) => `${id} > 0` }, { checks: [{ expression: { sql: 'id > 0' } }] }],
};

const exclusionEffects: Effects<ExclusionOptions> = {
  name: [{ name: 'x', expression: 'y' }, { exclusions: [{ name: { text: 'x' } }] }],
  expression: [{ name: 'x', expression: 'y' }, { exclusions: [{ definition: 'y' }] }],
};

const trigger: TriggerOptions = { timing: 'after', events: ['insert'], body: 'x' };

const triggerEffects: Effects<TriggerOptions> = {
  name: [{ ...trigger, name: 'x' }, { triggers: [{ name: 'x' }] }],
  timing: [{ ...trigger, timing: 'instead of' }, { triggers: [{ timing: 'instead of' }] }],
  events: [
    { ...trigger, events: [{ update: ['id'] }] },
    { triggers: [{ events: [{ kind: 'update', columns: ['id'] }] }] },
  ],
  forEach: [{ ...trigger, forEach: 'statement' }, { triggers: [{ forEach: 'statement' }] }],
  when: [{ ...trigger, when: 'true' }, { triggers: [{ when: 'true' }] }],
  body: [{ ...trigger, body: 'y' }, { triggers: [{ body: 'y' }] }],
};

/** Effects on the one index that a class has. */
function onIndex<Options>(
  effects: Readonly<Record<string, Effect<Options>>>,
): Readonly<Record<string, Effect<Options>>> {
  return Object.fromEntries(
    Object.entries(effects).map(([option, [options, effect]]) => [option, [options, { indexes: [effect] }]]),
  );
}

suite('@Embeddable', embeddableEffects, (target, options, others) => {
  class Place {
    street!: string;
  }
  Property({ type: 'string' })(Place.prototype, 'street');
  Embeddable(options)(Place);
  class House extends Place {
    number!: string;
  }
  Property({ type: 'string' })(House.prototype, 'number');
  Embeddable()(House);
  Embedded(() => Place)(target.prototype, 'value');
  others.push(Place, House);
});
suite('@Entity', entityEffects, (target, options) => {
  Entity(options)(target);
});
suite('@Index', onIndex(indexEffects), (target, options) => {
  Index(options)(target);
});
suite('@Index, in its columns', onIndex(indexColumnEffects), (target, options) => {
  Index({ columns: [options] })(target);
});
suite('@Unique', onIndex(uniqueEffects), (target, options) => {
  Unique(options)(target);
});
suite('@Check', checkEffects, (target, options) => {
  Check(options)(target);
});
suite('@Exclusion', exclusionEffects, (target, options) => {
  Exclusion(options)(target);
});
suite('@Trigger', triggerEffects, (target, options) => {
  Trigger(options)(target);
});
