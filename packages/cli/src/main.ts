import { CommanderError } from 'commander';
import { readEnvironmentFile } from './environment-file.js';
import { type ExitCode, exitCode } from './exit-code.js';
import type { GlobalFlags } from './flags.js';
import type { Outcome } from './outcome.js';
import { createProgram } from './program.js';
import type { Perform } from './program/command.js';
import { isVerbose } from './verbose.js';
import { terminal } from './terminal.js';

/** Runs one command, and gives what the process ends with once all that was said has been taken. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const ended = await run(args);
  const lost = await terminal.flush();
  if (lost === undefined) return ended;
  terminal.tell(`The output cannot be written: ${lost.message}. What was done is done.`);
  await terminal.flush();
  return exitCode.failed;
}

async function run(args: readonly string[]): Promise<ExitCode> {
  let ended: ExitCode = exitCode.done;
  const isJson = args.includes('--json');
  const perform: Perform = async (flags, action) => {
    const outcome = await act(action).catch(async (error: unknown) => {
      const { outcomeOfError } = await import('./commands/index.js');
      return outcomeOfError(error, isVerbose(flags));
    });
    report(outcome, flags);
    ended = outcome.exitCode;
  };
  // A program reads JSON alone, and what is wrong is in it.
  const program = createProgram(perform, args[0], isJson ? () => undefined : terminal.tell);
  try {
    await program.parseAsync(args, { from: 'user' });
    return ended;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCode.done;
    // Commander has told a person already.
    if (isJson) {
      const { message } = error;
      report({ exitCode: exitCode.usage, json: { error: { code: 'usage', message, problems: [] } } }, { json: true });
    }
    return exitCode.usage;
  }
}

async function act(action: () => Promise<Outcome>): Promise<Outcome> {
  readEnvironmentFile();
  return action();
}

function report({ result, message, json }: Outcome, flags: GlobalFlags): void {
  if (flags.json === true) {
    terminal.result(`${JSON.stringify(json, null, 2)}\n`);
    return;
  }
  if (result !== undefined && result !== '') terminal.result(result);
  if (message !== undefined && message !== '') terminal.tell(message);
}
