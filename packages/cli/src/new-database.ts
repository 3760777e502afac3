import type { DovetailBase } from '@dovetail/core';
import { exitCode } from './exit-code.js';
import type { Outcome } from './outcome.js';

/** What a command ends with, as far as its database is concerned. */
export type Ending = Pick<Outcome, 'exitCode'>;

/** Runs a command. Where it comes to nothing, a database that was created for it goes again, as long as it is empty. */
export async function withoutLeftover<Result extends Ending>(
  orm: DovetailBase,
  body: () => Promise<Result>,
): Promise<Result> {
  let isDone = false;
  try {
    const result = await body();
    isDone = result.exitCode === exitCode.done;
    return result;
  } finally {
    // What the command came to is told, and not what came of this.
    if (orm.isNew && !isDone) await removeEmpty(orm).catch(() => undefined);
  }
}

async function removeEmpty({ driver, connection, schema }: DovetailBase): Promise<void> {
  const { tables, views, enums } = await driver.introspect(connection, { namespaces: [] });
  if (tables.length + views.length + enums.length === 0) await schema.dropSchema({ dropDb: true });
}
