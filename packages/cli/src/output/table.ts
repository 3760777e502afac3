import { colours } from './colours.js';

/** A table as text: columns as wide as what they hold. */
export function presentTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((name, index) => Math.max(name.length, ...rows.map((row) => (row[index] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [colours.result.dim(line(heading)), ...rows.map(line)].map((text) => `${text}\n`).join('');
}
