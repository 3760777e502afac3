import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Block, blocks } from '../docs/markdown.js';
import { installPacked } from './install-packed.js';

const run = promisify(execFile);
let installed: string;

beforeAll(() => {
  installed = installPacked();
}, 120_000);

afterAll(() => {
  rmSync(installed, { recursive: true, force: true });
});

test('the walk-through of README.md goes as it says, with the packed packages', { timeout: 120_000 }, async () => {
  const folder = join(installed, 'walk-through');
  mkdirSync(folder);
  symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const steps = blocks.filter(({ page, language, program = '' }) => {
    return page === 'README.md' && (language === 'console' || program.startsWith('entities/'));
  });
  const shown: string[] = [];
  const printed: string[] = [];
  for (const step of steps) {
    if (step.language !== 'console') writeFileSync(join(folder, step.program ?? ''), `${step.text}\n`);
    else {
      for (const { command, output } of commandsOf(step)) {
        const { stdout, stderr } = await run('npx', ['--offline', ...command], { cwd: folder, env: environment() });
        shown.push(output);
        printed.push(`${stdout}${stderr}`.trim());
      }
    }
  }
  expect(printed).toEqual(shown);
  expect(shown.length).toBeGreaterThan(4);
});

/** The commands of a block with what they print; the packages are installed already. */
function commandsOf({ text }: Block): { readonly command: string[]; readonly output: string }[] {
  return text
    .split(/^\$ /m)
    .filter((part) => part.startsWith('npx '))
    .map((part) => {
      const [command = '', ...output] = part.trim().split('\n');
      return { command: command.split(' ').slice(1), output: output.join('\n') };
    });
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: '1', npm_config_loglevel: 'silent' };
}
