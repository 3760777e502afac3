import { displayName } from '@dovetail/core/driver';
import { findPivots } from './pivots.js';
import { nameClasses, classKey } from './class-names.js';
import { unexpressedOfView } from './describe-class.js';
import { describeCollections, nameOwningEnds } from './describe-collections.js';
import { describeTable, type Model } from './describe-table.js';
import { describeView } from './describe-view.js';
import type { EntityDescription } from './description.js';
import type { Unexpressed } from './generated.js';
import type { EntityGeneratorOptions } from './options.js';
import { nameProperties } from './property-names.js';
import { findReferences } from './references.js';
import type { Source } from './source.js';

/** The entities of a database, and what it has that they can't say. */
export function describeEntities(
  source: Source,
  options: EntityGeneratorOptions,
): { readonly entities: readonly EntityDescription[]; readonly unexpressed: readonly Unexpressed[] } {
  const { schema } = source;
  const { references, unexpressed } = findReferences(source, options.scalarForeignKeys ?? false);
  const found = findPivots(references, source);
  const isBidirectional = options.bidirectional ?? true;
  const pivots = isBidirectional ? found : [];
  const hidden = new Set(pivots.filter(({ isBare }) => isBare).map(({ table }) => table));
  const tables = schema.tables.filter((table) => !hidden.has(table));
  const classNames = nameClasses([...tables, ...schema.views], options);
  const visible = new Map([...references].filter(([table]) => !hidden.has(table)));
  const names = nameProperties(tables, visible, classNames, options);
  const owningEnds = nameOwningEnds(pivots, names, { classNames });
  const model: Model = { source, options, references: visible, classNames, owningEnds };

  const described = tables.flatMap((table) => {
    const own = names.get(table);
    const className = classNames.get(classKey(table));
    return own === undefined || className === undefined ? [] : [describeTable(table, className, own, model)];
  });
  const collections = tables.map((table) => (isBidirectional ? describeCollections(table, names, pivots, model) : []));
  const entities = [
    ...described.map(({ entity }, index) => ({
      ...entity,
      properties: [...entity.properties, ...(collections[index] ?? [])],
    })),
    ...schema.views.map((view) => describeView(view, classNames.get(classKey(view)) ?? view.name, source, options)),
  ];
  return {
    entities,
    unexpressed: [
      ...described.flatMap((table) => table.unexpressed),
      ...unexpressed,
      ...schema.views.flatMap(unexpressedOfView),
      ...unusedEnums(entities, source),
      ...source.survey.unmodelled.map((what) => ({ where: 'the database', what })),
    ],
  };
}

/** An enum type is made for the columns that have it. */
function unusedEnums(entities: readonly EntityDescription[], { schema }: Source): readonly Unexpressed[] {
  const used = new Set(
    entities
      .flatMap(({ properties }) => properties)
      .flatMap((property) => (property.decorator === 'Enum' ? [property.options.nativeEnumName] : [])),
  );
  return schema.enums
    .map(displayName)
    .filter((name) => !used.has(name))
    .map((name) => ({ where: 'the database', what: `enum type ${name}, which no property has` }));
}
