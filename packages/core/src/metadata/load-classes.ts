import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { findDeclarations } from '../decorators/declarations.js';
import { DovetailError } from '../errors.js';
import type { EntityClass } from './entity-class.js';
import type { Problems } from './problems.js';

/**
 * The classes that the `entities` option names: those given as they are, and those that the files of its globs export
 * and decorators describe. Files are read in the order of their paths, so that every run sees the same order.
 */
export async function loadClasses(
  entities: readonly (EntityClass | string)[],
  baseDir: string,
  problems: Problems,
): Promise<readonly EntityClass[]> {
  const classes = new Set<EntityClass>();
  for (const entity of entities) {
    if (typeof entity === 'string') {
      for (const found of await importClasses(entity, baseDir, problems)) classes.add(found);
    } else if (isClass(entity)) {
      if (isDescribed(entity)) classes.add(entity);
      else reportUndescribed(entity, problems);
    } else {
      reportNotAClass(entity, problems);
    }
  }
  return [...classes];
}

async function importClasses(pattern: string, baseDir: string, problems: Problems): Promise<EntityClass[]> {
  const files = await glob(pattern, { cwd: baseDir, absolute: true });
  if (files.length === 0) {
    problems.report(
      'entities',
      `no file matches "${pattern}" in ${baseDir}`,
      'Correct the glob, or the folder it starts from (`baseDir`).',
    );
  }
  const classes: EntityClass[] = [];
  for (const file of files.sort()) {
    classes.push(
      ...exportedValues(await importFile(file))
        .filter(isClass)
        .filter(isDescribed),
    );
  }
  return classes;
}

async function importFile(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DovetailError('invalid-metadata', `The entity file ${file} could not be loaded: ${reason}`, [], {
      cause,
    });
  }
}

/** What a module exports. A CommonJS module may export its classes as members of its default export. */
function exportedValues(module: unknown): unknown[] {
  if (typeof module !== 'object' || module === null) return [];
  return Object.entries(module).flatMap(([name, value]: [string, unknown]) =>
    name === 'default' && typeof value === 'object' ? exportedValues(value) : [value],
  );
}

function isClass(value: unknown): value is EntityClass {
  return typeof value === 'function';
}

function isDescribed(candidate: EntityClass): boolean {
  const declarations = findDeclarations(candidate);
  return declarations?.entity !== undefined || declarations?.embeddable !== undefined;
}

function reportUndescribed(candidate: EntityClass, problems: Problems): void {
  problems.report(
    candidate.name,
    'the class is in `entities` but has no `@Entity()`',
    'Add `@Entity()` to the class, or take it out of `entities`.',
  );
}

function reportNotAClass(value: unknown, problems: Problems): void {
  problems.report(
    'entities',
    `${String(value)} is in the list where a class or a glob is expected`,
    value === undefined
      ? 'Its file is probably still loading: two files import each other. List the entities in a file that neither imports.'
      : 'List classes, or globs of the files that export them.',
  );
}
