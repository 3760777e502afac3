import type { DovetailBase } from '@dovetail/core';
import type { Config } from './config/define-config.js';
import { chooseContext, type ConfigFile, findConfig } from './config/find-config.js';
import type { GlobalFlags } from './flags.js';
import { type Interruption, watchInterruption } from './interruption.js';
import { type Ending, withoutLeftover } from './new-database.js';
import { terminal } from './terminal.js';
import { isVerbose } from './verbose.js';

/** An open database, and the configuration that it was opened by. */
export interface Opened {
  readonly orm: DovetailBase;
  readonly config: Config;
  readonly file: ConfigFile;
  readonly interruption: Interruption;
}

/** How a database is opened. */
export interface OpenOptions {
  /** Whether a missing database is created, or an error; or the database is not connected to. */
  readonly database: 'created' | 'existing' | 'offline';
  /** What the entities are there for: commands about the whole database need none. The default is to read them. */
  readonly entities?: 'read' | 'ignored';
}

/** Runs `body` with the database that the flags and the configuration name, and closes it. */
export async function withDatabase<Result extends Ending>(
  flags: GlobalFlags,
  { database, entities = 'read' }: OpenOptions,
  body: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const file = await findConfig(flags.config);
  const config = chooseContext(file, flags.context);
  // So that the configuration's relative paths mean the same wherever the command is run below it.
  process.chdir(file.folder);
  const interruption = watchInterruption();
  try {
    return await interruption.cutOff('No table has been changed.', async () => {
      const orm = await config.open({
        connect: database !== 'offline',
        ensureDatabase: database === 'created',
        withoutEntities: entities === 'ignored',
        baseDir: file.folder,
        ...(isVerbose(flags) && { onStatement: (sql: string) => terminal.tell(sql) }),
      });
      try {
        return await withoutLeftover(orm, () => body({ orm, config, file, interruption }));
      } finally {
        await orm.close();
      }
    });
  } finally {
    interruption.dispose();
  }
}
