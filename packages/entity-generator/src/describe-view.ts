import { emptyTable, type View, type ViewColumn } from '@dovetail/core/driver';
import { classKey } from './class-names.js';
import { columnTypeOf } from './column-type.js';
import { viewClass } from './describe-class.js';
import type { EntityDescription, PropertyDescription } from './description.js';
import { camelCase, distinctName, wordsOf } from './identifiers.js';
import { declaredIndexes, describeIndex } from './indexes.js';
import type { EntityGeneratorOptions } from './options.js';
import type { Source } from './source.js';

/** The class of a view: read-only, its query with it. */
export function describeView(
  view: View,
  className: string,
  source: Source,
  { propertyName }: Pick<EntityGeneratorOptions, 'propertyName'>,
): EntityDescription {
  const columns = source.survey.viewColumns.filter((column) => classKey(column.view) === classKey(view));
  const taken = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
  const names = new Map(
    columns.map(({ name }) => {
      const proposed = camelCase(wordsOf(name));
      const wanted = propertyName?.([name], proposed, view) ?? proposed;
      return [name, distinctName(wanted === proposed ? proposed : camelCase(wordsOf(wanted)), taken)];
    }),
  );
  const indexes = declaredIndexes({ ...emptyTable, name: view.name, indexes: view.indexes ?? [] }, source);
  return {
    className,
    source: view.schema === undefined ? { name: view.name } : { schema: view.schema, name: view.name },
    options: { ...viewClass(view, className, source), readonly: true },
    indexes: indexes.map((index) =>
      describeIndex(index, { ...emptyTable, name: view.name }, source, (column) => names.get(column) ?? column),
    ),
    checks: [],
    exclusions: [],
    triggers: [],
    properties: columns.map((column) => describeColumn(column, names.get(column.name) ?? column.name, source)),
  };
}

/** A view tells nothing of where its values come from, so that each may be null. */
function describeColumn({ name, type }: ViewColumn, property: string, { driver, naming }: Source): PropertyDescription {
  const { options, typescript } = columnTypeOf({ name, type, nullable: true }, false, driver);
  return {
    name: property,
    type: typescript,
    decorator: 'Property',
    options: {
      ...(naming.columnName(property, undefined, []) !== name && { name }),
      ...options,
      nullable: true,
    },
  };
}
