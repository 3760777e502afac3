import { displayName, nameOf, type TableNames } from '../model/names.js';
import type { EnumType, Schema } from '../model/schema.js';
import type { Renamable } from './find-renames.js';
import { findAmong, type Found, pathsOf, type Renamables } from './found-renames.js';
import type { RenameOptions } from './rename-options.js';
import { quote } from './rename-problems.js';
import { within } from './within.js';

/** The enums of a namespace that are renamed. */
export function findEnums(
  schema: string | undefined,
  actual: Schema,
  desired: Schema,
  { foldTableName: fold }: TableNames,
  { assumeRenames, safe = false, renames: stated = {} }: RenameOptions,
): Found<EnumType> {
  const enums: Renamables<EnumType> = {
    place: {
      prefixes: [schema ?? ''],
      before: within(actual.enums, schema),
      after: within(desired.enums, schema),
      fold,
      foldPrefix: fold,
    },
    words: {
      kind: 'enum',
      pathOf: displayName,
      nameOf: displayName,
      hint: ({ name }) => `@Enum({ previousNativeEnumName: ${quote(name)} })`,
    },
    change: ({ from, to, reason }) => ({ kind: 'rename-enum', enum: nameOf({ schema, name: from }), to, reason }),
  };
  const itemsOf = ({ items }: EnumType): string => JSON.stringify(items);
  return findAmong(enums, stated, {
    alike: (a, b) => itemsOf(a) === itemsOf(b),
    traitOf: itemsOf,
    assumeRenames: assumeRenames && !safe,
    dropsRest: !safe,
  });
}

/**
 * The values of an enum that are renamed. One that gives its place to another is as likely another value, so nothing is
 * assumed of values.
 */
export function findValues(
  actual: EnumType,
  desired: EnumType,
  { foldTableName: foldPrefix }: TableNames,
  { renames: stated = {} }: RenameOptions,
): Found<Renamable> {
  const type = nameOf(desired);
  const previous = new Map(Object.entries(desired.previousItems ?? {}));
  const values: Renamables<Renamable> = {
    place: {
      prefixes: pathsOf(actual, desired, stated),
      before: actual.items.map((name) => ({ name })),
      after: desired.items.map((name) => ({ name, previousName: previous.get(name) })),
      fold: (name) => name,
      foldPrefix,
    },
    words: {
      kind: 'enum value',
      pathOf: ({ name }) => `${displayName(type)}.${name}`,
      nameOf: ({ name }) => name,
      hint: (from, to) => `@Enum({ previousItems: { ${quote(to.name)}: ${quote(from.name)} } })`,
    },
    change: (pair) => ({ kind: 'rename-enum-value', enum: type, ...pair }),
  };
  return findAmong(values, stated, {
    alike: () => true,
    traitOf: () => '',
    assumeRenames: false,
    dropsRest: true,
  });
}
