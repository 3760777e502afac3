import { type EntityClass, Enum, ManyToOne, PrimaryKey, Property, type PropertyOptions, t } from '@dovetail/core';
import { entity, id, integer, type MemberDecorator, type Members } from '../../conformance/entity.js';
import type { ColumnSpec, Model } from './model.js';
import { conditionOf, literalOf } from './values.js';

/** The classes of a model; what it has renamed since the model before bears the hint. */
export function toClasses(
  { columns, reference, key, notes }: Model,
  before: Model | undefined,
): readonly EntityClass[] {
  const owner = entity('Owner', { id });
  const members: Members = {
    // A key of its own stays as a number where another column takes its place.
    id: key === undefined ? id : integer(),
    ...Object.fromEntries(columns.map((spec) => [spec.name, member(spec, spec.id === key, before)])),
    ...referenceMember(),
  };
  return [owner, entity('Item', members), ...(notes ? [entity('Note', { id })] : [])];

  function referenceMember(): Members {
    switch (reference) {
      case 'none':
        return {};
      case 'number':
        return { ownerId: integer({ nullable: true }) };
      case 'foreign-key':
        return { owner: ManyToOne(() => owner, { nullable: true, deleteRule: 'no action' }) };
    }
  }
}

function member(spec: ColumnSpec, isKey: boolean, before: Model | undefined): MemberDecorator {
  const { name, type } = spec;
  const previousName = before?.columns.find((column) => column.id === spec.id)?.name;
  const options: PropertyOptions = {
    fieldName: name,
    nullable: spec.nullable && !isKey,
    ...(previousName !== undefined && previousName !== name && { previousName }),
    // Not every database has keys and defaults of long texts.
    ...(spec.unique && !isKey && type.kind !== 'text' && { unique: true }),
    ...(spec.checked && { check: conditionOf(type, name) }),
    ...(spec.hasDefault && type.kind !== 'text' && { defaultRaw: literalOf(type) }),
    ...(spec.backfilled && { backfill: literalOf(type) }),
    ...(isKey && { autoincrement: false }),
  };
  const decorate = isKey ? PrimaryKey : Property;
  switch (type.kind) {
    case 'enum':
      return isKey ? PrimaryKey({ ...options, type: t.string, length: 40 }) : Enum({ ...options, items: type.items });
    case 'string':
      return decorate({ ...options, type: t.string, length: type.length });
    case 'decimal':
      return decorate({ ...options, type: t.decimal, precision: type.precision, scale: type.scale });
    default:
      return decorate({ ...options, type: t[type.kind] });
  }
}
