import { DovetailError } from '@dovetail/core';
import type { Command } from 'commander';
import { exitCode } from '../exit-code.js';
import type { Outcome } from '../outcome.js';
import { bashCompletion } from './bash-completion.js';
import { type CompletedCommand, completedCommands } from './completed.js';
import { fishCompletion } from './fish-completion.js';
import { zshCompletion } from './zsh-completion.js';

const shells: ReadonlyMap<string, (commands: readonly CompletedCommand[]) => string> = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
]);

/** What makes a shell complete the commands and their flags. */
export async function completion(shell: string, program: Command): Promise<Outcome> {
  const script = shells.get(shell)?.(completedCommands(program, [...shells.keys()]));
  if (script !== undefined) return { exitCode: exitCode.done, result: script, json: { shell, script } };
  throw new DovetailError('invalid-configuration', 'There is no completion for this shell.', [
    { where: shell, what: 'is not known', remedy: `Write one of: ${[...shells.keys()].join(', ')}.` },
  ]);
}
