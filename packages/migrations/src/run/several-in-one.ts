import { DovetailError } from '@dovetail/core';
import type { Ddl } from '@dovetail/core/driver';
import { listed } from '../migration.js';
import type { Run } from './run-one.js';

/**
 * How far a migration has come is kept after each statement, so of several in one text nobody would know which of them
 * were carried out.
 *
 * @throws DovetailError `migration-invalid`
 */
export function rejectSeveralInOne(
  runs: readonly Pick<Run, 'file' | 'direction' | 'isAtomic'>[],
  { isSeveral = () => false }: Pick<Ddl, 'isSeveral'>,
): void {
  const problems = runs
    .filter(({ isAtomic }) => !isAtomic)
    .flatMap(({ file, direction }) => listed(file.migration[direction]).map((sql) => ({ where: file.name, sql })))
    .filter(({ sql }) => isSeveral(sql))
    .map(({ where, sql }) => ({
      where,
      what: `holds several statements in one: ${sql.trim()}`,
      remedy: 'set them apart: each is an item of the list, or comes after a line "-- dovetail:statement"',
    }));
  if (problems.length === 0) return;
  throw new DovetailError(
    'migration-invalid',
    'Of a migration that is not in a transaction, each statement is kept by itself. Nothing has been done.',
    problems,
  );
}
