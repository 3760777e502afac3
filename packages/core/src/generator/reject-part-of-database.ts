import { DovetailError } from '../errors.js';
import type { DropOptions } from './generator-options.js';

/** Who names a part, or says what is to stay, must not lose everything. */
export function rejectPartOfDatabase({ schema, dropTables }: DropOptions): void {
  if (schema === undefined && dropTables !== false) return;
  throw new DovetailError(
    'invalid-configuration',
    'The database is dropped whole or not at all. Nothing has been changed.',
    [
      {
        where: 'dropDb',
        what: `stands beside ${schema === undefined ? '`dropTables: false`' : `\`schema: '${schema}'\``}`,
        remedy: 'leave one of them out',
      },
    ],
  );
}
