import { logicalTypes, type TypeAttributes } from '../driver.js';
import type { Problem } from '../errors.js';
import type { ColumnMetadata, ColumnTypeMetadata } from '../metadata/entity-metadata.js';
import { nearestName } from '../metadata/nearest-name.js';
import type { TypeContext, TypedProperty } from '../types/type.js';
import { findColumn, objectName, type BuildContext } from './context.js';
import { withStated } from './stated.js';

type SameAs = Extract<ColumnTypeMetadata, { readonly kind: 'same-as' }>;

/** A column whose type is its own: that of the referenced column, where it belongs to a foreign key. */
export interface TypedColumn {
  readonly name: string;
  readonly origin: string;
  readonly type: Exclude<ColumnTypeMetadata, SameAs>;
  readonly attributes: TypeAttributes;
  readonly collation?: string | undefined;
  readonly charset?: string | undefined;
}

/**
 * Follows the column of a foreign key to the column that it references, over any number of foreign keys. What the
 * column states itself wins. `undefined` when there is no such column, which is reported.
 */
export function followReferences(column: ColumnMetadata, context: BuildContext): TypedColumn | undefined {
  return follow(column, context, new Set());
}

function follow(column: ColumnMetadata, context: BuildContext, visited: Set<ColumnMetadata>): TypedColumn | undefined {
  const { name, origin, type, collation, charset } = column;
  const attributes = column.autoincrement ? { autoincrement: true, ...column.attributes } : column.attributes;
  if (type.kind !== 'same-as') return { name, origin, type, attributes, collation, charset };

  const referenced = referencedColumn(type, column, context, visited);
  const source = referenced && follow(referenced, context, visited);
  return (
    source && {
      name: source.name,
      origin: source.origin,
      type: source.type,
      attributes: withStated(source.attributes, attributes),
      collation: collation ?? source.collation,
      charset: charset ?? source.charset,
    }
  );
}

function referencedColumn(
  type: SameAs,
  column: ColumnMetadata,
  { entities, report }: BuildContext,
  visited: Set<ColumnMetadata>,
): ColumnMetadata | undefined {
  visited.add(column);
  const target = entities.get(type.className);
  const referenced = target && findColumn(target, type.column);
  if (referenced === undefined) {
    report.invalid({
      where: column.origin,
      what: `it references the column "${type.column}" of ${type.className}, which does not exist`,
      remedy: 'Reference a property of an entity that is in `entities`.',
    });
    return undefined;
  }
  if (visited.has(referenced)) {
    report.invalid({
      where: column.origin,
      what: 'its column has the type of the referenced column, which comes back to this one',
      remedy: 'State `columnType` on one relation of the circle.',
    });
    return undefined;
  }
  return referenced;
}

/** The column type that the database writes. */
export function columnType(
  column: Omit<TypedColumn, 'type'> & { readonly type: ColumnTypeMetadata },
  context: BuildContext,
): string {
  const { type } = column;
  const { driver, customTypes, options, report } = context;
  const { types, ddl } = driver;
  switch (type.kind) {
    case 'logical':
      return types.columnType(type.type, column.attributes);
    case 'column-type':
      return type.columnType;
    case 'type-name':
      if (types.knowsType?.(type.name) === false)
        report.invalid({ where: column.origin, ...unknownType(type.name, driver) });
      return type.name;
    case 'custom': {
      const custom = customTypes.get(type.key);
      const { origin, attributes } = column;
      if (custom !== undefined) return custom.getColumnType({ origin, attributes }, typeContext(column, context));
      report.invalid({
        where: column.origin,
        what: `its custom type "${type.key}" was not discovered`,
        remedy: 'Give the `Type` class itself as `type`.',
      });
      return '';
    }
    case 'array':
      return arrayOf(columnType({ ...column, type: type.element }, context), column.attributes, context);
    case 'native-enum': {
      const { schema, name } = objectName(type.schema, type.name, options);
      const quoted = (schema === undefined ? [name] : [schema, name])
        .map((part) => ddl.quoteIdentifier(part))
        .join('.');
      return type.array ? arrayOf(quoted, column.attributes, context) : quoted;
    }
    case 'same-as': {
      const source = followReferences({ ...column, type, nullable: false }, context);
      return source === undefined ? '' : columnType(source, context);
    }
    default:
      return type satisfies never;
  }
}

function unknownType(name: string, driver: BuildContext['driver']): Omit<Problem, 'where'> {
  const nearest = nearestName(name, logicalTypes);
  const suggestion = nearest === undefined ? 'Write one of `t`' : `Write \`type: '${nearest}'\``;
  return {
    what: `its type "${name}" is none that ${driver.name} knows`,
    remedy: `${suggestion}, or \`columnType: '${name}'\` where it is meant as it stands.`,
  };
}

function arrayOf(element: string, attributes: TypeAttributes, { driver }: BuildContext): string {
  return driver.types.columnType('array', { ...attributes, element });
}

/** What a custom type sees of the database. Whether the table is strict is the column's matter, not the type's. */
function typeContext(column: TypedProperty, { driver }: BuildContext): TypeContext {
  const { strict } = column.attributes;
  return {
    database: driver.name,
    columnType: (type, attributes) => driver.types.columnType(type, { ...attributes, strict }),
  };
}
