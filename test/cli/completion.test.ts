import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node-pty';
import { afterEach, expect, test } from 'vitest';
import { createProject, type Project } from './project.js';

let project: Project;

afterEach(() => {
  project.dispose();
});

test('bash completes commands and flags', async () => {
  project = createProject();
  const { stdout } = await project.dovetail('completion', 'bash');
  writeFileSync(join(project.folder, 'completion.bash'), stdout);
  const complete = (line: string): string[] => {
    const script = `source completion.bash; COMP_LINE="$1"; COMP_POINT=\${#1}; _dovetail; echo "\${COMPREPLY[@]}"`;
    const options = { cwd: project.folder, encoding: 'utf8' } as const;
    return execFileSync('bash', ['-c', script, 'bash', line], options).trim().split(' ');
  };
  expect(complete('dovetail sch')).toContain('schema:update');
  expect(complete('dovetail schema:')).toContain('update');
  expect(complete('dovetail schema:update --al')).toEqual(['--allow-data-loss']);
  expect(complete('dovetail  schema:update   --al')).toEqual(['--allow-data-loss']);
  expect(complete('dovetail seeder:run --cl')).toEqual(['--class']);
  expect(complete('npx dovetail ')).toContain('schema:update');
  expect(complete('npx  dovetail schema:update --al')).toEqual(['--allow-data-loss']);
  expect(complete('npx eslint ')).toEqual(['']);
  expect(complete('dovetail completion b')).toEqual(['bash']);
  expect(complete('dovetail migration:create --emit ')).toEqual(['ts', 'js', 'mjs', 'sql']);
  expect(complete('dovetail init --database=my')).toEqual(['mysql']);
  expect(complete('dovetail schema:update --schema ')).toEqual(['']);
  expect(complete('dovetail schema:update --config comp')).toEqual(['completion.bash']);
  expect(complete('dovetail schema:update --config=comp')).toEqual(['completion.bash']);
  expect(complete('dovetail schema:update --config ').sort()).toEqual(['completion.bash', 'package.json']);
  const known =
    'source completion.bash; complete -p npx; complete -W taken npx; source completion.bash; complete -p npx';
  expect(execFileSync('bash', ['-c', known], { cwd: project.folder, encoding: 'utf8' })).toBe(
    "complete -o default -F _dovetail npx\ncomplete -W 'taken' npx\n",
  );
});

test.skipIf(!isInstalled('fish'))('fish completes commands, flags and their values', async () => {
  project = createProject();
  const { stdout } = await project.dovetail('completion', 'fish');
  project.write('scripts/completion.fish', stdout);
  const complete = (line: string): string[] => {
    const script = `source scripts/completion.fish; complete -C '${line}'`;
    const options = { cwd: project.folder, encoding: 'utf8' } as const;
    const lines = execFileSync('fish', ['--no-config', '-c', script], options).split('\n');
    return lines.map((text) => text.split('\t', 1)[0] ?? '').filter((text) => text !== '');
  };
  expect(complete('dovetail schema:d').sort()).toEqual(['schema:diff', 'schema:drop']);
  expect(complete('dovetail schema:update --al')).toEqual(['--allow-data-loss']);
  expect(complete('dovetail seeder:run --cl')).toEqual(['--class']);
  expect(complete('dovetail completion ').sort()).toEqual(['bash', 'fish', 'zsh']);
  expect(complete('dovetail migration:create --emit ').sort()).toEqual(['js', 'mjs', 'sql', 'ts']);
  expect(complete('dovetail init --database=my')).toEqual(['--database=mysql']);
  expect(complete('dovetail schema:update --schema ')).toEqual([]);
  expect(complete('dovetail schema:update --dump ')).toEqual([]);
  expect(complete('dovetail schema:update --config ').sort()).toEqual(['package.json', 'scripts/']);
  expect(complete('dovetail migration:create -p ')).toEqual(['scripts/']);
});

test.skipIf(!isInstalled('zsh'))('zsh completes commands, flags and their values, from the first word on', async () => {
  project = createProject();
  const { stdout } = await project.dovetail('completion', 'zsh');
  project.write('functions/_dovetail', stdout);
  project.write('.zshrc', zshConfiguration);
  const complete = (line: string): Promise<string> => completeInZsh(project.folder, line);
  expect(await complete('dovetail schema:up')).toBe('dovetail schema:update ');
  expect(await complete('dovetail schema:update --al')).toBe('dovetail schema:update --allow-data-loss ');
  expect(await complete('dovetail seeder:run --cl')).toBe('dovetail seeder:run --class=');
  expect(await complete('dovetail completion z')).toBe('dovetail completion zsh ');
  expect(await complete('dovetail migration:create --emit m')).toBe('dovetail migration:create --emit mjs ');
  expect(await complete('dovetail init --database=my')).toBe('dovetail init --database=mysql ');
  expect(await complete('dovetail schema:update --schema fun')).toBe('dovetail schema:update --schema fun');
  expect(await complete('dovetail schema:update --config pac')).toBe('dovetail schema:update --config package.json ');
  expect(await complete('dovetail migration:create -p fun')).toBe('dovetail migration:create -p functions/');
});

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['--version']).error === undefined;
}

/** Ctrl-X prints the line as it stands. */
const zshConfiguration = `fpath=($PWD/functions $fpath)
autoload -Uz compinit
compinit -u -D
show() { print; print -r -- "LINE[$BUFFER]" }
zle -N show
bindkey '^X' show
PS1='> '
print READY
`;

/** The line once Tab was pressed at its end, in a shell that has completed nothing before. */
async function completeInZsh(folder: string, line: string): Promise<string> {
  const env = { ...process.env, ZDOTDIR: folder, TERM: 'dumb' };
  const shell = spawn('zsh', ['-d'], { cwd: folder, env, cols: 200, rows: 50 });
  return new Promise((resolve) => {
    let written = '';
    let isTyped = false;
    shell.onData((text) => {
      written += text;
      if (!isTyped && /READY[^]*> /.test(written)) {
        isTyped = true;
        shell.write(`${line}\t\u0018`);
      }
      const [, shown] = /LINE\[(.*)\]/.exec(written) ?? [];
      if (shown === undefined) return;
      shell.kill();
      resolve(shown);
    });
  });
}
