import type { Problem, ReflectedProperty } from '@dovetail/core';

/** What is known of the properties of a class, inherited ones included, by name. */
export type ReflectedClass = Readonly<Record<string, ReflectedProperty & { readonly type?: string | undefined }>>;

/** A file as it was when it was read. */
export interface SourceState {
  readonly hash: string;
  /** The files of the project that it imports, by path. */
  readonly imports: readonly string[];
}

/** What one source file says. JSON-serialisable. */
export interface ReflectedFile {
  readonly classes: Readonly<Record<string, ReflectedClass>>;
  /** Where the source and its decorators disagree. */
  readonly problems: readonly Problem[];
}

/** What all source files say. Paths are relative to the base folder. */
export interface ReflectionData {
  /** What it was made by: another version, or other options, make other data. */
  readonly madeBy: string;
  /** All files that were read, those that others import included. */
  readonly states: Readonly<Record<string, SourceState>>;
  readonly files: Readonly<Record<string, ReflectedFile>>;
}
