import type { PlanOptions } from '../model/plan.js';

/** Which renames are looked for. */
export type RenameOptions = Pick<PlanOptions, 'assumeRenames' | 'dropTables'> &
  Partial<Pick<PlanOptions, 'safe' | 'renames'>>;
