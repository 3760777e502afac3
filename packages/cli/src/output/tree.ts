import { type ChangeLine, lineText } from '@dovetail/core';
import type { Colors } from 'picocolors/types.js';

/** A change tree as text, with a colour for each sign. */
export function presentTree(tree: readonly ChangeLine[], colours: Colors): string {
  return tree.map((line) => `${paint(line, colours)}\n`).join('');
}

function paint(line: ChangeLine, colours: Colors): string {
  const text = lineText(line);
  switch (line.sign) {
    case '+':
      return colours.green(text);
    case '-':
      return colours.red(text);
    case '~':
    case '>':
      return colours.yellow(text);
    case '!':
      return colours.bold(text);
    case undefined:
      return text;
    default:
      return line.sign satisfies never;
  }
}
