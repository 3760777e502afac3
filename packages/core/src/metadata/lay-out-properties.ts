import { layOutDeclared } from './declared-objects.js';
import { emptyLayout, type Layout, mergeLayouts, type PropertyContext, type TableContext } from './layout.js';
import { layOutPolymorphic } from './lay-out-polymorphic.js';
import { layOutReference } from './lay-out-reference.js';
import { layOutJson, layOutScalar } from './lay-out-scalar.js';
import type { NamedProperty } from './named-property.js';
import { type Scope, scopeOf } from './scope.js';

/** Columns, and what hangs on them, of the properties of an entity or an embeddable. */
export function layOutProperties(properties: readonly NamedProperty[], scope: Scope, context: TableContext): Layout {
  const inScope = { ...context, scope };
  return mergeLayouts(properties.map((property) => layOutProperty(property, inScope)));
}

function layOutProperty(property: NamedProperty, context: PropertyContext): Layout {
  switch (property.kind) {
    case 'scalar':
      return layOutScalar(property, context);
    case 'json':
      return layOutJson(property, context);
    case 'reference':
      return layOutReference(property, context);
    case 'polymorphic':
      return layOutPolymorphic(property, context);
    case 'embedded': {
      const inside = scopeOf(property.properties);
      const declared = property.sources.map(({ declarations }) =>
        layOutDeclared({ className: property.origin, declarations }, { ...context, scope: inside }),
      );
      return mergeLayouts([layOutProperties(property.properties, inside, context), ...declared]);
    }
    case 'collection':
    case 'inverse':
    case 'not-persisted':
      return emptyLayout;
  }
}
