import { DovetailError } from '@dovetail/core';
import type { Ddl } from '@dovetail/core/driver';
import { listed } from '../migration.js';
import type { Run } from './run-one.js';

/**
 * A statement that ends the transaction of the migrations takes from them that they are rolled back when one fails.
 *
 * @throws DovetailError `migration-invalid`
 */
export function rejectTransactionControl(
  runs: readonly Pick<Run, 'file' | 'direction' | 'isAtomic'>[],
  { controlsTransaction = () => false }: Pick<Ddl, 'controlsTransaction'>,
): void {
  const problems = runs
    .filter(({ isAtomic }) => isAtomic)
    .flatMap(({ file, direction }) =>
      listed(file.migration[direction])
        .filter((statement) => controlsTransaction(statement))
        .map((statement) => ({
          where: file.name,
          what: `holds ${statement.trim()}, and is in a transaction already`,
          remedy:
            'leave that statement out; or mark the migration as not transactional, where its statements are kept one by one',
        })),
    );
  if (problems.length === 0) return;
  throw new DovetailError('migration-invalid', 'A migration ends its transaction. Nothing has been done.', problems);
}
