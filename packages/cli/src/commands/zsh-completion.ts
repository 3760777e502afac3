import { type CompletedCommand, type CompletedFlag, quoted } from './completed.js';

/**
 * Colons end what a word of `_describe` and `_arguments` says, and are escaped
 * (zsh.sourceforge.io/Doc/Release/Completion-System.html#Completion-Functions). A file that is loaded for the first word
 * to complete has to complete that word as well.
 */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef dovetail
_dovetail() {
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(
${commands.map(({ name, description }) => `      ${quoted(`${escaped(name)}:${description}`)}`).join('\n')}
    )
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case "\${words[1]}" in
${commands.map(commandCase).join('\n')}
  esac
}

if [[ "\${funcstack[1]}" == _dovetail ]]; then
  _dovetail "$@"
else
  compdef _dovetail dovetail
fi
`;
}

function commandCase({ name, aliases, values, flags }: CompletedCommand): string {
  const specs = [...(values.length === 0 ? [] : [`1:value:(${values.join(' ')})`]), ...flags.flatMap(specsOf)];
  return [`    ${[name, ...aliases].join('|')}) _arguments`, ...specs.map((spec) => `      ${quoted(spec)}`)]
    .join(' \\\n')
    .concat(' ;;');
}

/** Some flags may be repeated, so that all are offered again. */
function specsOf({ long, short, description, value }: CompletedFlag): readonly string[] {
  const told = `[${escaped(description)}]`;
  const completed = whatCompletes(value);
  const names = [long, ...(short === undefined ? [] : [short])];
  if (completed === undefined) return names.map((name) => `*${name}${told}`);
  return names.map((name) => `*${name}${name === long ? '=' : '+'}${told}:value:${completed}`);
}

function whatCompletes(value: CompletedFlag['value']): string | undefined {
  switch (value.kind) {
    case 'none':
      return undefined;
    case 'anything':
      return ' ';
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'one of':
      return `(${value.values.join(' ')})`;
  }
}

function escaped(text: string): string {
  return text.replaceAll(':', '\\:');
}
