import { resolve } from 'node:path';
import type { DovetailBase, MigrationLanguage, MigrationsOptions } from '@dovetail/core';
import { defaultFileName } from './files/file-names.js';

/** What `createMigrator` takes besides what the configuration says; it wins over that. */
export interface MigratorOptions extends Omit<MigrationsOptions, 'tableName'> {
  /** Loads a script by its path, where plain Node.js could not: TypeScript is read from `pathTs` then. */
  readonly load?: (path: string) => Promise<unknown>;
}

/** All that the migrator works by. */
export interface MigratorContext {
  readonly orm: DovetailBase;
  readonly settings: Settings;
}

/** The options, each at its default where it was left out. */
export interface Settings {
  /** The folder that migrations are read from. */
  readonly folder: string;
  /** The folder that migrations and the snapshot are written to. */
  readonly sources: string;
  readonly glob: string;
  readonly tableName: string;
  /** The path of the snapshot; absent where there is to be none. */
  readonly snapshot?: string | undefined;
  readonly transactional: boolean;
  readonly allOrNothing: boolean;
  readonly safe: boolean;
  readonly dropTables: boolean;
  readonly emit: MigrationLanguage;
  readonly fileName: NonNullable<MigrationsOptions['fileName']>;
  readonly template?: MigrationsOptions['template'];
  readonly load: (path: string) => Promise<unknown>;
}

const everyFile = '!(*.d).{js,mjs,cjs,ts,mts,cts,sql}';

export function settle(orm: DovetailBase, options: MigratorOptions, load: Settings['load']): Settings {
  const { baseDir, tableName, ...configured } = orm.migrations;
  const { path = 'migrations', pathTs = path, snapshotName = '.snapshot', ...stated } = { ...configured, ...options };
  const sources = resolve(baseDir, pathTs);
  const readsSources = options.load !== undefined || runsTypeScript();
  return {
    folder: readsSources ? sources : resolve(baseDir, path),
    sources,
    glob: stated.glob ?? everyFile,
    tableName,
    snapshot: (stated.snapshot ?? true) ? resolve(sources, `${snapshotName}.json`) : undefined,
    transactional: stated.transactional ?? true,
    allOrNothing: stated.allOrNothing ?? true,
    safe: stated.safe ?? false,
    dropTables: stated.dropTables ?? true,
    emit: stated.emit ?? 'ts',
    fileName: stated.fileName ?? defaultFileName,
    template: stated.template,
    load: options.load ?? load,
  };
}

/** Whether this process imports TypeScript: Node.js itself, or a loader that was registered with it. */
function runsTypeScript(): boolean {
  const features: object = process.features;
  const hasOwn = 'typescript' in features && Boolean(features.typescript);
  const isRegistered = Symbol.for('ts-node.register.instance') in process;
  return hasOwn || isRegistered || process.execArgv.some((argument) => /\b(tsx|ts-node|swc-node)\b/.test(argument));
}
