import type { GlobalFlags } from './flags.js';

/** Whether the statements are printed, and the stacks of errors. */
export function isVerbose({ verbose }: GlobalFlags): boolean {
  return verbose === true || ['1', 'true'].includes(process.env.DOVETAIL_CLI_VERBOSE ?? '');
}
