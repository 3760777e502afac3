import { columnIndexes } from './column-extras.js';
import type { ColumnMetadata } from './entity-metadata.js';
import type { Layout, PropertyContext } from './layout.js';
import { layOutReference } from './lay-out-reference.js';
import type { NamedPolymorphic } from './named-property.js';

/** The columns of a relation to one of several entities, with an index over them in place of a foreign key. */
export function layOutPolymorphic(property: NamedPolymorphic, context: PropertyContext): Layout {
  const { reference, discriminator, origin } = property;
  const { options, columns: keyColumns, unique } = reference;
  const { columns, checks } = layOutReference(reference, context);
  const tellsApart: ColumnMetadata = {
    origin,
    name: discriminator.column,
    type: { kind: 'logical', type: 'string' },
    attributes: {},
    nullable: columns.every(({ nullable }) => nullable),
  };
  const wanted = { index: options.index ?? !(options.unique ?? unique), unique: options.unique ?? unique };
  return {
    columns: discriminator.declared ? columns : [tellsApart, ...columns],
    foreignKeys: [],
    indexes: columnIndexes([discriminator.column, ...keyColumns], wanted, origin, context),
    checks,
  };
}
