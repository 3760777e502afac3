import { pathToFileURL } from 'node:url';
import { findDeclarations } from '../decorators/declarations.js';
import { DovetailError } from '../errors.js';
import type { EntityClass } from './entity-class.js';
import type { Problems } from './problems.js';
import { exportsOf } from '../loaded-module.js';
import { messageOf } from '../message-of.js';

/**
 * The classes that the `entities` option names: those given as they are, and those that the files of its globs export
 * and decorators describe. Files are read in the order of their paths, so that every run sees the same order.
 */
export async function loadClasses(
  entities: readonly (EntityClass | string)[],
  baseDir: string,
  problems: Problems,
): Promise<readonly EntityClass[]> {
  rejectUnlisted(entities);
  const classes = new Set<EntityClass>();
  const failures: FailedFile[] = [];
  for (const entity of entities) {
    if (typeof entity === 'string') {
      for (const found of await importClasses(entity, baseDir, problems, failures)) classes.add(found);
    } else if (isClass(entity)) {
      if (isDescribed(entity)) classes.add(entity);
      else reportUndescribed(entity, problems);
    } else {
      reportNotAClass(entity, problems);
    }
  }
  throwIfAny(failures);
  return [...classes];
}

/** Plain JavaScript may have forgotten the option, or have stated one class alone. */
function rejectUnlisted(entities: unknown): void {
  if (Array.isArray(entities)) return;
  throw new DovetailError('invalid-configuration', 'The configuration lists no entities.', [
    {
      where: 'entities',
      what: entities === undefined ? 'is missing' : 'is no list',
      remedy: "Write entities: [Author, Book], or globs of their files: entities: ['./entities/*.js'].",
    },
  ]);
}

interface FailedFile {
  readonly file: string;
  readonly cause: unknown;
}

async function importClasses(
  pattern: string,
  baseDir: string,
  problems: Problems,
  failures: FailedFile[],
): Promise<readonly EntityClass[]> {
  // Loaded where it is needed: programs that list their classes start without.
  const { glob } = await import('tinyglobby');
  const files = (await glob(withSlashes(pattern), { cwd: baseDir, absolute: true })).filter(isScript).sort();
  if (files.length === 0) {
    problems.report(
      'entities',
      `no file matches "${pattern}" in ${baseDir}`,
      'Correct the glob, or the folder it starts from (`baseDir`).',
    );
    return [];
  }
  const classes: EntityClass[] = [];
  for (const file of files) {
    try {
      const module: unknown = await import(pathToFileURL(file).href);
      classes.push(...exportsOf(module).filter(isClass).filter(isDescribed));
    } catch (cause) {
      failures.push({ file, cause });
    }
  }
  if (classes.length === 0) {
    problems.report(
      'entities',
      `the files that match "${pattern}" export no entity`,
      'Export the classes that have `@Entity()`, or correct the glob.',
    );
  }
  return classes;
}

/** A backslash is a separator too, but for one that makes a bracket an ordinary character. */
function withSlashes(pattern: string): string {
  return pattern.replaceAll(/\\(?![()[\]{}!])/g, '/');
}

/** A glob may find source maps, declarations and other files beside those that a program can load. */
function isScript(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
}

/** Nothing can be said of entities as long as some are missing. */
function throwIfAny(failures: readonly FailedFile[]): void {
  const [first] = failures;
  if (first === undefined) return;
  throw new DovetailError(
    'invalid-metadata',
    'Entity files could not be loaded:',
    failures.map(({ file, cause }) => ({
      where: file,
      what: messageOf(cause),
      remedy: isUninitialised(cause)
        ? 'The class is used before it exists, as where two files import each other: write `author!: Rel<Author>` there, with `@ManyToOne(() => Author)`.'
        : 'Correct the file, or take it out of `entities`.',
    })),
    { cause: first.cause },
  );
}

/** A class that is used before its file was evaluated, such as one that `emitDecoratorMetadata` makes a value of. */
function isUninitialised(cause: unknown): boolean {
  return cause instanceof ReferenceError && cause.message.includes('before initialization');
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
