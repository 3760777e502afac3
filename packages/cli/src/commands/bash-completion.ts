import { groupBy } from '@dovetail/core/driver';
import type { CompletedCommand, CompletedFlag } from './completed.js';

/**
 * Bash ends a word at a colon, which our commands have in their names: so the words are taken from the line. It is the
 * Bash 3.2 of macOS that has to understand this.
 */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `_dovetail() {
  local line="\${COMP_LINE:0:COMP_POINT}" word="" words previous candidates
  read -ra words <<< "$line"
  if [[ "$line" != *[[:space:]] ]]; then
    word="\${words[\${#words[@]}-1]}"
    words=("\${words[@]:0:\${#words[@]}-1}")
  fi
  while [[ \${#words[@]} -gt 0 && "\${words[0]##*/}" != dovetail ]]; do words=("\${words[@]:1}"); done
  COMPREPLY=()
  if [[ \${#words[@]} -eq 0 ]]; then return; fi

  previous="\${words[\${#words[@]}-1]}"
  if [[ "$word" == --*=* ]]; then
    previous="\${word%%=*}"
    word="\${word#*=}"
  fi
  case "$previous" in
${valueCases(commands).join('\n')}
    *) candidates=$(_dovetail_candidates "\${words[1]}") ;;
  esac
  COMPREPLY=($(compgen -W "$candidates" -- "$word"))
  if [[ "$COMP_WORDBREAKS" == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${word%"\${word##*:}"}"}")
  fi
}

_dovetail_candidates() {
  case "$1" in
    "") echo "${commands.map(({ name }) => name).join(' ')}" ;;
${commands.map(commandCase).join('\n')}
  esac
}

_dovetail_paths() {
  local IFS=$'\\n'
  compopt -o filenames 2> /dev/null
  COMPREPLY=($(compgen "$1" -- "$2"))
}

complete -F _dovetail dovetail
# What completes npx already goes on doing so.
complete -p npx > /dev/null 2>&1 || complete -o default -F _dovetail npx
`;
}

function commandCase({ name, aliases, values, flags }: CompletedCommand): string {
  return `    ${[name, ...aliases].join('|')}) echo "${[...values, ...flags.map(({ long }) => long)].join(' ')}" ;;`;
}

/** A flag takes the same, whichever command has it. */
function valueCases(commands: readonly CompletedCommand[]): readonly string[] {
  const flags = new Map(commands.flatMap((command) => command.flags.map((flag) => [flag.long, flag])));
  return [...groupBy([...flags.values()], whatCompletes)].flatMap(([done, alike]) => {
    const names = alike.flatMap(({ long, short }) => [long, ...(short === undefined ? [] : [short])]);
    return done === undefined ? [] : [`    ${names.join('|')}) ${done} ;;`];
  });
}

function whatCompletes({ value }: CompletedFlag): string | undefined {
  switch (value.kind) {
    case 'none':
      return undefined;
    case 'anything':
      return 'return';
    case 'file':
      return '_dovetail_paths -f "$word"; return';
    case 'folder':
      return '_dovetail_paths -d "$word"; return';
    case 'one of':
      return `candidates="${value.values.join(' ')}"`;
  }
}
