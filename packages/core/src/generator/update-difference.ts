import { compareWithDatabase, type ComparisonInput, type Difference } from './compare.js';
import type { Perspective } from './perspective.js';
import { rejectUnmet } from './unmet-needs.js';

/**
 * What an update has to do.
 *
 * @throws DovetailError `precheck-failed` where it needs what another schema does not have yet.
 */
export async function updateDifference(
  input: ComparisonInput,
  { wanted }: Pick<Perspective, 'wanted'>,
): Promise<Difference> {
  const difference = await compareWithDatabase(input);
  await rejectUnmet(difference, () => wanted(undefined), input);
  return difference;
}
