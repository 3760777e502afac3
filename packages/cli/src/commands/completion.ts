import { DovetailError } from '@dovetail/core';
import type { Command } from 'commander';
import { exitCode } from '../exit-code.js';
import type { Outcome } from '../outcome.js';

interface Completed {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly CompletedFlag[];
}

interface CompletedFlag {
  readonly long: string;
  readonly description: string;
}

const shells: ReadonlyMap<string, (commands: readonly Completed[]) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

/** What makes a shell complete the commands and their flags. */
export async function completion(shell: string, program: Command): Promise<Outcome> {
  const script = shells.get(shell)?.(commandsOf(program));
  if (script !== undefined) return { exitCode: exitCode.done, result: script, json: { shell, script } };
  throw new DovetailError('invalid-configuration', 'There is no completion for this shell.', [
    { where: shell, what: 'is not known', remedy: `Write one of: ${[...shells.keys()].join(', ')}.` },
  ]);
}

function commandsOf({ commands }: Command): readonly Completed[] {
  return commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    flags: command.options.flatMap(({ long, description }) =>
      typeof long === 'string' ? [{ long, description }] : [],
    ),
  }));
}

/** Bash ends a word at a colon, which our commands have in their names: so the word is taken from the line. */
function bash(commands: readonly Completed[]): string {
  return `_dovetail() {
  local line="\${COMP_LINE:0:COMP_POINT}" candidates
  local word="\${line##* }"
  case "\${line#* }" in
${commands.map(({ name, flags }) => `    ${name}\\ *) candidates="${longOf(flags).join(' ')}" ;;`).join('\n')}
    *\\ *) candidates="" ;;
    *) candidates="${commands.map(({ name }) => name).join(' ')}" ;;
  esac
  COMPREPLY=($(compgen -W "$candidates" -- "$word"))
  if [[ $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${word%"\${word##*:}"}"}")
  fi
}
complete -F _dovetail dovetail
`;
}

function zsh(commands: readonly Completed[]): string {
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

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, description, flags }) => [
    `complete -c dovetail -f -n __fish_use_subcommand -a ${quote(name)} -d ${quote(description)}`,
    ...flags.map(
      (flag) =>
        `complete -c dovetail -n '__fish_seen_subcommand_from ${name}' -l ${flag.long.slice(2)} -d ${quote(flag.description)}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

function longOf(flags: readonly CompletedFlag[]): readonly string[] {
  return flags.map(({ long }) => long);
}

/** A word of a shell; no description has a quote in it. */
function quote(text: string): string {
  return `'${text}'`;
}
