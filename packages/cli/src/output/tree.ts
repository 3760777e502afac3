import type { Colors } from 'picocolors/types.js';

/** A change tree with a colour for each sign. */
export function colourTree(tree: string, colours: Colors): string {
  if (!colours.isColorSupported) return tree;
  return tree
    .split('\n')
    .map((line) => paint(line, colours))
    .join('\n');
}

function paint(line: string, colours: Colors): string {
  switch (line.trimStart().charAt(0)) {
    case '+':
      return colours.green(line);
    case '-':
      return colours.red(line);
    case '~':
    case '>':
      return colours.yellow(line);
    case '!':
      return colours.bold(line);
    default:
      return line;
  }
}
