/** Where the sources are, and what is read from them. */
export interface ReflectionOptions {
  /**
   * Globs of the files that declare the entities: of TypeScript (`./src/entities/*.ts`), or of compiled files whose
   * source maps lead there (`./dist/entities/*.js`).
   */
  readonly sources: readonly string[];
  /** Where relative paths start: a folder. The default is the process's working folder. */
  readonly baseDir?: string;
  /** The project's `tsconfig.json`, for the paths that it maps. By default its settings are not looked at. */
  readonly tsConfig?: string;
  /** Doc comments of properties become comments of their columns. The default is false. */
  readonly comments?: boolean;
  /**
   * The file that keeps what was read, so that only changed sources are read again; false for none. The default is
   * `node_modules/.cache/dovetail/reflection.json`.
   */
  readonly cache?: string | false;
}
