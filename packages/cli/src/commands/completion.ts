import { DovetailError } from '@dovetail/core';
import type { Command } from 'commander';
import { exitCode } from '../exit-code.js';
import type { Outcome } from '../outcome.js';
import { bashCompletion } from './bash-completion.js';
import { type CompletedCommand, completedCommands } from './completed.js';

const shells: ReadonlyMap<string, (commands: readonly CompletedCommand[]) => string> = new Map([
  ['bash', bashCompletion],
  ['zsh', zsh],
  ['fish', fish],
]);

/** What makes a shell complete the commands and their flags. */
export async function completion(shell: string, program: Command): Promise<Outcome> {
  const script = shells.get(shell)?.(completedCommands(program, [...shells.keys()]));
  if (script !== undefined) return { exitCode: exitCode.done, result: script, json: { shell, script } };
  throw new DovetailError('invalid-configuration', 'There is no completion for this shell.', [
    { where: shell, what: 'is not known', remedy: `Write one of: ${[...shells.keys()].join(', ')}.` },
  ]);
}

function zsh(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, description }) => quote(`${name.replaceAll(':', '\\:')}:${description}`));
  return `#compdef dovetail
_dovetail() {
  local -a commands flags
  commands=(${described.join(' ')})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "\${words[2]}" in
${commands
  .map(({ name, flags }) => {
    const items = flags.map(({ long, description }) => quote(`${long}:${description.replaceAll(':', '\\:')}`));
    return `    ${name}) flags=(${items.join(' ')}) ;;`;
  })
  .join('\n')}
  esac
  _describe flag flags
}
compdef _dovetail dovetail
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, flags }) => [
    `complete -c dovetail -f -n __fish_use_subcommand -a ${quote(name)} -d ${quote(description)}`,
    ...flags.map(
      (flag) =>
        `complete -c dovetail -n '__fish_seen_subcommand_from ${name}' -l ${flag.long.slice(2)} -d ${quote(flag.description)}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

/** A word of a shell; no description has a quote in it. */
function quote(text: string): string {
  return `'${text}'`;
}
