import { DovetailError } from '@dovetail/core';
import { compareText } from '@dovetail/core/driver';
import { nameFiles } from './class-names.js';
import type { EntityDescription } from './description.js';
import type { GeneratedFile } from './generated.js';
import type { EntityGeneratorOptions } from './options.js';
import { importedClasses, importedNames, printClass } from './print-class.js';
import { printText } from './print-text.js';
import { printList } from './print-value.js';

type Options = Pick<EntityGeneratorOptions, 'singleFile' | 'importSuffix' | 'importFrom' | 'reflectedTypes'>;

/** The files of the entities, in the order of their names. */
export function printFiles(
  entities: readonly EntityDescription[],
  packageName: string,
  options: Options,
): readonly GeneratedFile[] {
  if (entities.length === 0) return [];
  const { singleFile, importFrom = packageName, reflectedTypes = false } = options;
  if (singleFile !== undefined) {
    const names = importLine(entities.flatMap(importedNames), importFrom);
    return [
      {
        path: plainFile(singleFile),
        text: [names, ...entities.map((entity) => printClass(entity, reflectedTypes))].join('\n'),
      },
    ];
  }
  const files = nameFiles(entities.map(({ className }) => className));
  return entities
    .map((entity) => ({
      path: `${files.get(entity.className) ?? entity.className}.ts`,
      text: printFile(entity, files, importFrom, options),
    }))
    .toSorted((a, b) => compareText(a.path, b.path));
}

function printFile(
  entity: EntityDescription,
  files: ReadonlyMap<string, string>,
  importFrom: string,
  { importSuffix = '.js', reflectedTypes = false }: Options,
): string {
  const others = distinct(importedClasses(entity)).map((name) =>
    importLine([name], `./${files.get(name) ?? name}${importSuffix}`),
  );
  return `${importLine(importedNames(entity), importFrom)}${others.join('')}\n${printClass(entity, reflectedTypes)}`;
}

/** `Rel` is a type alone, which some compilers must be told. */
function importLine(names: readonly string[], from: string): string {
  const list = distinct(names).map((name) => (name === 'Rel' ? 'type Rel' : name));
  return `import ${printList(list, ['{ ', ' }'], '')} from ${printText(from)};\n`;
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compareText);
}

function plainFile(name: string): string {
  if (/^[\p{ID_Continue}.-]+\.[cm]?ts$/u.test(name) && !name.startsWith('.')) return name;
  throw new DovetailError('invalid-configuration', 'The entities cannot be written:', [
    {
      where: '`singleFile`',
      what: `"${name}" is no name of a file of TypeScript`,
      remedy: 'Write `entities.ts`; the folder goes into `path`.',
    },
  ]);
}
