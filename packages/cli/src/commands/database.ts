import { exitCode } from '../exit-code.js';
import type { ChangeFlags, GlobalFlags } from '../flags.js';
import { withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
import { presentSql } from '../output/sql.js';
import { ask } from './ask.js';

/** Creates the database where it is missing. */
export async function createDatabase(flags: GlobalFlags): Promise<Outcome> {
  return withDatabase(flags, { database: 'created', entities: 'ignored' }, ({ orm: { isNew } }) =>
    Promise.resolve({
      exitCode: exitCode.done,
      message: isNew ? 'Database created.' : 'The database exists already.',
      json: { exists: true, created: isNew },
    }),
  );
}

/** Removes the whole database, where `--run` or a person says so; `--dump` shows what does. */
export async function dropDatabase(flags: Pick<ChangeFlags, 'dump' | 'run'> & GlobalFlags): Promise<Outcome> {
  return withDatabase(flags, { database: 'existing', entities: 'ignored' }, async ({ orm, interruption }) => {
    const dropDb = await orm.schema.getDropSchemaSQL({ dropDb: true });
    const shown = flags.dump === true ? { result: await presentSql(dropDb) } : {};
    const kept = { exists: true, dropDb };
    if (flags.run !== true && flags.dump === true) return { exitCode: exitCode.done, ...shown, json: kept };
    const isWanted = flags.run === true || (await ask(`Remove the database ${orm.place} with all that it holds?`));
    if (!isWanted) return { exitCode: exitCode.refused, message: 'Nothing has been changed.', json: kept };
    await interruption.cutOff('The database may be gone, or there still.', () =>
      orm.schema.dropSchema({ dropDb: true }),
    );
    return { exitCode: exitCode.done, ...shown, message: 'Database dropped.', json: { exists: false, dropDb } };
  });
}
