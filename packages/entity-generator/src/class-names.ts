import { nameOf, objectKey, type ObjectName } from '@dovetail/core/driver';
import { distinctName, kebabCase, pascalCase, wordsOf } from './identifiers.js';
import type { EntityGeneratorOptions } from './options.js';

/** Names that mean something else in a file of entities, or in what compilers write into one. */
const reserved: readonly string[] = (
  'Entity Property PrimaryKey Enum ManyToOne OneToOne OneToMany ManyToMany Index Unique Check Exclusion Trigger ' +
  'Collection Rel sql Array BigInt Boolean Date Error Function JSON Map Number Object Promise Proxy Record Reflect ' +
  'RegExp Set String Symbol Uint8Array Undefined'
).split(' ');

/** Files that some systems can't have, whatever the ending (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const deviceNames = /^(?:con|prn|aux|nul|com\d|lpt\d)$/u;

/** The class of each table and view, by `objectKey`: valid identifiers, no two alike but for the case of letters. */
export function nameClasses(
  objects: readonly ObjectName[],
  { className }: Pick<EntityGeneratorOptions, 'className'>,
): ReadonlyMap<string, string> {
  const taken = new Set(reserved.map(fold));
  return new Map(
    objects.map((object) => {
      const proposed = pascalCase(wordsOf(object.name));
      const wanted = className === undefined ? proposed : pascalCase(wordsOf(className(nameOf(object), proposed)));
      const free = taken.has(fold(wanted)) && reserved.includes(wanted) ? `${wanted}Entity` : wanted;
      return [classKey(object), distinctName(free, taken, fold)];
    }),
  );
}

/** The name under which the class of a table or view is found. */
export function classKey(object: ObjectName): string {
  return objectKey(object, { foldTableName: (name) => name });
}

/** The file of each class, without an ending, no two alike but for the case of letters. */
export function nameFiles(classNames: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    classNames.map((name) => {
      const words = kebabCase(wordsOf(name));
      return [name, distinctName(deviceNames.test(words) ? `${words}-entity` : words, taken, fold)];
    }),
  );
}

function fold(name: string): string {
  return name.toLowerCase();
}
