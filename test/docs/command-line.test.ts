import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspace } from './markdown.js';
import { namesIn } from './sections.js';

const page = 'docs/command-line.md';

/** The flags of each command, as the command itself completes them. */
function flagsByCommand(): ReadonlyMap<string, readonly string[]> {
  const bin = join(workspace, 'packages/cli/dist/bin.js');
  const script = execFileSync(process.execPath, [bin, 'completion', 'fish'], { encoding: 'utf8' });
  const names = [...script.matchAll(/__fish_use_subcommand -a '([^']+)'/g)].map(([, name = '']) => name);
  return new Map(
    names.map((name) => {
      const lines = script
        .split('\n')
        .filter((line) => new RegExp(`__fish_seen_subcommand_from ${name}[ ']`).test(line));
      return [name, lines.flatMap((line) => / -l (\S+)/.exec(line)?.[1] ?? []).map((flag) => `--${flag}`)];
    }),
  );
}

/** The flags in the tables under a heading, without their short forms. */
function flagsIn(heading: string): string[] {
  return namesIn(page, heading).filter((name) => name.startsWith('--'));
}

test('the page has every command', () => {
  expect(namesIn(page, 'Commands').sort()).toEqual([...flagsByCommand().keys()].sort());
});

test('the page has every flag, and no other', () => {
  const flags = flagsByCommand();
  const global = flags.get('schema:introspect') ?? [];
  const own = (isMeant: (name: string) => boolean): string[] => {
    const found = [...flags].filter(([name]) => isMeant(name)).flatMap(([, of]) => of);
    return [...new Set(found)].filter((flag) => !global.includes(flag)).sort();
  };
  const isSchema = (name: string): boolean => name.startsWith('schema:');
  expect(flagsIn('Flags of all commands').sort()).toEqual([...global].sort());
  expect(flagsIn('Flags of schema commands').sort()).toEqual(own(isSchema));
  expect(flagsIn('Flags of other commands').sort()).toEqual(own((name) => !isSchema(name)));
});

test('the page has every variable, and no other', () => {
  const source = readFileSync(join(workspace, 'packages/cli/src/config/environment.ts'), 'utf8');
  const variables = [...source.matchAll(/name: '(\w+)'/g)].map(([, name = '']) => name);
  expect(variables.length).toBeGreaterThan(10);
  expect(namesIn(page, 'Environment variables').sort()).toEqual(variables.sort());
});
