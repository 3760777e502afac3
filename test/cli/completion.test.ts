import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  expect((await project.dovetail('completion', 'zsh')).stdout).toContain('#compdef dovetail');
  expect((await project.dovetail('completion', 'fish')).stdout).toContain(
    "complete -c dovetail -f -n __fish_use_subcommand -a 'schema:update'",
  );
});
