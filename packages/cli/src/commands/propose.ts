import { changeTree, DovetailError, type ApplyOptions, type Consent, type Plan } from '@dovetail/core';
import type { ChangeFlags } from '../flags.js';
import { exitCode } from '../exit-code.js';
import type { Opened } from '../open.js';
import type { Outcome } from '../outcome.js';
import { colours } from '../output/colours.js';
import { tellAssumedRenames } from '../output/assumed-renames.js';
import { tellDifferences } from '../output/differences.js';
import { tellProgress } from '../output/progress.js';
import { presentSql } from '../output/sql.js';
import { translate } from '../output/translate.js';
import { presentTree } from '../output/tree.js';
import { terminal } from '../terminal.js';
import { isVerbose } from '../verbose.js';
import { ask, canAsk } from './ask.js';

/** What a command would do, and how it is done. */
export interface Proposal {
  readonly plan: Plan;
  readonly sql: string;
  /** What is said where nothing has to be done; absent where something has to, whatever the plan says. */
  readonly idle?: string | undefined;
  /** What a person is asked, where it is more than whether to carry out the plan. */
  readonly question?: string | undefined;
  /** What is said when all is done. */
  readonly done: string;
  apply(options: ApplyOptions & { readonly allow: readonly Consent[] }): Promise<void>;
  /** What follows, and the sentence to say of it. */
  afterwards?(): Promise<string>;
}

/** Shows what would be done, and does it where `--run` or a person says so. */
export async function carryOut(proposal: Proposal, flags: ChangeFlags, opened: Opened): Promise<Outcome> {
  const { plan, sql, idle } = proposal;
  if (isVerbose(flags)) tellDifferences(plan);
  const shown = flags.dump === true ? { result: await presentSql(sql) } : {};
  const isIdle = plan.steps.length === 0 && idle !== undefined;
  if (flags.run !== true && flags.dump === true) {
    return { exitCode: exitCode.done, ...shown, message: isIdle ? idle : undefined, json: plan };
  }
  if (!isIdle) {
    if (flags.run === true) tellAssumedRenames(plan);
    else if (!isRefused(proposal, flags) && !(await isWanted(proposal, opened))) return declined(plan);
    await apply(proposal, flags, opened);
  }
  const follow = (await proposal.afterwards?.()) ?? '';
  const message = [isIdle ? idle : proposal.done, follow].filter((sentence) => sentence !== '').join(' ');
  return { exitCode: exitCode.done, ...shown, message, json: plan };
}

async function apply(proposal: Proposal, flags: ChangeFlags, { interruption }: Opened): Promise<void> {
  const onProgress = terminal.isInteractive || isVerbose(flags) ? tellProgress() : undefined;
  const attempt = (allow: readonly Consent[]): Promise<void> =>
    interruption.stop((signal) => proposal.apply({ signal, onProgress, allow }));
  try {
    await attempt(flags.allowDataLoss === true ? ['data-loss'] : []);
  } catch (error) {
    if (!(await consents(error, flags))) throw error;
    await attempt(['data-loss']);
  }
}

/** What is refused anyway needs no answer. */
function isRefused({ plan }: Proposal, { allowDataLoss }: ChangeFlags): boolean {
  return plan.steps.some(
    ({ refusal }) => refusal !== undefined && (refusal.kind === 'impossible' || allowDataLoss !== true),
  );
}

async function isWanted({ plan, question }: Proposal, { orm }: Opened): Promise<boolean> {
  terminal.tell(presentTree(changeTree(plan, await orm.schema.atStake(plan)), colours.told));
  return ask(question ?? `Carry this out on ${orm.place}?`);
}

/** The refusal names what would be lost; a person may accept that. */
async function consents(error: unknown, flags: ChangeFlags): Promise<boolean> {
  if (!(error instanceof DovetailError) || !isWaivable(error)) return false;
  if (!canAsk(flags) || flags.allowDataLoss === true) return false;
  terminal.tell(translate(error).message);
  return ask('Destroy these rows and values?');
}

/** Whether consent is all that it takes. */
function isWaivable({ problems }: DovetailError): boolean {
  return problems.length > 0 && problems.every(({ consent }) => consent === 'data-loss');
}

function declined(plan: Plan): Outcome {
  return { exitCode: exitCode.refused, message: 'Nothing has been changed.', json: plan };
}
