import { readPage } from './markdown.js';

/** The cells of the tables under a heading, up to the next one, without the rows of headings; code without its marks. */
export function rowsIn(page: string, heading: string): string[][] {
  const rows = linesUnder(page, heading).filter((line) => line.startsWith('|'));
  const body = rows.filter((row, index) => !isRule(row) && !isRule(rows[index + 1] ?? ''));
  return body.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

/** The names that a section is about: those in the first column of its tables, or else all that is code in it. */
export function namesIn(page: string, heading: string): string[] {
  const rows = rowsIn(page, heading);
  const text = rows.length > 0 ? '' : linesUnder(page, heading).join('\n');
  return [
    ...rows.flatMap(([names = '']) => withoutParameters(names).split(', ')),
    ...[...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  ];
}

/** `plan(options)` is the method `plan`. */
function withoutParameters(name: string): string {
  return name.replace(/\(.*$/, '');
}

function linesUnder(page: string, heading: string): string[] {
  const lines = readPage(page).split('\n');
  const start = lines.findIndex((line) => line.startsWith('#') && line.replace(/^#+ /, '') === heading);
  if (start === -1) throw new Error(`${page} has no heading "${heading}"`);
  const following = lines.slice(start + 1);
  const end = following.findIndex((line) => /^#+ /.test(line));
  return end === -1 ? following : following.slice(0, end);
}

function isRule(row: string): boolean {
  return /^\| *-/.test(row);
}
