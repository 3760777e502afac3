import {
  type ClassDeclaration,
  ModuleKind,
  ModuleResolutionKind,
  Project,
  ScriptTarget,
  type SourceFile,
} from 'ts-morph';
import { dirname, join } from 'node:path';
import { disagreements } from './disagreements.js';
import { hashText } from './cache.js';
import { memberOf, membersOf } from './members.js';
import type { ReflectedClass, ReflectedFile, ReflectionData, SourceState } from './reflection-data.js';
import { relativePath } from './source-files.js';

export interface AnalysisOptions {
  /** The folder that paths are relative to. */
  readonly folder: string;
  readonly tsConfig?: string | undefined;
  readonly comments: boolean;
}

export interface Analysis {
  readonly states: ReflectionData['states'];
  readonly files: ReadonlyMap<string, ReflectedFile>;
}

/** What the files say of the classes that they declare, by path. */
export function analyse(paths: readonly string[], options: AnalysisOptions): Analysis {
  const { folder, tsConfig } = options;
  const project = new Project({
    ...(tsConfig !== undefined && { tsConfigFilePath: tsConfig }),
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      target: ScriptTarget.ESNext,
      module: ModuleKind.ESNext,
      // Resolves what every other way does: `./author`, `./author.js` and packages.
      moduleResolution: ModuleResolutionKind.Bundler,
      // Without it, `string | null` is `string`.
      strict: true,
      skipLibCheck: true,
      types: ['node'],
      ...(tsConfig === undefined && { typeRoots: typeRootsOf(folder) }),
    },
  });
  const files = paths.map((path) => [path, project.addSourceFileAtPath(`${folder}/${path}`)] as const);
  return {
    states: statesOf(
      files.map(([, file]) => file),
      folder,
    ),
    files: new Map(files.map(([path, file]) => [path, analyseFile(file, options)])),
  };
}

/** Where the types of packages such as `@types/node` can be: beside the folder, or beside one around it. */
function typeRootsOf(folder: string): string[] {
  const parent = dirname(folder);
  return [join(folder, 'node_modules/@types'), ...(parent === folder ? [] : typeRootsOf(parent))];
}

function analyseFile(file: SourceFile, options: AnalysisOptions): ReflectedFile {
  const classes = file.getClasses().filter((declared) => declared.getName() !== undefined);
  return {
    classes: Object.fromEntries(classes.map((declared) => [declared.getName() ?? '', analyseClass(declared, options)])),
    problems: classes.flatMap(disagreements),
  };
}

function analyseClass(declared: ClassDeclaration, { comments }: AnalysisOptions): ReflectedClass {
  return Object.fromEntries(membersOf(declared).map((member) => [member.name, memberOf(member, comments)]));
}

/** The files and all that they import, directly or not: their types are part of what is said. */
function statesOf(files: readonly SourceFile[], folder: string): Readonly<Record<string, SourceState>> {
  const states: Record<string, SourceState> = {};
  const add = (file: SourceFile): void => {
    const path = relativePath(folder, file.getFilePath());
    if (states[path] !== undefined) return;
    const imported = file
      .getReferencedSourceFiles()
      .filter((each) => !each.isInNodeModules() && !each.isDeclarationFile());
    const imports = imported.map((each) => relativePath(folder, each.getFilePath()));
    states[path] = { hash: hashText(file.getFullText()), imports };
    imported.forEach(add);
  };
  files.forEach(add);
  return states;
}
