import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspace = fileURLToPath(new URL('../../', import.meta.url));

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** The line of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** The program that the block is, or whose output it shows: the second word of the fence. */
  readonly program: string | undefined;
  readonly text: string;
}

/** The pages that are kept true, as paths from the root of the workspace. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(workspace, 'docs')).map((name) => `docs/${name}`),
  ...readdirSync(join(workspace, 'packages')).map((name) => `packages/${name}/README.md`),
];

export function readPage(page: string): string {
  return readFileSync(join(workspace, page), 'utf8');
}

export const blocks: readonly Block[] = pages.flatMap(blocksOf);

/** Whether the block is TypeScript. Every such block is type-checked. */
export function isTypeScript({ language }: Block): boolean {
  return language === 'ts';
}

/** Whether the block, if it has a second word, is the program of that name, and not its output. */
export function isProgram({ language }: Block): boolean {
  return language === 'ts' || language === 'js';
}

/** What a program prints, as the blocks of a page show it, in their order; blank lines mean nothing. */
export function shownOutput(ofPage: readonly Block[], program: string): string {
  const parts = ofPage.filter((block) => block.program === program && !isProgram(block));
  return withoutBlankLines(parts.map(({ text }) => text).join('\n'));
}

export function withoutBlankLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .join('\n');
}

function blocksOf(page: string): Block[] {
  const lines = readPage(page).split('\n');
  const found: Block[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    const [, language, program] = /^```(\w+)(?: (\S+))?$/.exec(lines[start] ?? '') ?? [];
    if (language === undefined) continue;
    const end = lines.indexOf('```', start + 1);
    const text = lines.slice(start + 1, end).join('\n');
    found.push({ page, line: start + 1, language, program, text });
    start = end;
  }
  return found;
}
