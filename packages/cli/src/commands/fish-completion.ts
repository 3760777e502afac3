import { type CompletedCommand, type CompletedFlag, quoted } from './completed.js';

/** Files are completed where a flag takes one, and nowhere else (fishshell.com/docs/current/cmds/complete.html). */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  return ['complete -c dovetail -f', ...commands.flatMap(linesOf)].map((line) => `${line}\n`).join('');
}

function linesOf({ name, aliases, description, values, flags }: CompletedCommand): readonly string[] {
  const seen = `complete -c dovetail -n ${quoted(['__fish_seen_subcommand_from', name, ...aliases].join(' '))}`;
  return [
    `complete -c dovetail -n __fish_use_subcommand -a ${quoted(name)} -d ${quoted(description)}`,
    ...(values.length === 0 ? [] : [`${seen} -a ${quoted(values.join(' '))}`]),
    ...flags.map((flag) => [seen, ...wordsOf(flag), `-d ${quoted(flag.description)}`].join(' ')),
  ];
}

function wordsOf({ long, short, value }: CompletedFlag): readonly string[] {
  const names = [`-l ${long.slice(2)}`, ...(short === undefined ? [] : [`-s ${short.slice(1)}`])];
  switch (value.kind) {
    case 'none':
      return names;
    case 'anything':
      return [...names, '-x'];
    case 'file':
      return [...names, '-r -F'];
    case 'folder':
      return [...names, "-x -a '(__fish_complete_directories)'"];
    case 'one of':
      return [...names, `-x -a ${quoted(value.values.join(' '))}`];
  }
}
