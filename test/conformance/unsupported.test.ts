import {
  Entity,
  type EntityClass,
  Enum,
  Exclusion,
  Index,
  type IndexOptions,
  ManyToOne,
  PrimaryKey,
  Property,
  type PropertyOptions,
  t,
  Trigger,
  Unique,
} from '@dovetail/core';
import type { Feature } from '@dovetail/core/driver';
import { describe, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, text } from './entity.js';
import { expectUnsupported } from './feature.js';

const property = (options: PropertyOptions): readonly EntityClass[] => [entity('Sample', { id, code: text(options) })];
const index = (options: IndexOptions): readonly EntityClass[] => [
  entity('Sample', { id, code: text() }, Index({ properties: 'code', ...options })),
];
const sample = entity('Sample', { id });

/** An entity that asks for each feature, and for nothing else that a database may lack. */
const askingFor: Readonly<Partial<Record<Feature, readonly EntityClass[]>>> = {
  namespaces: [entity('Sample', { id }, Entity({ schema: 'other' }))],
  'native-enum': [entity('Sample', { id, state: Enum({ items: ['a'], nativeEnumName: 'state' }) })],
  'table-comment': [entity('Sample', { id }, Entity({ comment: 'x' }))],
  'column-comment': property({ comment: 'x' }),
  'column-collation': property({ collation: 'nocase' }),
  'column-charset': property({ charset: 'latin1' }),
  'column-extra': property({ extra: 'on update current_timestamp' }),
  unsigned: [entity('Sample', { id, count: Property({ type: t.integer, unsigned: true }) })],
  srid: [entity('Sample', { id, count: Property({ type: t.integer, srid: 4326 }) })],
  zerofill: [entity('Sample', { id, count: Property({ type: t.integer, zerofill: true }) })],
  'invisible-column': property({ invisible: true }),
  identity: [entity('Sample', { id, count: Property({ type: t.integer, generated: 'identity' }) })],
  'nullable-key': [entity('Sample', { id: PrimaryKey({ type: t.string, nullable: true }) })],
  'generated-column': property({ generated: "('x') stored" }),
  'index-expression': [entity('Sample', { id, code: text() }, Index({ expression: 'lower(code)' }))],
  'index-where': index({ where: "code <> ''" }),
  'index-include': index({ include: 'id' }),
  'index-sort': [entity('Sample', { id, code: text() }, Index({ columns: [{ name: 'code', sort: 'desc' }] }))],
  'index-nulls': [entity('Sample', { id, code: text() }, Index({ columns: [{ name: 'code', nulls: 'first' }] }))],
  'index-length': [entity('Sample', { id, code: text() }, Index({ columns: [{ name: 'code', length: 3 }] }))],
  'index-opclass': [
    entity('Sample', { id, code: text() }, Index({ columns: [{ name: 'code', opclass: 'text_pattern_ops' }] })),
  ],
  'index-invisible': index({ invisible: true }),
  'index-storage': index({ fillFactor: 70 }),
  'index-comment': index({ comment: 'x' }),
  'nulls-not-distinct': [
    entity('Sample', { id, code: text() }, Unique({ properties: 'code', nullsNotDistinct: true })),
  ],
  'unique-deferrable': [entity('Sample', { id, code: text() }, Unique({ properties: 'code', deferMode: 'deferred' }))],
  'foreign-key-deferrable': [sample, entity('Other', { id, to: ManyToOne(() => sample, { deferMode: 'deferred' }) })],
  'foreign-key-match': [sample, entity('Other', { id, to: ManyToOne(() => sample, { match: 'full' }) })],
  exclusion: [entity('Sample', { id }, Exclusion({ name: 'apart', expression: 'using gist (id with =)' }))],
  view: [entity('Sample', { one: text() }, Entity({ view: true, expression: "select 'a' as one" }))],
  'materialized-view': [
    entity('Sample', { one: text() }, Entity({ view: { materialized: true }, expression: "select 'a' as one" })),
  ],
  trigger: [entity('Sample', { id }, Trigger({ timing: 'after', events: ['insert'], body: 'select 1;' }))],
};

describe.each(databases)('what $name lacks', (database) => {
  const has = new Set<string>(database.capabilities.features);
  const features = Object.entries(askingFor).map(([feature, entities]) => ({ feature, entities }));
  const lacking = features.filter(({ feature }) => !has.has(feature));

  test.each(lacking)('$feature is refused by name, not dropped in silence', async ({ entities }) => {
    await expectUnsupported(database, entities);
  });
});
