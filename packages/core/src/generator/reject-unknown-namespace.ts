import { DovetailError } from '../errors.js';
import { nearestName } from '../metadata/nearest-name.js';
import { spelled, type TableSpelling } from '../model/names.js';

/**
 * Refuses a namespace that nothing is in: all of it would seem to be up to date.
 *
 * @throws DovetailError `invalid-configuration` with the namespaces that there are.
 */
export function rejectUnknownNamespace(name: string, known: readonly string[], spelling: TableSpelling): void {
  if (known.some((other) => spelled(other, spelling) === spelled(name, spelling))) return;
  const nearest = nearestName(name, known);
  throw new DovetailError('invalid-configuration', 'There is no such schema. Nothing has been changed.', [
    {
      where: 'schema',
      what: `is "${name}", which no entity is in`,
      remedy:
        nearest === undefined ? `Write one of: ${known.join(', ')}.` : `Write ${nearest}, of ${known.join(', ')}.`,
    },
  ]);
}
