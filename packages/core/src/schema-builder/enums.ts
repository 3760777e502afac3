import type { ColumnTypeMetadata, EntityMetadata } from '../metadata/entity-metadata.js';
import { displayName, objectKey } from '../model/names.js';
import type { EnumType } from '../model/schema.js';
import { objectName, type BuildContext } from './context.js';
import { reportTooLong } from './names.js';

/** The native enum types of the columns, each once, whatever the number of columns that have it. */
export function buildEnums(entities: readonly EntityMetadata[], context: BuildContext): EnumType[] {
  const enums = new Map<string, { readonly type: EnumType; readonly origin: string }>();
  for (const { origin, type } of entities.flatMap(({ columns }) => columns)) {
    const enumType = nativeEnum(type, context);
    if (enumType === undefined) continue;
    const key = objectKey(enumType, context.driver.comparison);
    const known = enums.get(key);
    if (known === undefined) {
      reportTooLong(enumType.name, origin, context);
      reportBuiltIn(enumType, origin, context);
      enums.set(key, { type: enumType, origin });
    } else if (sayOf(known.type) !== sayOf(enumType)) {
      context.report.invalid({
        where: origin,
        what: `the enum type ${displayName(enumType)} has other items or hints here than in ${known.origin}`,
        remedy: 'Give both the same `items` in the same order and the same hints, or another `nativeEnumName`.',
      });
    }
  }
  return [...enums.values()].map(({ type }) => type);
}

function nativeEnum(type: ColumnTypeMetadata, { options }: BuildContext): EnumType | undefined {
  if (type.kind !== 'native-enum') return undefined;
  const { previousName, previousItems } = type;
  return {
    ...objectName(type.schema, type.name, options),
    items: type.items,
    ...(previousName !== undefined && { previousName }),
    ...(previousItems !== undefined && { previousItems }),
  };
}

function reportBuiltIn({ schema, name }: EnumType, origin: string, { driver, report }: BuildContext): void {
  if (schema !== undefined || driver.types.isBuiltInType?.(name) !== true) return;
  report.invalid({
    where: origin,
    what: `the enum type "${name}" has the name of a type of ${driver.name}'s own, which the name would mean`,
    remedy: `Choose another \`nativeEnumName\`, or one in a schema besides the default one: 'shop.${name}'.`,
  });
}

/** What the properties of one enum type have to say alike. */
function sayOf({ items, previousName, previousItems }: EnumType): string {
  return JSON.stringify([items, previousName, previousItems]);
}
